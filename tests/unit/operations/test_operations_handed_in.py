"""What was handed in of each material on paper: original or copy, and how many pages."""

from __future__ import annotations

from dataclasses import replace

import pytest

from auditdesk.domain.material import MOST_PAGES, HandedIn
from auditdesk.operations import cases, handed_in, journals, materials, numbering, papers
from auditdesk.operations.situation import situation
from auditdesk.util.faults import RefusedError, UnusableInputError
from auditdesk.util.progress import NoProgress
from desk_samples import to_approval
from scan_samples import pdf_of

NOTED = {"title_proof": HandedIn("original", 3), "vote_record": HandedIn("copy")}


def note(desk, view, noted):
    return cases.save_case(
        desk,
        view.no,
        view.record.version,
        data=view.case_file.data,
        materials=view.case_file.materials,
        noted=noted,
    )[0]


def printed(desk, no):
    """The materials of the review sheet: verdict, form and pages by name."""
    case = situation(desk, no)
    made = papers.paper(case, numbering.kind_of(case, "review_sheet"))
    table = next(t for t in made.filled.tables if t.title.endswith("材料"))
    assert [column[0] for column in table.columns][2:5] == ["齐备", "形式", "页数"]
    return {row[1]: row[2:5] for row in table.rows}


def name(view, material):
    return view.case_type.material(material).label.zh


def test_what_was_noted_is_kept_beside_the_case_file(entered, at_desk):
    view = entered()
    desk = at_desk("li")
    view = note(desk, view, NOTED | {"appraisal_report": HandedIn(), "no_such": HandedIn("copy")})
    assert view.noted == NOTED
    assert view.handed_in == NOTED
    assert "handed_in" not in view.case_file.as_json(), "the case file's contract does not change"
    assert view.timeline[-1].kind == "case.save"
    assert view.case_type.material("title_proof").label.zh in view.timeline[-1].detail.zh
    assert journals.verify(desk, NoProgress()).ok
    kept = note(desk, view, None)
    assert kept.noted == NOTED, "who saves the form without a word on it changes nothing"
    assert note(desk, kept, {}).noted == {}


@pytest.mark.parametrize(
    "wrong",
    [HandedIn("fax"), HandedIn(pages=0), HandedIn(pages=-1), HandedIn(pages=MOST_PAGES + 1)],
)
def test_nonsense_is_not_noted(entered, at_desk, wrong):
    view = entered()
    desk = at_desk("li")
    with pytest.raises(UnusableInputError):
        note(desk, view, {"title_proof": wrong})
    assert cases.view(desk, view.no).noted == {}


def test_scans_tell_where_nobody_noted_anything(entered, at_desk, file):
    view = entered()
    desk = at_desk("li")
    view = note(desk, view, {"vote_record": HandedIn(pages=9)})
    materials.attach(desk, view.no, "title_proof", file("1.pdf", pdf_of(2)), original=True)
    materials.attach(desk, view.no, "vote_record", file("2.pdf", pdf_of(4)))
    view, _ = materials.attach(
        desk, view.no, "title_proof", file("3.pdf", pdf_of(5)), original=True
    )
    assert view.handed_in == {
        "title_proof": HandedIn("original", 7),
        "vote_record": HandedIn("copy", 9),
    }
    assert view.noted == {"vote_record": HandedIn(pages=9)}
    copied = replace(view.attachments[0], original=False, pages=None)
    told = handed_in.told_by((*view.attachments[1:], copied))
    assert told == HandedIn("copy"), "one copy makes it a copy, an uncounted one no number"


def test_the_review_sheet_prints_it(entered, at_desk, file):
    view = entered()
    desk = at_desk("li")
    view = note(desk, view, NOTED)
    materials.attach(desk, view.no, "land_source_proof", file("1.pdf", pdf_of(12)))
    rows = printed(desk, view.no)
    assert rows[name(view, "title_proof")] == ("齐", "原件", "3")
    assert rows[name(view, "vote_record")] == ("齐", "复印件", "—")
    assert rows[name(view, "land_source_proof")] == ("齐", "复印件", "12")
    assert rows[name(view, "appraisal_report")] == ("齐", "—", "—")


def test_what_was_approved_stays_and_is_printed_as_it_was(entered, at_desk, file):
    view = entered()
    view = to_approval(at_desk, note(at_desk("li"), view, NOTED))
    desk = at_desk("li")
    with pytest.raises(RefusedError, match="approved"):
        note(desk, view, {"title_proof": HandedIn("copy", 3)})
    later = note(desk, view, NOTED | {"contract": HandedIn("original", 30)})
    assert later.noted["contract"] == HandedIn("original", 30)
    assert printed(desk, view.no)[name(view, "title_proof")] == ("齐", "原件", "3")
    kept = view.opinions[-1].extra["handed_in"]
    assert kept["title_proof"] == {"form": "original", "pages": 3}


def test_an_opinion_from_before_prints_a_dash(entered, at_desk):
    view = to_approval(at_desk, entered())
    desk = at_desk("li")
    assert view.opinions[-1].extra["handed_in"] == {}
    assert printed(desk, view.no)[name(view, "title_proof")] == ("齐", "—", "—")
