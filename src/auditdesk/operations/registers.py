"""Registers: reading them as of a day, entering and changing their rows.

Importing is `register_import`, what cases have to do with rows `register_links`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from auditdesk.operations import register_rows, rights, viewing
from auditdesk.operations.changes import Changes
from auditdesk.operations.columns import matter_key
from auditdesk.operations.register_views import (
    RegisterCase,
    RegisterEntryView,
    RegisterVersion,
)
from auditdesk.operations.views import FieldChange
from auditdesk.operations.words import STATUSES, word
from auditdesk.util.faults import UnusableInputError
from auditdesk.util.label import Label

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from auditdesk.domain.declaration import CaseType
    from auditdesk.domain.register import Register
    from auditdesk.operations.desk import Desk
    from auditdesk.operations.register_views import RegisterEntry
    from auditdesk.store.registers import RegisterRecord, RowContent


def registers(desk: Desk) -> tuple[Register, ...]:
    """The registers that can be used, in the order of their ids."""
    return tuple(found.register for found in desk.library.registers.values())


def entries(
    desk: Desk, register: str, day: date, *, view: str = "", text: str = ""
) -> tuple[RegisterEntry, ...]:
    """The rows of a register as they stood on a day, by code.

    Args:
        desk: who and where.
        register: the register's id.
        day: for which the rows are judged.
        view: only those that belong to this view on the day.
        text: only those in which every typed word is found.

    Raises:
        UnusableInputError: there is no such register or view.
    """
    register_law = desk.library.register(register)
    if view:
        _require_view(register_law.register, view)
    records = desk.office.registers.rows(register, text)
    found = register_rows.entries_of(desk, register_law, records, day)
    return tuple(entry for entry in found if not view or view in entry.views)


def _require_view(register: Register, view: str) -> None:
    known = [v.id for v in register.views]
    if view not in known:
        raise UnusableInputError(
            f"{register.label.zh}没有视图 {view!r}；可用：{'、'.join(known)}",
            f"{register.label.en} has no view {view!r}; there are: {', '.join(known)}",
        )


def entry(desk: Desk, register: str, code: str, day: date) -> RegisterEntryView:
    """One row, whole, as it stood on a day.

    Raises:
        UnusableInputError: there is no such register.
        RefusedError: the register has no such row.
    """
    register_law = desk.library.register(register)
    declared = register_law.register
    record = desk.office.registers.get(register, code.strip())
    why_not = _why_not_edit(desk)
    return RegisterEntryView(
        register=declared,
        regulations=register_law.law.regulations,
        entry=register_rows.entry_of(desk, register_law, record, day),
        day=day,
        current=register_rows.data_of(record),
        versions=_versions(declared, desk.office.registers.versions(record.row)),
        cases=_cases(desk, declared, record.code),
        editable=why_not is None,
        why_not=why_not,
        begins=_about(desk, declared),
    )


def _why_not_edit(desk: Desk) -> Label | None:
    return rights.READ_ONLY if desk.read_only else rights.why_not_role(desk, "clerk")


def _versions(
    register: Register, records: tuple[RegisterRecord, ...]
) -> tuple[RegisterVersion, ...]:
    older: tuple[Mapping[str, Any], ...] = (*map(register_rows.data_of, records[1:]), {})
    return tuple(
        RegisterVersion(
            version=record.version,
            at=record.at,
            by=record.by,
            full_name=record.full_name,
            source=record.source,
            changes=field_changes(register, before, register_rows.data_of(record)),
        )
        for record, before in zip(records, older, strict=True)
    )


def field_changes(
    register: Register, before: Mapping[str, Any], after: Mapping[str, Any]
) -> tuple[FieldChange, ...]:
    """The fields whose value differs, in the order of the declaration."""
    return tuple(
        FieldChange(field.id, field.label, before.get(field.id), after.get(field.id))
        for field in register.fields
        if before.get(field.id) != after.get(field.id)
    )


def _about(desk: Desk, register: Register) -> tuple[CaseType, ...]:
    return tuple(
        case_type
        for case_type in desk.library.case_types
        if case_type.register and case_type.register.register == register.id
    )


def _cases(desk: Desk, register: Register, code: str) -> tuple[RegisterCase, ...]:
    """The cases about a row, latest acceptance first."""
    about = ((t.id, t.register.key) for t in _about(desk, register) if t.register)
    keys = [key for name, field in about if (key := matter_key(name, field, code))]
    return tuple(
        RegisterCase(
            no=row.no,
            case_type=row.case_type,
            case_type_label=viewing.case_type_label(desk, row.case_type),
            stage=row.stage,
            stage_label=viewing.stage_label(desk, row.case_type, row.stage),
            status=row.status,
            status_label=word(STATUSES, row.status),
            accepted_on=row.accepted_on,
        )
        for row in desk.office.cases.with_keys(keys)
    )


def save(
    desk: Desk, register: str, code: str | None, version: int, data: Mapping[str, Any]
) -> tuple[RegisterEntryView, Changes]:
    """Enter a row, or replace what it holds; wrong values are kept and reported.

    Args:
        desk: who and where.
        register: the register's id.
        code: of the row as it is now; None: a new one. The key in `data` may be another.
        version: `RegisterEntry.version` that the form was filled from; of a new row 0.
        data: all fields of the row, raw as typed or typed.

    Raises:
        UnusableInputError: no such register, or the key is empty or cannot be one.
        RefusedError: not a clerk, no such row, the version moved, or the key is taken.
        OfficeFaultError: the office cannot be written.
    """
    rights.require_role(desk, "clerk")
    declared = desk.library.register(register).register
    content = register_rows.content_of(declared, data)
    if code is None:
        written = _add(desk, declared, content)
    else:
        written = _replace(desk, declared, code.strip(), version, content)
    summary = Label(
        f"{declared.label.zh}：{content.code} 已保存", f"{declared.label.en}: {content.code} saved"
    )
    changed = frozenset({register} if written else ())
    view = entry(desk, register, content.code, desk.today())
    return view, Changes(summary, registers=changed)


def _add(desk: Desk, register: Register, content: RowContent) -> bool:
    note = {"register": register.id, "code": content.code}
    with desk.office.write("register.add", None, note) as writer:
        writer.insert_register_row(register.id, content)
    return True


def _replace(desk: Desk, register: Register, code: str, version: int, content: RowContent) -> bool:
    """Write a row's next version, unless it holds just that; the version is checked anyway."""
    record = desk.office.registers.get(register.id, code)
    changes = field_changes(register, register_rows.data_of(record), content.body["data"])
    if record.version == version and not changes:
        return False
    fields = [change.field for change in changes]
    note = {"register": register.id, "code": content.code, "fields": fields}
    with desk.office.write("register.save", None, note) as writer:
        writer.save_register_row(register.id, code, version, content)
    return True
