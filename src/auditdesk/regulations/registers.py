"""Loading registers, and what a case type and its register must agree on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from auditdesk.domain.declaration import FieldKind
from auditdesk.domain.register import DatedGroup, Register, RegisterView
from auditdesk.regulations import schema as s
from auditdesk.regulations.crosscheck import condition_problems, has_source
from auditdesk.regulations.packs import PackError, folder_model, in_its_file, judged
from auditdesk.regulations.parts import label_of, scalar

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from auditdesk.domain.declaration import CaseType, RegisterLink

REGISTER_FILE = "register.toml"
REGISTER_SOURCE = "register."
# What a write into a register may take of the closing case's envelope.
CLOSED_ON = "closed_on"
_SOURCES = ("data.", "computed.", "case.")


def load_register(folder: str, texts: Mapping[str, str]) -> Register:
    """One register from the TOML texts of its folder.

    Raises:
        PackError: a text does not have the form, or the parts do not fit together.
    """
    model = folder_model(s.RegisterModel, folder, texts)
    row = judged(model)
    register = Register(
        row=row,
        icon=model.icon,
        key=model.key,
        district=model.district,
        columns=row.export_columns,
        listed=tuple(model.listed),
        printed=tuple(model.printed or model.listed),
        views=tuple(_view(view) for view in model.views),
        dated=tuple(DatedGroup(group.on, tuple(group.fields)) for group in model.dated),
    )
    for key, reason in _register(register):
        raise in_its_file(PackError(folder, key, reason), texts)
    return register


def _view(model: s.RegisterViewModel) -> RegisterView:
    computed = {name: tuple(map(scalar, values)) for name, values in model.computed.items()}
    return RegisterView(model.id, label_of(model.label), tuple(model.failed), computed)


def _register(register: Register) -> Iterator[tuple[str, str]]:
    kinds = {field.id: field.kind for field in register.fields}
    for key, name in (("key", register.key), ("district", register.district)):
        if kinds.get(name) is not FieldKind.TEXT:
            yield key, f"{name} is no text field"
    columns = {column.id for column in register.columns}
    for column in register.columns:
        if column.source.startswith("case."):
            yield f"export_columns[{column.id}].source", "a row has no case"
    for key, names in (("listed", register.listed), ("printed", register.printed)):
        for name in names:
            if name not in columns:
                yield key, f"no column {name}"
    yield from _views(register)
    yield from _dated(register)


def _views(register: Register) -> Iterator[tuple[str, str]]:
    rules = {rule.id for rule in register.rules}
    computed = {value.id for value in register.computed}
    for view in register.views:
        key = f"views[{view.id}]"
        if not (view.failed or view.computed):
            yield key, "names nothing that a row could have"
        for name in view.failed:
            if name not in rules:
                yield f"{key}.failed", f"no rule {name}"
        for name in view.computed:
            if name not in computed:
                yield f"{key}.computed", f"no computed value {name}"


def _dated(register: Register) -> Iterator[tuple[str, str]]:
    kinds = {field.id: field.kind for field in register.fields if field.id != register.key}
    seen: set[str] = set()
    for group in register.dated:
        if kinds.get(group.on) is not FieldKind.DATE:
            yield f"dated[{group.on}]", "is no date"
        for name in (group.on, *group.fields):
            if name not in kinds or name in seen:
                yield f"dated[{group.on}]", f"no field {name}, or it is dated already"
            seen.add(name)


def is_source(value: str | int | bool) -> bool:
    """Whether what is written into a register names a value of the case."""
    return isinstance(value, str) and value.startswith(_SOURCES)


def check_link(
    folder: str, case_type: CaseType, registers: Mapping[str, Register] | None = None
) -> None:
    """Refuse a case type that names a register, or fields, that there are not.

    Args:
        folder: for the error.
        case_type: the case type.
        registers: those that could be loaded; None: only the case's own side is looked at,
            as for a law that an older case is pinned to.

    Raises:
        PackError: with the first thing that does not fit.
    """
    link = case_type.register
    if link is None:
        return
    for key, reason in _own_side(case_type, link):
        raise PackError(folder, f"register.{key}", reason)
    if registers is None:
        return
    if link.register not in registers:
        raise PackError(folder, "register.id", f"no usable register {link.register}")
    town = case_type.summary.town
    for key, reason in _other_side(registers[link.register], link, town):
        raise PackError(folder, f"register.{key}", reason)


def _own_side(case_type: CaseType, link: RegisterLink) -> Iterator[tuple[str, str]]:
    fields = {field.id for field in case_type.fields}
    for name in (link.key, *link.takes):
        if name not in fields:
            yield "takes", f"no field {name}"
    if link.key not in case_type.summary.duplicate:
        yield "key", f"{link.key} must be among summary.duplicate: a row's cases are found by it"
    for index, write in enumerate(link.writes):
        key = f"writes[{index}]"
        yield from condition_problems(f"{key}.when", case_type.fields, write.when, ())
        for source in write.values.values():
            if is_source(source) and not has_source(str(source), case_type, {CLOSED_ON}):
                yield f"{key}.values", f"no {source}"


def _other_side(register: Register, link: RegisterLink, town: str) -> Iterator[tuple[str, str]]:
    fields = {field.id for field in register.fields} - {register.key}
    if town.startswith(REGISTER_SOURCE) and town.removeprefix(REGISTER_SOURCE) not in fields:
        yield "town", f"{register.id} has no field for {town}"
    for source in link.takes.values():
        if not has_source(source, register.row, ()):
            yield "takes", f"{register.id} has no {source}"
    for index, write in enumerate(link.writes):
        for name in write.values:
            if name not in fields:
                reason = f"{register.id} has no field {name}, or it is the key"
                yield f"writes[{index}].values", reason
