"""Clocks in their several states, how they are explained, and those of older cases."""

from __future__ import annotations

import json
from dataclasses import replace
from io import BytesIO

import pdfplumber
import pytest

from auditdesk.operations import (
    cases,
    clock_sheets,
    clock_words,
    journals,
    offices,
    pauses,
    reviews,
)
from auditdesk.operations.reviews import Reasons
from auditdesk.regulations.casefile import read_case
from auditdesk.regulations.library import law_from_texts
from auditdesk.util.faults import RefusedError, UnusableInputError
from auditdesk.util.progress import NoProgress
from case_bases import content_text, enter, lead, whole_case
from clock_samples import APPROVAL, at, day, decision, held, told
from desk_samples import PASSWORD, save


def test_an_extension_is_a_supervisors_once_and_in_time(at_desk, clock, approval):
    for name in ("li", "admin"):
        with pytest.raises(RefusedError):
            pauses.extend(at_desk(name), approval.no, "decision", "案情复杂")
    desk = at_desk("wang")
    with pytest.raises(UnusableInputError):
        pauses.extend(desk, approval.no, "decision", " ")
    with pytest.raises(UnusableInputError):
        pauses.extend(desk, approval.no, "comments", "没有这项期限")
    view, _ = pauses.extend(desk, approval.no, "decision", "案情复杂，已告知申请人")
    assert told(view) == ("running", "2026-04-14", 30)
    assert str(decision(view).by_law) == "2026-03-30"
    assert decision(view).longer.zh == "10 个工作日"
    with pytest.raises(RefusedError, match="already"):
        pauses.extend(desk, approval.no, "decision", "又一次")
    view, _ = pauses.revoke(desk, view.no, decision(view).extension.id, "未告知申请人")
    assert told(view) == ("running", "2026-03-30", 20)
    at(clock, "2026-03-31")
    with pytest.raises(RefusedError, match="cannot be extended"):
        pauses.extend(desk, approval.no, "decision", "来不及了")
    assert journals.verify(desk, NoProgress()).ok


def test_a_decision_ends_the_clock_in_time_or_late(at_desk, clock, approval):
    view = lead(at_desk, approval, "decision")
    assert decision(view).state == "running"
    at(clock, "2026-03-30")
    in_time = lead(at_desk, view, "closed")
    one = decision(in_time)
    assert (one.state, str(one.ended_on), one.days_left) == ("in_time", "2026-03-30", None)
    assert in_time.record.due_on is None
    late = enter(at_desk, whole_case(APPROVAL, "enterprise", accepted_on="2026-02-27"))
    one = decision(lead(at_desk, late, "closed"))
    assert (one.state, str(one.last_day)) == ("late", "2026-03-26")
    with pytest.raises(RefusedError):
        held(at_desk("li"), late, "2026-03-05")


def test_a_case_that_is_over_has_no_period_that_never_began(at_desk, clock, approval):
    desk = at_desk("li")
    view, _ = reviews.withdraw(desk, approval.no, approval.record.version, Reasons("不再使用"))
    assert [(c.id, c.state, str(c.ended_on)) for c in view.clocks.clocks] == [
        ("decision", "ended", "2026-03-02")
    ]
    assert "没有正在计算" in view.clocks.why_not_pause.zh


def test_the_facts_move_the_clock_and_the_pauses_stay(at_desk, clock, approval):
    desk = at_desk("li")
    view = held(desk, approval, "2026-03-05", "2026-03-06")
    at(clock, "2026-03-06")
    view, _ = cases.save_case(
        desk,
        view.no,
        view.record.version,
        data=view.case_file.data,
        materials=view.case_file.materials,
        accepted_on=day("2026-03-06"),
    )
    # only the sixth was left of the pause, and the day of acceptance counts in no case
    assert told(view) == ("paused", "2026-04-03", 20)
    assert str(view.record.due_on) == "2026-04-03"


def test_a_publicity_and_an_earliest_day_say_what_they_wait_for(at_desk, clock, entered):
    view = entered()
    # the Saturday after it is worked for the spring festival
    view = save(at_desk("li"), view, filed_on="2026-02-27", planned_trade_on="2026-04-01")
    states = {c.id: (c.state, str(c.last_day), c.days_left) for c in view.clocks.clocks}
    assert states == {
        "comments": ("running", "2026-03-05", 3),
        "trade": ("waiting", "2026-03-12", 8),
        "publicity": ("not_begun", "None", None),
    }
    at(clock, "2026-03-12")
    view = cases.view(at_desk("li"), view.no)
    states = {c.id: (c.state, c.days_left) for c in view.clocks.clocks}
    assert (states["trade"], states["comments"]) == (("free", None), ("overdue", -5))
    view = save(at_desk("li"), view, publicity_start="2026-03-13", publicity_end="2026-03-20")
    publicity = view.clocks.clock("publicity")
    assert (publicity.state, publicity.days_left) == ("waiting", 6)
    view = save(at_desk("li"), view, publicity_end=None)
    assert view.clocks.clock("publicity").state == "unknown"


def test_what_follows_from_a_case_is_among_its_clocks(at_desk, clock):
    view = lead(at_desk, enter(at_desk, whole_case("reservoir_appraisal", "periodic")), "closed")
    found = {c.id: (c.state, str(c.last_day), c.days_left) for c in view.clocks.clocks}
    assert found == {
        "periodic": ("in_time", "2023-05-20", None),
        "same_year": ("in_time", "2023-12-31", None),
        "window": ("waiting", "2028-09-15", None),
        "next_appraisal": ("running", "2032-09-15", None),
        "reinforcement": ("overdue", "2023-12-31", None),
    }


def test_a_year_without_a_calendar_is_told(at_desk, clock):
    at(clock, "2026-12-21")
    view = enter(at_desk, whole_case(APPROVAL, "collective", accepted_on="2026-12-21"))
    one = decision(view)
    assert (str(one.last_day), one.provisional) == ("2027-01-18", True)
    lines = [line.zh for line in clock_words.lines(one)]
    assert any("暂按周一至周五" in line for line in lines)


def test_the_derivation_reads_day_by_day(at_desk, clock, approval):
    view = held(at_desk("li"), approval, "2026-03-05", "2026-03-06")
    lines = [line.zh for line in clock_words.lines(decision(view))]
    assert lines[:9] == [
        "作出决定",
        "  依据：行政许可法 第42条、行政许可法 第82条",
        "  性质：约束办理机关",
        "  起算：2026-03-02（受理日期，当日不计入，民法典第二百零一条）",
        "  期限：20 个工作日",
        "  最后一天：2026-04-01",
        "  不计中止、延长时：2026-03-30",
        "  状态：计算中，还有 20 个工作日",
        "    2026-03-02  起算当日，不计入",
    ]
    assert "    2026-03-03 – 2026-03-04  第 1–2 个工作日" in lines
    paused = "    2026-03-05 – 2026-03-06  中止，不计；勘测、检验、鉴定：宗地界址复核"
    assert f"{paused}（李晓彤，2026-03-02）" in lines
    english = [line.en for line in clock_words.lines(decision(view))]
    assert len(english) == len(lines)


def test_the_sheet_on_paper_says_the_same(at_desk, approval):
    desk = at_desk("li")
    held(desk, approval, "2026-03-05", "2026-03-06", reason="王𬭎、㐂到场")
    pdf = clock_sheets.printed(desk, approval.no)
    with pdfplumber.open(BytesIO(pdf)) as opened:
        text = "".join(page.extract_text() for page in opened.pages)
    assert "办理期限计算单" in text
    assert "2026年4月1日" in text
    assert "王𬭎、㐂到场" in text
    assert clock_sheets.printed(desk, approval.no, "decision").startswith(b"%PDF")
    with pytest.raises(UnusableInputError, match="decision"):
        clock_sheets.printed(desk, approval.no, "luck")


def without_clocks(library, case_type, *gone):
    """The library as it was before periods were declared."""
    law = library.laws[case_type]
    texts = {name: text for name, text in law.texts.items() if "clocks" not in name}
    for name in gone:
        texts = {
            file: t.replace(f', "{name}"', "") for file, t in texts.items() if name not in file
        }
    return replace(library, laws={**library.laws, case_type: law_from_texts(texts)})


@pytest.fixture
def older_case(office_folder, surroundings):
    """Enters a case in the office as it was before periods were declared; its number."""

    def enter_it(case_type, base, *gone):
        older = replace(
            surroundings, library=without_clocks(surroundings.library, case_type, *gone)
        )
        desk = offices.sign_in(office_folder, "li", PASSWORD, older)
        content = json.loads(content_text(whole_case(case_type, base))) | {"stage": "intake"}
        view = cases.import_case(desk, read_case(content, desk.library))[0]
        assert view.clocks.clocks == ()
        desk.close()
        return view.no

    return enter_it


def test_older_cases_have_the_clocks_that_their_own_law_bears(at_desk, older_case):
    no = older_case("land_entry", "lease")
    view = cases.view(at_desk("li"), no)
    days = {c.id: str(c.last_day) for c in view.clocks.clocks}
    assert days == {"comments": "2022-03-07", "trade": "2022-03-14", "publicity": "2022-05-11"}


def test_a_law_that_they_never_had_gives_older_cases_no_clock(at_desk, older_case):
    no = older_case(APPROVAL, "collective", "national-licensing-law")
    assert cases.view(at_desk("li"), no).clocks.clocks == ()
