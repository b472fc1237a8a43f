"""What a register is: rows that stand for years, each judged for any day by the same engine.

A register is loaded from a folder of `forms/` that has a `register.toml`. One row is declared
like a case of a single stage, so that fields, rules, computed values and findings are the
same things; what a row has besides is here.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from auditdesk.domain.declaration import (
        CaseType,
        Citation,
        Computed,
        ExportColumn,
        Field,
        Rule,
        Section,
    )
    from auditdesk.util.label import Label


@dataclass(frozen=True, slots=True)
class RegisterView:
    """A named filter: rows of which any of this holds.

    Attributes:
        failed: rules, one of which fails.
        computed: computed value to the values of which it has one (written as in TOML: a
            truth value is "true" or "false").
    """

    id: str
    label: Label
    failed: tuple[str, ...] = ()
    computed: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class DatedGroup:
    """A dated event and what it found: known from that day on, not before.

    For a day before the newest known date the row shows the newest version that was written
    down with a date not after that day; an event never overwrites a later one.
    """

    on: str
    fields: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Register:
    """One register, whole.

    Attributes:
        row: how one row is judged: its fields, rules, computed values; it has one stage.
        icon: name of a picture in `resources/icons`, without its ending.
        key: the text field that names a row; no two rows have the same.
        district: the text field that holds the district's code.
        columns: what tables and workbooks show, in their order (`data.x`, `computed.x`).
        listed: ids of those columns that a table on the screen shows at first.
        printed: ids of those columns that stand on paper unless others are chosen.
    """

    row: CaseType
    icon: str
    key: str
    district: str
    columns: tuple[ExportColumn, ...]
    listed: tuple[str, ...]
    printed: tuple[str, ...]
    views: tuple[RegisterView, ...]
    dated: tuple[DatedGroup, ...]

    @property
    def id(self) -> str:
        """The register's id; its rules begin with it."""
        return self.row.id

    @property
    def label(self) -> Label:
        """What the register is called."""
        return self.row.label

    @property
    def sections(self) -> tuple[Section, ...]:
        """The groups of fields."""
        return self.row.sections

    @property
    def fields(self) -> tuple[Field, ...]:
        """What a row holds."""
        return self.row.fields

    @property
    def rules(self) -> tuple[Rule, ...]:
        """What is checked of a row."""
        return self.row.rules

    @property
    def computed(self) -> tuple[Computed, ...]:
        """What is worked out for a row on a day."""
        return self.row.computed

    @property
    def title(self) -> tuple[str, ...]:
        """The fields that name a row."""
        return self.row.summary.title

    @property
    def place(self) -> tuple[str, ...]:
        """The fields that say where it lies."""
        return self.row.summary.place

    @property
    def naming(self) -> frozenset[str]:
        """The sources of columns that say which row it is: its key and its name."""
        return frozenset(f"data.{name}" for name in (self.key, *self.title))

    def view(self, view_id: str) -> RegisterView:
        """The view of that id; KeyError where there is none."""
        for view in self.views:
            if view.id == view_id:
                return view
        raise KeyError(view_id)

    def group(self, field_id: str) -> DatedGroup | None:
        """The dated group that a field belongs to, if it belongs to one."""
        return next((g for g in self.dated if field_id == g.on or field_id in g.fields), None)

    def citations(self) -> tuple[Citation, ...]:
        """Every source that a rule of the register cites, each once."""
        return tuple(dict.fromkeys(c for rule in self.rules for c in rule.citations))
