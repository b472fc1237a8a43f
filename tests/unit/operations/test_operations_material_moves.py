"""Scans at the wrong place, and scans that an earlier case has already."""

from __future__ import annotations

import pytest

from auditdesk.operations import cases, journals, material_moves, materials
from auditdesk.operations.situation import situation
from auditdesk.regulations.casefile import read_case
from auditdesk.util.faults import OfficeFaultError, RefusedError, UnusableInputError
from auditdesk.util.progress import NoProgress
from case_bases import whole_case
from desk_samples import to_approval
from scan_samples import pdf_of

WHY = "扫描时放错了案件，王𬭎已核对"


@pytest.fixture
def attached(at_desk, entered, file):
    """A case that lacks a material, until a scan of it is attached; the case and the scan."""

    def make(mark=0, **changes):
        no = entered(materials={"vote_record": "missing"}, **changes).no
        desk = at_desk("li")
        path = file(f"{mark}.pdf", pdf_of(2, mark=mark))
        view, _ = materials.attach(desk, no, "vote_record", path, original=True)
        return view, view.attachments[-1]

    return make


def verdicts(desk, no):
    return cases.view(desk, no).case_file.materials


def files(office_folder):
    return [p for p in (office_folder / "attachments").rglob("*") if p.is_file()]


def test_a_scan_is_moved_to_another_material(attached, office_folder, at_desk):
    view, scan = attached()
    desk = at_desk("li")
    moved, changes = material_moves.move(desk, scan.id, view.no, "title_proof", f"  {WHY}\n")
    (now,) = moved.attachments
    assert (now.material, now.digest, now.pages, now.original) == (
        "title_proof",
        scan.digest,
        2,
        True,
    )
    assert (now.came, now.taken_from, now.reason) == ("moved", scan.id, WHY)
    assert changes.cases == {view.no}
    assert moved.case_file.materials["vote_record"] == "missing", "it takes its verdict with it"
    assert moved.case_file.materials["title_proof"] == "present"
    last = moved.timeline[-1]
    assert last.kind == "material.move"
    labels = [moved.case_type.material(m).label.zh for m in ("vote_record", "title_proof")]
    assert last.detail.zh == f"{' → '.join(labels)}：{WHY}"
    assert len(files(office_folder)) == 1
    assert journals.verify(desk, NoProgress()).ok


def test_a_scan_is_moved_to_another_case_and_both_tell(attached, entered, at_desk):
    other = entered(materials={"title_proof": "missing"}).no
    view, scan = attached()
    desk = at_desk("li")
    moved, changes = material_moves.move(desk, scan.id, other, "title_proof", WHY)
    assert moved.no == other
    assert changes.cases == {other, view.no}
    assert [s.material for s in moved.attachments] == ["title_proof"]
    assert moved.report.missing_materials == ()
    left = cases.view(desk, view.no)
    assert left.attachments == ()
    assert left.report.missing_materials == ("vote_record",)
    told = [v.timeline[-1].detail.zh for v in (left, moved)]
    vote, title = (left.case_type.material(m).label.zh for m in ("vote_record", "title_proof"))
    assert told == [f"{vote} → {other}：{WHY}", f"{view.no} → {title}：{WHY}"]
    assert journals.verify(desk, NoProgress()).ok
    assert materials.open_attachment(desk, moved.attachments[0].id) == pdf_of(2)


def test_the_reason_is_no_part_of_the_journal(attached, entered, at_desk):
    other = entered().no
    _, scan = attached()
    desk = at_desk("li")
    material_moves.move(desk, scan.id, other, "title_proof", WHY)
    entry = journals.page(desk, limit=1)[0]
    assert entry.kind == "material.move"
    assert WHY not in str(entry.body)


def test_who_moves_a_scan_into_a_case_has_worked_on_it(attached, entered, at_desk):
    """Zhao, who moved a scan to Li's case, does not count as somebody who never touched it."""
    other = entered().no
    view, scan = attached()
    desk = at_desk("zhao")
    material_moves.move(desk, scan.id, other, "title_proof", WHY)
    for no in (other, view.no):
        assert "zhao" in situation(desk, no).authors()


@pytest.mark.parametrize("reason", ["", " \n\t", "长" * 501])
def test_a_scan_is_not_moved_without_a_reason(attached, reason, at_desk):
    view, scan = attached()
    desk = at_desk("li")
    with pytest.raises(UnusableInputError, match="Say why"):
        material_moves.move(desk, scan.id, view.no, "title_proof", reason)
    assert cases.view(desk, view.no).attachments == (scan,)


def test_a_scan_is_not_moved_to_nowhere_nor_to_where_it_is(attached, entered, at_desk):
    view, scan = attached()
    desk = at_desk("li")
    for no, material, kind in (
        (view.no, "vote_record", RefusedError),
        (view.no, "no_such", UnusableInputError),
        ("RS-1999-0001", "title_proof", RefusedError),
    ):
        with pytest.raises(kind):
            material_moves.move(desk, scan.id, no, material, WHY)
    material_moves.move(desk, scan.id, view.no, "title_proof", WHY)
    with pytest.raises(RefusedError, match="not with"):
        material_moves.move(desk, scan.id, view.no, "appraisal_report", WHY)
    with pytest.raises(RefusedError):
        material_moves.move(at_desk("wang"), scan.id + 1, view.no, "vote_record", WHY)


def test_what_was_approved_is_neither_left_nor_reached_by_a_scan(attached, entered, at_desk):
    approved = to_approval(at_desk, entered()).no
    _, scan = attached()
    desk = at_desk("li")
    with pytest.raises(RefusedError, match="approved"):
        material_moves.move(desk, scan.id, approved, "title_proof", WHY)
    moved, _ = material_moves.move(desk, scan.id, approved, "contract", WHY)
    inside = moved.attachments[-1]
    with pytest.raises(RefusedError, match="approved"):
        material_moves.move(desk, inside.id, approved, "vote_record", WHY)


def test_the_last_scan_takes_the_verdict_that_it_brought(attached, file, at_desk):
    view, first = attached()
    desk = at_desk("li")
    second = materials.attach(desk, view.no, "vote_record", file("2.pdf", pdf_of(3)))[
        0
    ].attachments[-1]
    materials.remove(desk, view.no, first.id)
    assert verdicts(desk, view.no)["vote_record"] == "present", "another scan is there"
    materials.remove(desk, view.no, second.id)
    assert verdicts(desk, view.no)["vote_record"] == "missing"


def test_a_verdict_that_was_given_before_stays(entered, at_desk, file):
    no = entered().no
    desk = at_desk("li")
    view, _ = materials.attach(desk, no, "vote_record", file())
    materials.remove(desk, no, view.attachments[0].id)
    assert verdicts(desk, no)["vote_record"] == "present"


def test_a_verdict_that_nobody_gave_is_given_by_nobody_again(entered, at_desk, file, plan):
    desk = at_desk("li")
    content = plan("lease")
    del content["materials"]["vote_record"]
    no = cases.import_case(desk, read_case(content, desk.library))[0].no
    view, _ = materials.attach(desk, no, "vote_record", file())
    view, _ = materials.remove(desk, no, view.attachments[0].id)
    assert "vote_record" not in view.case_file.materials


# ------------------------------------------------------------------------- taken over


def test_a_scan_of_an_earlier_case_is_taken_over_without_a_copy(
    attached, entered, office_folder, at_desk
):
    view, scan = attached()
    later = entered(materials={"vote_record": "missing"}).no
    desk = at_desk("li")
    (offer,) = material_moves.reusable(desk, later, "vote_record")
    assert (offer.scan, offer.case.no, offer.same_material) == (scan, view.no, True)
    shared = {label.zh for label in offer.shared}
    assert {"入市主体", "统一社会信用代码"} <= shared
    taken, _ = material_moves.reuse(desk, later, "vote_record", scan.id)
    (now,) = taken.attachments
    assert (now.digest, now.pages, now.original, now.file_name) == (
        scan.digest,
        2,
        True,
        "0.pdf",
    )
    assert (now.came, now.taken_from) == ("reused", scan.id)
    assert taken.report.missing_materials == ()
    assert view.no in taken.timeline[-1].detail.zh
    assert cases.view(desk, view.no).attachments == (scan,), "it stays where it was"
    assert len(files(office_folder)) == 1
    assert journals.verify(desk, NoProgress()).ok
    assert material_moves.reusable(desk, later, "vote_record") == ()


def test_scans_are_found_across_case_types_by_what_tells_them(attached, at_desk):
    view, scan = attached()
    desk = at_desk("li")
    key = {"applicant_uscc": view.case_file.data["applicant_uscc"]}
    content = whole_case("building_reward", "operation", data=key)
    other = cases.import_case(desk, read_case(content, desk.library))[0].no
    material = desk.library.law("building_reward").case_type.materials[0].id
    (offer,) = material_moves.reusable(desk, other, material)
    assert (offer.scan, offer.same_material) == (scan, False)
    assert [label.zh for label in offer.shared] == ["统一社会信用代码"]
    assert offer.material.zh == view.case_type.material("vote_record").label.zh


def test_scans_of_other_peoples_cases_are_not_offered(attached, entered, at_desk):
    attached()
    stranger = {"applicant_name": "章丘区别处合作社", "applicant_uscc": "", "parcel_location": "x"}
    no = entered(data=stranger).no
    desk = at_desk("li")
    assert material_moves.reusable(desk, no, "vote_record") == ()
    with pytest.raises(UnusableInputError):
        material_moves.reusable(desk, no, "no_such")


def test_scans_of_the_same_material_come_first_then_the_latest(attached, entered, file, at_desk):
    first, _ = attached()
    second, _ = attached(mark=1)
    materials.attach(at_desk("li"), second.no, "title_proof", file("t.pdf", pdf_of(5)))
    later = entered().no
    desk = at_desk("li")
    offers = material_moves.reusable(desk, later, "vote_record")
    assert [(o.case.no, o.same_material) for o in offers] == [
        (second.no, True),
        (first.no, True),
        (second.no, False),
    ]


def test_a_scan_that_was_taken_off_is_not_taken_over(attached, entered, at_desk):
    view, scan = attached()
    materials.remove(at_desk("li"), view.no, scan.id)
    later = entered().no
    desk = at_desk("li")
    assert material_moves.reusable(desk, later, "vote_record") == ()
    with pytest.raises(RefusedError):
        material_moves.reuse(desk, later, "vote_record", scan.id)


def test_a_scan_whose_content_is_damaged_is_not_taken_over(
    attached, entered, office_folder, at_desk
):
    _, scan = attached()
    later = entered(materials={"vote_record": "missing"}).no
    desk = at_desk("li")
    (path,) = files(office_folder)
    path.write_bytes(path.read_bytes()[:-1])
    with pytest.raises(OfficeFaultError):
        material_moves.reuse(desk, later, "vote_record", scan.id)
    assert verdicts(desk, later)["vote_record"] == "missing"


def test_only_a_clerk_takes_over(attached, entered, at_desk):
    _, scan = attached()
    later = entered().no
    with pytest.raises(RefusedError):
        material_moves.reuse(at_desk("wang"), later, "vote_record", scan.id)
