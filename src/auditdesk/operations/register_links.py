"""A case and its register row: what the case takes, where they differ, what it writes back."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from auditdesk.domain.case import CaseFile
from auditdesk.operations import bodies, register_rows
from auditdesk.operations.register_views import RegisterLinkView
from auditdesk.operations.views import FieldChange
from auditdesk.regulations.conditions import holds
from auditdesk.regulations.registers import is_source
from auditdesk.util.faults import UnusableInputError
from auditdesk.util.label import Label

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from auditdesk.domain.declaration import CaseType, RegisterLink
    from auditdesk.domain.register import Register
    from auditdesk.operations.desk import Desk
    from auditdesk.operations.register_views import RegisterEntry
    from auditdesk.operations.situation import Situation
    from auditdesk.store.writer import Writer


@dataclass(frozen=True, slots=True)
class WrittenBack:
    """What closing a case did to its register.

    Attributes:
        sentence: what has to be said about it; None where it went as a matter of course.
        registers: the registers in which a row changed.
    """

    sentence: Label | None = None
    registers: frozenset[str] = field(default_factory=frozenset)


def taken(desk: Desk, case_type: str, code: str, day: date) -> Mapping[str, Any]:
    """What a new case takes from the register's row as it stood on its day of acceptance.

    Returns:
        Case field to value as a case file has it; what the row lacks, or what the case's
        field could not hold, is left out.

    Raises:
        UnusableInputError: there is no such case type, or it is about no register.
        RefusedError: the register has no row of that code.
    """
    declared = desk.library.law(case_type).case_type
    return _taken(declared, _entry(desk, declared, code, day))


def begun(desk: Desk, case_type: str, code: str, day: date) -> CaseFile:
    """A case file begun from the register's row; raises as `taken` does."""
    declared = desk.library.law(case_type).case_type
    entry = _entry(desk, declared, code, day)
    key = {_link(declared).key: entry.code}
    district = entry.district or desk.profile.district
    return CaseFile(case_type, day, district, data=key | _taken(declared, entry))


def linked(
    desk: Desk, case_type: CaseType, data: Mapping[str, Any], day: date
) -> RegisterLinkView | None:
    """The row that a case, or what is being typed, is about, and where the two differ.

    None where the case type is about no register, or the register's pack is broken.
    """
    link = case_type.register
    register_law = desk.library.registers.get(link.register) if link else None
    if link is None or register_law is None:
        return None
    register = register_law.register
    code = _code(case_type, link, data)
    record = desk.office.registers.find(register.id, code) if code else None
    if record is None:
        return RegisterLinkView(register.id, register.label, code, False, "", {}, ())
    entry = register_rows.entry_of(desk, register_law, record, day)
    offered = _taken(case_type, entry)
    differing = tuple(
        FieldChange(f.id, f.label, offered[f.id], data.get(f.id))
        for f in case_type.fields
        if f.id in offered
        and (own := register_rows.valid(f, data.get(f.id))) is not None
        and own != register_rows.valid(f, offered[f.id])
    )
    return RegisterLinkView(
        register.id, register.label, code, True, entry.title, offered, differing
    )


def _link(case_type: CaseType) -> RegisterLink:
    if case_type.register is None:
        raise UnusableInputError(
            f"事项 {case_type.id} 不取用台账。", f"{case_type.id} takes nothing from a register."
        )
    return case_type.register


def _entry(desk: Desk, case_type: CaseType, code: str, day: date) -> RegisterEntry:
    register_law = desk.library.register(_link(case_type).register)
    record = desk.office.registers.get(register_law.register.id, code.strip())
    return register_rows.entry_of(desk, register_law, record, day)


def _taken(case_type: CaseType, entry: RegisterEntry) -> dict[str, Any]:
    found = {name: entry.value(source) for name, source in _link(case_type).takes.items()}
    return {
        f.id: plain
        for f in case_type.fields
        if (plain := bodies.plain(found.get(f.id))) is not None
        and register_rows.valid(f, plain) is not None
    }


def _code(case_type: CaseType, link: RegisterLink, data: Mapping[str, Any]) -> str:
    return str(register_rows.valid(case_type.field(link.key), data.get(link.key)) or "")


def write_back(writer: Writer, case: Situation) -> WrittenBack:
    """Write into the register what a closing case says, in the case's own transaction.

    Raises:
        UnusableInputError: the register's pack is broken; the case cannot close before that
            is put right, for its result would be lost.
    """
    link = case.case_type.register
    values = _values(case, link) if link else {}
    if link is None or not values:
        return WrittenBack()
    register = case.desk.library.register(link.register).register
    code = _code(case.case_type, link, case.body.data)
    record = case.desk.office.registers.find(register.id, code)
    if record is None:
        writer.note("register_lacks", code)
        return WrittenBack(_lacking(register, code))
    before = register_rows.data_of(record)
    kept = {n: v for n, v in values.items() if not _is_older(register, n, values, before)}
    known = {f.id for f in register.fields}
    after = {**before, **{n: v for n, v in kept.items() if n in known}}
    if after != before:
        content = register_rows.content_of(register, after)
        writer.save_register_row(
            register.id, record.code, record.version, content, source=case.record.no
        )
        writer.note("register", {"id": register.id, "code": record.code, "fields": sorted(kept)})
    changed = frozenset({register.id} if after != before else ())
    return WrittenBack(_outdone(register, code) if kept != values else None, changed)


def _values(case: Situation, link: RegisterLink) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for write in link.writes:
        if holds(write.when, case.values.typed):
            found |= {name: _source(case, value) for name, value in write.values.items()}
    return {name: value for name, value in found.items() if value is not None}


def _source(case: Situation, value: str | int | bool) -> Any:
    if not is_source(value):
        return value
    kind, _, name = str(value).partition(".")
    if kind == "computed":
        return case.report.computed.get(name)
    if kind == "case":
        return case.desk.today().isoformat()
    return bodies.plain(case.body.data.get(name)) if name in case.values.typed else None


def _is_older(
    register: Register, name: str, values: Mapping[str, Any], before: Mapping[str, Any]
) -> bool:
    """Whether the value belongs to an event before the one that the row has."""
    group = register.group(name)
    if group is None:
        return False
    own = register_rows.day_in(register, group.on, values)
    present = register_rows.day_in(register, group.on, before)
    return own is not None and present is not None and own < present


def _lacking(register: Register, code: str) -> Label:
    zh, en = register.label.zh, register.label.en
    return Label(
        f"{zh}中没有编码 {code}，结果未写回，请登记后在台账中补填",
        f"{en} has no {code}; the result was not written back: add the row and fill it in there",
    )


def _outdone(register: Register, code: str) -> Label:
    zh, en = register.label.zh, register.label.en
    return Label(
        f"{zh}中 {code} 已有更晚的记录，本案较早的结果没有覆盖它",
        f"{en} has a later event for {code}; this case's earlier one did not replace it",
    )
