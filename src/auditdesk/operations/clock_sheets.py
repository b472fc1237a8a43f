"""A case's periods on paper: how each was counted, as a form to print or keep as a file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from auditdesk.documents.content import Sheet, SheetColumn, SheetTable
from auditdesk.operations import clock_words, clocks
from auditdesk.operations.checkpoints import checkpoint_text
from auditdesk.operations.situation import situation
from auditdesk.regulations.prose import official
from auditdesk.util.faults import UnusableInputError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from auditdesk.operations.clock_views import ClockView, PauseView
    from auditdesk.operations.desk import Desk
    from auditdesk.operations.situation import Situation

_TITLE = "办理期限计算单"
_FACT_COLUMNS = (SheetColumn("项目", 22), SheetColumn("内容", 78))
_PAUSE_COLUMNS = (SheetColumn("中止事由", 30), SheetColumn("起止与记录", 70))
_STEP_COLUMNS = (SheetColumn("起", 20), SheetColumn("止", 20), SheetColumn("计算", 60))


def printed(desk: Desk, no: str, clock_id: str = "") -> bytes:
    """How the periods of a case were counted, as a PDF in the form of the office's sheets.

    It is no document of the case: it has no number and no signature, and says of which day it is.

    Args:
        desk: of anybody in the office.
        no: the case number.
        clock_id: one clock; empty: all that have begun.

    Raises:
        UnusableInputError: the case has no such clock, or none has begun.
    """
    from auditdesk.documents.fonts import load_fonts  # noqa: PLC0415 – the layout is heavy
    from auditdesk.documents.issuing import render  # noqa: PLC0415 – as above

    case = situation(desk, no)
    shown = clocks.view_of(case).clocks
    wanted = [c for c in shown if c.id == clock_id or (not clock_id and c.start is not None)]
    if not wanted:
        names = "、".join(c.id for c in shown)
        raise UnusableInputError(
            f"本案没有期限 {clock_id!r}，或尚无期限起算；有：{names or '无'}",
            f"The case has no period {clock_id!r}, or none has begun; it has: {names or 'none'}",
        )
    return render(_sheet(case, wanted), load_fonts(desk.resources / "fonts"))


def _sheet(case: Situation, wanted: list[ClockView]) -> Sheet:
    desk, record = case.desk, case.record
    return Sheet(
        title=_TITLE,
        facts=(
            ("案号", record.no),
            ("事项", case.case_type.label.zh),
            ("申请人／对象", record.title),
            ("计算日期", official(desk.today().isoformat())),
        ),
        tables=tuple(table for clock in wanted for table in _tables(clock)),
        office=desk.profile.name,
        sample=desk.profile.sample,
        checkpoint=checkpoint_text(desk.office.journal.last_checkpoint()),
    )


def _tables(clock: ClockView) -> Iterator[SheetTable]:
    facts = tuple((name.zh, official(value.zh)) for name, value in clock_words.facts(clock))
    yield SheetTable(clock.label.zh, _FACT_COLUMNS, facts)
    rows = tuple(
        (_day(step.first), _day(step.last), official(step.words.zh))
        for step in clock_words.steps(clock)
    )
    if rows:
        yield SheetTable("", _STEP_COLUMNS, rows)
    if clock.pauses:
        yield SheetTable("", _PAUSE_COLUMNS, tuple(map(_pause, clock.pauses)))


def _pause(view: PauseView) -> tuple[str, str]:
    deeds = "；".join(deed.zh for deed in clock_words.pause_deeds(view))
    days = clock_words.pause_days(view).zh
    return f"{view.ground.zh}（{view.sources.zh}）", official(f"{days}；{deeds}")


def _day(day: object) -> str:
    return official(str(day)) if day is not None else "未定"
