"""One row of a register as it stood on a day: what was known by then, and its judgement."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from auditdesk.domain.case import CaseFile
from auditdesk.domain.report import Outcome
from auditdesk.operations import bodies, laws
from auditdesk.operations.register_views import RegisterEntry
from auditdesk.regulations.parts import scalar
from auditdesk.regulations.values import ValueProblemError, is_empty, read_value, read_values
from auditdesk.store.registers import RowContent
from auditdesk.util.faults import UnusableInputError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from auditdesk.domain.declaration import Field
    from auditdesk.domain.register import DatedGroup, Register
    from auditdesk.domain.report import CheckReport
    from auditdesk.operations.desk import Desk
    from auditdesk.regulations.law import RegisterLaw
    from auditdesk.store.registers import RegisterRecord

_LONGEST = 200


def entries_of(
    desk: Desk, register_law: RegisterLaw, records: Sequence[RegisterRecord], day: date
) -> tuple[RegisterEntry, ...]:
    """Rows as they stood on a day; older versions are read only where one is needed."""
    register = register_law.register
    behind = any(_is_ahead(register, data_of(record), day) for record in records)
    former = desk.office.registers.former(register.id) if behind else {}
    return tuple(
        _entry(desk, register_law, record, _as_of(register, record, former, day), day)
        for record in records
    )


def entry_of(
    desk: Desk, register_law: RegisterLaw, record: RegisterRecord, day: date
) -> RegisterEntry:
    """One row as it stood on a day."""
    (entry,) = entries_of(desk, register_law, [record], day)
    return entry


def data_of(record: RegisterRecord) -> Mapping[str, Any]:
    """What a row holds, as JSON."""
    data: Mapping[str, Any] = record.body["data"]
    return data


def _entry(
    desk: Desk,
    register_law: RegisterLaw,
    record: RegisterRecord,
    data: Mapping[str, Any],
    day: date,
) -> RegisterEntry:
    register = register_law.register
    report = judged(desk, register_law, data, day)
    return RegisterEntry(
        register=register.id,
        code=record.code,
        title=record.title,
        place=record.place,
        district=_text(data.get(register.district)),
        data=read_values(register.fields, data).typed,
        raw=data,
        computed=report.computed,
        report=report,
        views=_views(register, report),
        version=record.version,
        updated_at=record.at,
    )


def judged(
    desk: Desk, register_law: RegisterLaw, data: Mapping[str, Any], day: date
) -> CheckReport:
    """The judgement of a row's data for a day, by the present law."""
    register = register_law.register
    district = _text(data.get(register.district))
    case_file = CaseFile(register.id, day, district, data=data)
    return laws.judged(desk, register_law.law, case_file)


def _views(register: Register, report: CheckReport) -> frozenset[str]:
    failed = {f.rule for f in report.findings if f.outcome is Outcome.FAIL}
    return frozenset(
        view.id
        for view in register.views
        if not failed.isdisjoint(view.failed)
        or any(_has(report.computed.get(name), wanted) for name, wanted in view.computed.items())
    )


def _has(value: str | int | None, wanted: Iterable[str]) -> bool:
    return value is not None and scalar(value) in wanted


def _as_of(
    register: Register,
    record: RegisterRecord,
    former: Mapping[int, Sequence[Mapping[str, Any]]],
    day: date,
) -> Mapping[str, Any]:
    """The row's data with every event after the day taken back to the one known before it."""
    data = data_of(record)
    ahead = [group for group in register.dated if _is_later(register, group, data, day)]
    if not ahead:
        return data
    known = dict(data)
    older = [body["data"] for body in former.get(record.row, ())]
    for group in ahead:
        before: Mapping[str, Any] = next(
            (o for o in older if _was_known(register, group, o, day)), {}
        )
        for name in (group.on, *group.fields):
            known.pop(name, None)
            if name in before:
                known[name] = before[name]
    return known


def _is_ahead(register: Register, data: Mapping[str, Any], day: date) -> bool:
    return any(_is_later(register, group, data, day) for group in register.dated)


def _is_later(register: Register, group: DatedGroup, data: Mapping[str, Any], day: date) -> bool:
    happened = day_in(register, group.on, data)
    return happened is not None and happened > day


def _was_known(register: Register, group: DatedGroup, data: Mapping[str, Any], day: date) -> bool:
    happened = day_in(register, group.on, data)
    return happened is not None and happened <= day


def day_in(register: Register, name: str, data: Mapping[str, Any]) -> date | None:
    """The day that a field holds; None where it is empty or no day."""
    day: date | None = valid(register.row.field(name), data.get(name))
    return day


def valid(field: Field, raw: Any) -> Any:
    """The typed value of a field; None where it is empty or wrong."""
    if is_empty(raw):
        return None
    try:
        return read_value(field, raw)
    except ValueProblemError:
        return None


def content_of(register: Register, data: Mapping[str, Any]) -> RowContent:
    """What the office is to keep of a row's data: wrong values as well, but not without key.

    Raises:
        UnusableInputError: the key is empty or cannot be one.
    """
    plain = bodies.plain_data(register.row, data)
    key = key_of(register, plain)
    plain[register.key] = key
    summary = register.row.summary
    return RowContent(
        code=key,
        title=joined(plain, summary.title),
        place=joined(plain, summary.place),
        body={"data": plain},
        search=tuple(filter(None, (_text(plain.get(name)) for name in summary.search))),
    )


def joined(data: Mapping[str, Any], names: Iterable[str]) -> str:
    """What some fields hold, one after the other; the empty ones are left out."""
    return " ".join(filter(None, (_text(data.get(name)) for name in names)))


def key_of(register: Register, data: Mapping[str, Any]) -> str:
    """The code that a row is to have.

    Raises:
        UnusableInputError: it is empty or cannot be one.
    """
    field, raw = register.row.field(register.key), data.get(register.key)
    zh, en = "未填写", "it is empty"
    if not is_empty(raw):
        try:
            return str(read_value(field, raw))
        except ValueProblemError as problem:
            zh, en = problem.reason.zh, problem.reason.en
    raise UnusableInputError(
        f"{field.label.zh}不能用：{zh}。每条记录须有自己的{field.label.zh}，请填写后保存。",
        f"{field.label.en} cannot be used: {en}. Every row has one of its own; fill it in.",
    )


def _text(value: Any) -> str:
    return str(value).strip()[:_LONGEST] if value is not None else ""
