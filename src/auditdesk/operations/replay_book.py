"""What a draft of the law would change, as a workbook and as JSON."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from auditdesk.exchange.content import Column, WorkbookSheet
from auditdesk.operations.covers import cover_of
from auditdesk.operations.replays import outcome_text
from auditdesk.operations.words import STATUSES, TITLE, VERDICTS, word
from auditdesk.util.label import Label

if TYPE_CHECKING:
    from pathlib import Path

    from auditdesk.exchange.content import Value, WorkbookFacts
    from auditdesk.operations.desk import Desk
    from auditdesk.operations.replays import Difference, Replay, ReplayedCase
    from auditdesk.util.label import Language
    from auditdesk.util.progress import Progress

REPLAY_FORMAT = "auditdesk.replay/1"
_NO_JUDGEMENT = "无法审查"
_CASES = (
    Column("案号", "text", 16),
    Column("事项", "text", 28),
    Column(TITLE.zh, "text", 34),
    Column("受理日期", "date", 14),
    Column("环节", "text", 14),
    Column("状态", "text", 12),
    Column("原结论", "text", 12),
    Column("试算结论", "text", 12),
    Column("变化数", "integer", 10),
    Column("说明", "text", 40),
)
_DIFFERENCES = (
    Column("案号", "text", 16),
    Column("事项", "text", 28),
    Column("受理日期", "date", 14),
    Column("项目", "text", 28),
    Column("编号", "text", 34),
    Column("原为", "text", 12),
    Column("试算为", "text", 12),
    Column("原说明", "text", 60),
    Column("试算说明", "text", 60),
)


def save(
    desk: Desk, replay: Replay, path: Path, progress: Progress, *, overwrite: bool = False
) -> WorkbookFacts:
    """Write the outcome of a replay into a workbook: the cases, and each thing that changes.

    Raises:
        UnusableInputError: the file is there already.
        OfficeFaultError: the file's disk.
        CancelledError: by `progress`; no file is left behind.
    """
    from auditdesk.exchange.workbook import write_workbook  # noqa: PLC0415 – openpyxl is heavy

    cover = replace(
        cover_of(desk, replay.first, replay.last),
        name="依据试算",
        period_name="受理日期",
        lines=(("草案", replay.draft), ("结果", replay.summary.zh)),
    )
    sheets = (
        WorkbookSheet("有变化的案件", _CASES, [_case_row(case) for case in replay.cases]),
        WorkbookSheet(
            "变化明细",
            _DIFFERENCES,
            [_difference_row(case, d) for case in replay.cases for d in case.differences],
        ),
    )
    return write_workbook(path, cover, sheets, progress, overwrite=overwrite)


def _case_row(case: ReplayedCase) -> list[Value]:
    new = word(VERDICTS, case.new_verdict).zh if case.new_verdict else _NO_JUDGEMENT
    return [
        case.no,
        case.case_type_label.zh,
        case.title,
        case.accepted_on,
        case.stage.zh,
        word(STATUSES, case.status).zh,
        word(VERDICTS, case.old_verdict).zh,
        new,
        len(case.differences),
        case.problem.zh if case.problem else None,
    ]


def _difference_row(case: ReplayedCase, difference: Difference) -> list[Value]:
    return [
        case.no,
        case.case_type_label.zh,
        case.accepted_on,
        difference.label.zh,
        difference.id or None,
        short(difference, difference.old).zh or None,
        short(difference, difference.new).zh or None,
        difference.old_text.zh,
        difference.new_text.zh,
    ]


def short(difference: Difference, value: str) -> Label:
    """One side of a difference in a word: the outcome of a rule, or the value."""
    if difference.kind == "rule":
        return outcome_text(value)
    return Label(value, value)


def as_json(replay: Replay, language: Language) -> dict[str, Any]:
    """The outcome of a replay for programs."""
    return {
        "format": REPLAY_FORMAT,
        "draft": replay.draft,
        "from": replay.first.isoformat(),
        "to": replay.last.isoformat(),
        "judged": replay.judged,
        "changed": len(replay.cases),
        "verdicts_changed": replay.verdicts_changed,
        "cases": [_case_json(case, language) for case in replay.cases],
    }


def _case_json(case: ReplayedCase, language: Language) -> dict[str, Any]:
    return {
        "no": case.no,
        "case_type": case.case_type,
        "accepted_on": case.accepted_on.isoformat(),
        "status": case.status,
        "verdict": {"old": case.old_verdict, "new": case.new_verdict or None},
        "problem": case.problem.text(language) if case.problem else None,
        "differences": [
            {
                "kind": d.kind,
                "id": d.id or None,
                "old": d.old or None,
                "new": d.new or None,
                "old_text": d.old_text.text(language),
                "new_text": d.new_text.text(language),
            }
            for d in case.differences
        ],
    }
