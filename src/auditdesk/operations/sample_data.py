"""The sample office as data: `resources/sample/office.toml`, `cases/*.json`, `registers/*.json`.

In cases and rows a day is written as a date, or as `@-6`: six days before the day of the demo.
"""

from __future__ import annotations

import json
import re
import tomllib
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from auditdesk.domain.case import CaseFile
from auditdesk.operations.offices import NewOffice
from auditdesk.operations.words import TITLE
from auditdesk.util.clock import CHINA

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from auditdesk.operations.desk import Desk

_RELATIVE = re.compile(r"@(-?[0-9]+)(T.*)?")


@dataclass(frozen=True, slots=True)
class SamplePerson:
    """An account of the sample office."""

    name: str
    full_name: str
    role: str


@dataclass(frozen=True, slots=True)
class SampleOffice:
    """The sample office before it is made; everybody has the same, published password."""

    name: str
    district: str
    password: str
    founded: datetime
    certificate_days: int
    settings: Mapping[str, str]
    admin_name: str
    admin_full_name: str
    people: tuple[SamplePerson, ...]

    def as_new_office(self) -> NewOffice:
        """What `offices.create` makes of it, marked as a sample."""
        return NewOffice(
            self.name,
            self.district,
            self.admin_name,
            self.admin_full_name,
            self.password,
            self.settings,
            sample=True,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleStep:
    """One step of a case: who does what when, with what the deed needs."""

    at: datetime
    by: str
    do: str
    text: str = ""
    rule: str = ""
    kind: str = ""
    material: str = ""
    data: Mapping[str, Any] = field(default_factory=dict)
    materials: Mapping[str, str] = field(default_factory=dict)
    reasons: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SampleCase:
    """A case and its way.

    Attributes:
        shown: it is the one led to the signed approval.
        printed: its papers are written beside the office, too.
    """

    about: str
    case_file: CaseFile
    steps: tuple[SampleStep, ...]
    shown: bool
    printed: bool


@dataclass(frozen=True, slots=True)
class SampleRegister:
    """The rows of a register, entered by one person at one time."""

    register: str
    at: datetime
    by: str
    rows: tuple[Mapping[str, Any], ...]


@dataclass(frozen=True, slots=True)
class SampleData:
    """The whole sample."""

    office: SampleOffice
    registers: tuple[SampleRegister, ...]
    cases: tuple[SampleCase, ...]


def load(folder: Path, day: date) -> SampleData:
    """Read the sample as of a day."""
    content = tomllib.loads((folder / "office.toml").read_text(encoding="utf-8"))
    found: list[SampleCase] = []
    for kept in _files(folder / "cases"):
        found += [_case(kept, _dated(case, day)) for case in kept["cases"]]
    registers = tuple(_register(_dated(kept, day)) for kept in _files(folder / "registers"))
    return SampleData(_office(content), registers, tuple(found))


def _files(folder: Path) -> Iterator[dict[str, Any]]:
    for path in sorted(folder.glob("*.json")):
        yield json.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)


def _register(kept: Mapping[str, Any]) -> SampleRegister:
    at = datetime.fromisoformat(kept["at"]).replace(tzinfo=CHINA)
    return SampleRegister(kept["register"], at, kept["by"], tuple(kept["rows"]))


def _office(content: Mapping[str, Any]) -> SampleOffice:
    return SampleOffice(
        name=content["name"],
        district=content["district"],
        password=content["password"],
        founded=datetime.fromisoformat(content["founded"]).replace(tzinfo=CHINA),
        certificate_days=content["certificate_days"],
        settings=content["settings"],
        admin_name=content["admin"]["name"],
        admin_full_name=content["admin"]["full_name"],
        people=tuple(SamplePerson(**person) for person in content["people"]),
    )


def _dated(value: Any, day: date) -> Any:
    """The same value with `@-6` replaced by the day six days before."""
    if isinstance(value, dict):
        return {key: _dated(inner, day) for key, inner in value.items()}
    if isinstance(value, list):
        return [_dated(inner, day) for inner in value]
    found = _RELATIVE.fullmatch(value) if isinstance(value, str) else None
    if found is None:
        return value
    return (day + timedelta(days=int(found[1]))).isoformat() + (found[2] or "")


def _case(kept: Mapping[str, Any], case: Mapping[str, Any]) -> SampleCase:
    defaults = kept["defaults"] if case.get("defaults", True) else {"data": {}, "materials": {}}
    case_file = CaseFile(
        case_type=kept["case_type"],
        accepted_on=date.fromisoformat(case["accepted_on"]),
        district=case.get("district", kept["district"]),
        data={**defaults["data"], **case["data"]},
        materials={**defaults["materials"], **case.get("materials", {})},
    )
    steps = tuple(_step(step) for step in case["steps"])
    shown = case.get("shown", False)
    return SampleCase(case["about"], case_file, steps, shown, case.get("printed", shown))


def _step(step: Mapping[str, Any]) -> SampleStep:
    """A step; opinion and text are one."""
    known = {key: value for key, value in step.items() if key not in {"at", "opinion", "reasons"}}
    if "opinion" in step:
        known["text"] = step["opinion"]
    reasons = {
        key: tuple(value) if isinstance(value, list) else value
        for key, value in step.get("reasons", {}).items()
    }
    at = datetime.fromisoformat(step["at"]).replace(tzinfo=CHINA)
    return SampleStep(at=at, reasons=reasons, **known)


def scan(desk: Desk, no: str, material: str) -> bytes:
    """A page that stands for the scan of a material of a sample case."""
    from auditdesk.documents.content import Sheet  # noqa: PLC0415 – the layout is heavy
    from auditdesk.documents.fonts import load_fonts  # noqa: PLC0415 – the same
    from auditdesk.documents.sheet import render_sheet  # noqa: PLC0415 – the same
    from auditdesk.operations.viewing import view  # noqa: PLC0415 – the same

    shown = view(desk, no)
    label = shown.case_type.material(material).label.zh
    sheet = Sheet(
        title=label,
        facts=(("案件编号", no), (TITLE.zh, shown.record.title), ("地点", shown.record.place)),
        notes=("本页代替扫描件，仅供练习。",),
        office=desk.profile.name,
        sample=True,
    )
    return render_sheet(sheet, load_fonts(desk.resources / "fonts"))
