"""Successors in an office: old cases stay as they were; drafts show what they would change."""

from __future__ import annotations

import json
import shutil
from datetime import date

import pytest
from openpyxl import load_workbook
from pypdfium2 import PdfDocument

from auditdesk.operations import cases, documents, replay_book, replays, reviews
from auditdesk.operations.documents import SigningKey
from auditdesk.operations.papers import offers
from auditdesk.operations.reviews import Reasons
from auditdesk.operations.situation import situation
from auditdesk.regulations import law_words
from auditdesk.regulations.casefile import read_case
from auditdesk.util.faults import RefusedError, UnusableInputError
from auditdesk.util.paths import shipped
from auditdesk.util.progress import CancelledError, NoProgress
from desk_samples import PASSWORD, to_approval
from office_samples import files_below
from successor_samples import LAND, NEXT, changed, drop_in

# 60 of 90 agree: two thirds, but not three quarters.
CLOSE_VOTE = {
    "vote_total": 90,
    "vote_present": 80,
    "vote_agree": 60,
    "vote_against": 16,
    "vote_abstain": 4,
}
FIRST, LAST = date(2019, 1, 1), date(2030, 12, 31)
DAYS = ("2021-06-01", "2023-11-30", "2024-03-04", "2025-06-02", "2026-02-02")


def written_out(desk, no):
    """Everything that a case says: its report, its texts of law, the words of its papers."""
    case = situation(desk, no)
    papers = {}
    for offer in offers(case):
        if offer.enabled or offer.issued:
            try:
                papers[offer.kind.id] = documents.preview(desk, no, offer.kind.id)
            except UnusableInputError as lacking:
                papers[offer.kind.id] = lacking.message
    view = cases.view(desk, no)
    return json.dumps(
        {
            "report": view.report.as_json("zh"),
            "english": view.report.as_json("en"),
            "law": sorted(case.law.texts.items()),
            "digest": view.record.law,
            "gists": [repr(r) for r in view.regulations],
        },
        ensure_ascii=False,
    ).encode(), papers


def test_a_successor_leaves_cases_entered_before_exactly_as_they_were(
    at_desk, entered, office_folder
):
    numbers = [entered(accepted_on=day, data=CLOSE_VOTE).no for day in DAYS]
    approved = to_approval(at_desk, entered("agreement")).no
    issued, content, _ = documents.certify(
        at_desk("li"), approved, "approval", SigningKey(PASSWORD)
    )
    numbers.append(approved)
    before = {no: written_out(at_desk("li"), no) for no in numbers}
    drop_in(office_folder, LAND, NEXT)
    desk = at_desk("zhao")
    assert before[approved][1], "papers are compared, too"
    assert desk.library.own == {"jinan-land-2024", "jinan-land-2026"}
    assert {no: written_out(desk, no) for no in numbers} == before
    assert documents.content(desk, issued.id) == content


def test_a_case_entered_before_stays_with_its_law_when_it_is_changed_and_handed_on(
    at_desk, entered, office_folder
):
    old = entered(accepted_on="2024-06-03", data=CLOSE_VOTE)
    drop_in(office_folder, LAND)
    desk = at_desk("li")
    data = {**old.case_file.data, "contact_phone": "0531-00000000"}
    view, _ = cases.save_case(
        desk, old.no, old.record.version, data=data, materials=old.case_file.materials
    )
    assert view.record.law == old.record.law
    assert view.report.finding("land_entry.vote.two_thirds").outcome == "pass"
    # even a day of acceptance that is put right later does not bring the new law in
    view, _ = cases.save_case(
        desk,
        old.no,
        view.record.version,
        data=data,
        materials=old.case_file.materials,
        accepted_on=date(2025, 1, 6),
    )
    assert view.report.finding("land_entry.vote.two_thirds").outcome == "pass"


def test_new_cases_are_judged_by_the_successor_and_their_law_is_in_the_journal(
    at_desk, plan, office_folder
):
    drop_in(office_folder, LAND)
    desk = at_desk("li")
    case_file = read_case(plan(accepted_on="2024-06-03", data=CLOSE_VOTE), desk.library)
    view, _ = cases.import_case(desk, case_file)
    found = view.report.finding("land_entry.vote.two_thirds")
    assert (found.outcome, found.citations[0].regulation) == ("fail", "jinan-land-2024")
    entry = desk.office.journal.page(None, 1, view.no)[0]
    assert entry.body["law"] == view.record.law == desk.library.law("land_entry").digest
    assert "regulations/jinan-land-2024.toml" in json.loads(desk.office.laws.get(view.record.law))


def test_a_case_keeps_its_successor_when_the_file_is_gone(at_desk, plan, office_folder):
    folder = drop_in(office_folder, LAND)
    desk = at_desk("li")
    case_file = read_case(plan(accepted_on="2024-06-03", data=CLOSE_VOTE), desk.library)
    no = cases.import_case(desk, case_file)[0].no
    before = written_out(desk, no)
    shutil.rmtree(folder)
    assert written_out(at_desk("zhao"), no) == before


def test_a_file_that_was_used_and_is_gone_is_told(at_desk, plan, office_folder):
    """Else new cases would be judged by the old law again, unseen."""
    folder = drop_in(office_folder, LAND)
    desk = at_desk("li")
    assert desk.library.problems == ()
    cases.import_case(desk, read_case(plan(accepted_on="2024-06-03"), desk.library))
    assert at_desk("zhao").library.problems == ()
    (folder / "jinan-land-2024.toml").rename(office_folder / "elsewhere.toml")
    (problem,) = at_desk("zhao").library.problems
    assert problem.file == str(folder / "jinan-land-2024.toml")
    assert "不见了" in problem.zh
    # one that is there and broken is told once, as broken
    (folder / "jinan-land-2024.toml").write_text("[", encoding="utf-8")
    (problem,) = at_desk("li").library.problems
    assert problem.zh == "不是有效的 TOML（文件末尾不完整）"


def test_a_shipped_regulation_that_an_update_took_away_is_not_looked_for_in_the_office(
    at_desk, plan, office_folder
):
    desk = at_desk("li")
    record = cases.import_case(desk, read_case(plan(), desk.library))[0].record
    texts = json.loads(desk.office.laws.get(record.law))
    texts["regulations/withdrawn-2019.toml"] = 'id = "withdrawn-2019"'
    texts["regulations/of-a-later-form.toml"] = "{{"
    with desk.office.write("case.law", record.no, {}) as writer:
        writer.put_law("f" * 64, json.dumps(texts))
    found = {problem.file: problem for problem in at_desk("zhao").library.problems}
    assert set(found) == {"regulations/of-a-later-form.toml", "regulations/withdrawn-2019.toml"}
    for problem in found.values():
        said = law_words.not_used(problem)
        assert str(office_folder) not in said.zh + said.en
        assert "这一版程序不再带有此依据" in said.zh
        assert "放回" not in said.zh
        assert "Put it back" not in said.en


def words_of(desk, no, kind):
    document = PdfDocument(documents.preview(desk, no, kind))
    return "".join(page.get_textpage().get_text_range() for page in document).replace("\r\n", "")


def test_papers_cite_what_was_in_force_on_the_day(at_desk, plan, office_folder):
    drop_in(office_folder, LAND)
    seen = {}
    for day in ("2022-03-01", "2024-01-31", "2024-06-03"):
        desk = at_desk("li")
        case_file = read_case(plan("agreement", accepted_on=day), desk.library)
        no = cases.import_case(desk, case_file)[0].no
        seen[day] = words_of(desk, no, "review_sheet")
    assert "济政办发〔2021〕21号第十九条" in seen["2022-03-01"]
    assert "2024〕99号" not in seen["2022-03-01"]
    assert "济政办发〔2021〕21号第" not in seen["2024-01-31"]
    assert "2024〕99号第" not in seen["2024-01-31"]
    assert "济政办发〔2024〕99号第八条" in seen["2024-06-03"]
    assert "济政办发〔2021〕21号第" not in seen["2024-06-03"]


@pytest.fixture
def draft(tmp_path):
    folder = tmp_path / "draft"
    folder.mkdir()
    drop_in(folder, LAND)
    return folder


def test_a_replay_lists_what_a_draft_would_change(at_desk, entered, draft):
    numbers = {day: entered(accepted_on=day, data=CLOSE_VOTE).no for day in DAYS}
    found = replays.replay(at_desk("wang"), draft, FIRST, LAST, NoProgress())
    assert (found.judged, found.verdicts_changed) == (5, 2)
    changed_cases = {case.no: case for case in found.cases}
    # 2026-02-02 lies after the draft's last day: only the words of the notice differ
    assert set(changed_cases) == {numbers["2024-03-04"], numbers["2025-06-02"]}
    case = changed_cases[numbers["2025-06-02"]]
    assert (case.old_verdict, case.new_verdict) == ("pass", "block")
    differences = {d.id: d for d in case.differences}
    vote = differences["land_entry.vote.two_thirds"]
    assert (vote.old, vote.new) == ("pass", "fail")
    assert "2/3" in vote.old_text.zh
    assert "3/4" in vote.new_text.zh
    assert differences["land_entry.regulation.in_force"].new == "pass"
    assert differences["land_entry.vote.resolution"].old == "not_applicable"


def test_a_replay_heeds_the_period_with_both_its_ends(at_desk, entered, draft):
    for day in ("2024-02-29", "2024-03-01", "2024-03-29", "2024-03-30"):
        entered(accepted_on=day, data=CLOSE_VOTE)
    found = replays.replay(at_desk("li"), draft, date(2024, 3, 1), date(2024, 3, 29), NoProgress())
    assert [str(case.accepted_on) for case in found.cases] == ["2024-03-01", "2024-03-29"]


def test_a_case_that_is_over_is_held_against_the_judgement_that_was_kept(at_desk, entered, draft):
    over = entered(accepted_on="2025-06-02", data=CLOSE_VOTE)
    desk = at_desk("li")
    reviews.withdraw(desk, over.no, over.record.version, Reasons("撤回"))
    (case,) = replays.replay(desk, draft, FIRST, LAST, NoProgress()).cases
    assert (case.status, case.old_verdict, case.new_verdict) == ("withdrawn", "pass", "block")


def test_a_replay_writes_nothing(at_desk, entered, draft, office_folder, tmp_path):
    no = entered(accepted_on="2025-06-02", data=CLOSE_VOTE).no
    desk = at_desk("li")
    last = desk.office.journal.last_checkpoint()
    view = written_out(desk, no)
    files = set(files_below(office_folder))
    found = replays.replay(desk, draft, FIRST, LAST, NoProgress())
    replay_book.save(desk, found, tmp_path / "found.xlsx", NoProgress())
    assert desk.office.journal.last_checkpoint() == last
    assert written_out(desk, no) == view
    assert set(files_below(office_folder)) == files


class CancelAfter:
    def __init__(self, steps) -> None:
        self.left, self.told = steps, []

    def step(self, done, total):
        self.told.append((done, total))
        self.left -= 1
        if self.left < 0:
            raise CancelledError


def test_a_replay_tells_its_progress_and_can_be_cancelled(at_desk, entered, draft):
    for _ in range(3):
        entered(accepted_on="2025-06-02")
    desk = at_desk("li")
    watch = CancelAfter(99)
    replays.replay(desk, draft, FIRST, LAST, watch)
    assert watch.told == [(0, 3), (3, 3)]
    with pytest.raises(CancelledError):
        replays.replay(desk, draft, FIRST, LAST, CancelAfter(1))


def test_the_workbook_has_a_line_a_case_and_a_line_a_change(at_desk, entered, draft, tmp_path):
    no = entered(accepted_on="2025-06-02", data=CLOSE_VOTE).no
    desk = at_desk("wang")
    found = replays.replay(desk, draft, FIRST, LAST, NoProgress())
    path = tmp_path / "found.xlsx"
    facts = replay_book.save(desk, found, path, NoProgress())
    assert [sheet.rows for sheet in facts.sheets] == [1, len(found.cases[0].differences)]
    book = load_workbook(path)
    text = {
        sheet.title: "\n".join(str(c.value) for row in sheet.rows for c in row if c.value)
        for sheet in book
    }
    cover, listed, detail = text.values()
    assert "依据试算" in cover
    assert found.summary.zh in cover
    assert "报送" not in cover
    assert all(word in listed for word in (no, "通过", "否决"))
    assert "land_entry.vote.two_thirds" in detail
    assert "3/4" in detail
    with pytest.raises(UnusableInputError):
        replay_book.save(desk, found, path, NoProgress())


def test_a_draft_of_a_case_types_rules_is_replayed_too(at_desk, entered, tmp_path):
    """A draft may soften a rule: what failed before is to be justified then."""
    entered(accepted_on="2022-03-01", data={**CLOSE_VOTE, "vote_agree": 59, "vote_against": 17})
    folder = tmp_path / "draft" / "forms" / "land_entry"
    folder.mkdir(parents=True)
    text = (shipped("forms") / "land_entry" / "rules.toml").read_text("utf-8")
    rule = text.index('id = "land_entry.vote.two_thirds"')
    softer = text[:rule] + changed(text[rule:], 'severity = "block"', 'severity = "justify"')
    (folder / "rules.toml").write_text(softer, encoding="utf-8")
    (case,) = replays.replay(at_desk("li"), tmp_path / "draft", FIRST, LAST, NoProgress()).cases
    assert (case.old_verdict, case.new_verdict) == ("block", "justify")
    assert [d.id for d in case.differences] == ["land_entry.vote.two_thirds"]


def test_a_case_whose_stage_the_draft_does_not_have_is_listed_with_the_reason(
    at_desk, entered, tmp_path
):
    view = entered("lease")
    reviews.advance(at_desk("li"), view.no, view.record.version, "")
    folder = tmp_path / "draft" / "forms" / "land_entry"
    folder.mkdir(parents=True)
    for name in ("case_type.toml", "fields.toml", "materials.toml", "outputs.toml", "rules.toml"):
        text = (shipped("forms") / "land_entry" / name).read_text("utf-8")
        text = text.replace('"town_review"', '"county_review"')
        (folder / name).write_text(text, encoding="utf-8")
    (case,) = replays.replay(at_desk("li"), tmp_path / "draft", FIRST, LAST, NoProgress()).cases
    assert case.problem is not None
    assert "town_review" in case.problem.zh
    assert case.new_verdict == ""


BROKEN = {
    "a broken successor": {"regulations/jinan-land-2024.toml": changed(LAND, '"3/4"', '"4/3"')},
    "no TOML": {"regulations/x.toml": "["},
    "a broken form": {"forms/land_entry/rules.toml": "rules = 1"},
    "a case type without functions": {"forms/no_such/case_type.toml": 'id = "no_such"'},
    "nothing": {},
    "nothing that counts": {"README.md": "x"},
    "nothing that changes a case type": {
        "regulations/jinan-new-2024.toml": changed(
            changed(LAND, "jinan-land-2024", "jinan-new-2024"),
            'succeeds = "jinan-land-2021"\n',
            "",
        ).replace("replaces = ", "# ")
    },
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_draft_that_cannot_be_used_is_refused_with_the_reason(at_desk, entered, tmp_path, name):
    entered()
    folder = tmp_path / "draft"
    folder.mkdir()
    for path, text in BROKEN[name].items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")
    with pytest.raises(UnusableInputError) as refused:
        replays.replay(at_desk("li"), folder, FIRST, LAST, NoProgress())
    assert "草案" in refused.value.message.zh


def test_an_administrator_and_a_period_upside_down_are_refused(at_desk, draft):
    with pytest.raises(RefusedError):
        replays.replay(at_desk("admin"), draft, FIRST, LAST, NoProgress())
    with pytest.raises(UnusableInputError, match="upside down"):
        replays.replay(at_desk("li"), draft, LAST, FIRST, NoProgress())
