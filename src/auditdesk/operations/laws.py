"""The law that a case is judged by: pinned when the case is entered, the same for ever."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from auditdesk.regulations.judge import judge
from auditdesk.regulations.library import law_from_texts
from auditdesk.regulations.packs import PackError
from auditdesk.util.faults import OfficeFaultError

if TYPE_CHECKING:
    from auditdesk.domain.case import CaseFile
    from auditdesk.domain.report import CheckReport
    from auditdesk.operations.desk import Desk
    from auditdesk.regulations.law import Law
    from auditdesk.store.records import CaseRecord


def law_text(law: Law) -> str:
    """A law as the one text that the office keeps under its digest."""
    return json.dumps(dict(law.texts), ensure_ascii=False, sort_keys=True)


def pinned(desk: Desk, record: CaseRecord) -> Law:
    """The law that the case was entered under.

    Raises:
        OfficeFaultError: it cannot be loaded by this version of the program.
    """
    present = desk.library.laws.get(record.case_type)
    if present is not None and present.digest == record.law:
        return present
    if record.law not in desk.laws:
        desk.laws[record.law] = _load(desk, record)
    return desk.laws[record.law]


def _load(desk: Desk, record: CaseRecord) -> Law:
    try:
        return law_from_texts(json.loads(desk.office.laws.get(record.law)))
    except (PackError, ValueError) as problem:
        raise OfficeFaultError(
            f"案件 {record.no} 录入时的规则文本，本版程序读不了（{problem}）；请用新版程序打开。",
            f"This version cannot load the rules that case {record.no} was entered under "
            f"({problem}); open the office with a newer version.",
        ) from problem


def judged(desk: Desk, law: Law, case_file: CaseFile) -> CheckReport:
    """The judgement of a case file by a law."""
    return judge(case_file, law, desk.calendar)
