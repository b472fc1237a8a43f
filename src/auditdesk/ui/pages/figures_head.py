"""What figures are asked for: period, case type, place, and what the bars show."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from auditdesk.domain.declaration import Field, FieldKind
from auditdesk.domain.period import LENGTHS, Period, containing
from auditdesk.operations.figure_lines import place_label
from auditdesk.operations.figure_views import Asked
from auditdesk.operations.figures import sum_columns
from auditdesk.ui.base.context import named
from auditdesk.ui.forms.editors import DateEditor
from auditdesk.ui.forms.showing import date_or_none
from auditdesk.ui.pages.parts import flow, label
from auditdesk.util.clock import today
from auditdesk.util.label import Label

if TYPE_CHECKING:
    from collections.abc import Iterable

    from auditdesk.ui.base.session import Session

_FREE = "free"
_LENGTHS: tuple[tuple[str, Label], ...] = (
    ("month", Label("按月", "Month")),
    ("quarter", Label("按季", "Quarter")),
    ("year", Label("按年", "Year")),
    (_FREE, Label("自定起止", "Any days")),
)
_FROM = Field("from", Label("从", "From"), FieldKind.DATE)
_TO = Field("to", Label("至", "to"), FieldKind.DATE)
Place = tuple[str, str | None]


class FiguresHead(QWidget):
    """Combos and days; says by `asked` that other figures are wanted, by `measured` other bars."""

    asked = Signal()
    measured = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session, self._ctx = session, session.ctx
        self._period = containing(today(self._ctx.clock), "year")
        self._places: set[Place] = set()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        self._make()
        title = label(self._ctx.say("统计", "Figures"), "title", wrap=False)
        title.setContentsMargins(0, 0, self._ctx.px(10), 0)
        chosen = (self.case_type, self.place, self.measure)
        layout.addWidget(flow(self._ctx, (title, self.length, self._turning, self._days, *chosen)))
        self._show_period()

    def _make(self) -> None:
        say, text, ctx = self._ctx.say, self._ctx.text, self._ctx
        self.length = _combo(say("期间", "Period"), ((v, text(words)) for v, words in _LENGTHS))
        self.length.setCurrentIndex(self.length.findData("year"))
        self.length.currentIndexChanged.connect(lambda _: self._length_chosen())
        self.earlier = self._step("chevron-left", say("上一期", "The period before"), -1)
        self.later = self._step("chevron-right", say("下一期", "The period after"), 1)
        self.shown = label("", wrap=False)
        self._turning = _row(self.earlier, self.shown, self.later)
        self.first, self.last = DateEditor(ctx, _FROM), DateEditor(ctx, _TO)
        for editor in (self.first, self.last):
            editor.terse = True
            editor.changed.connect(self._days_typed)
        words = [label(text(field.label), wrap=False) for field in (_FROM, _TO)]
        self._days = _row(words[0], self.first, words[1], self.last)
        types = [(t.id, text(t.label)) for t in self._session.library.case_types]
        every = (None, say("全部事项", "All case types"))
        self.case_type = _combo(say("事项", "Case type"), (every, *types))
        self.case_type.currentIndexChanged.connect(lambda _: self._type_chosen())
        self.place = _combo(say("区县、镇街", "Place"), ((None, say("全部镇街", "All places")),))
        self.place.currentIndexChanged.connect(lambda _: self.asked.emit())
        self.measure = _combo(say("柱形所示", "What the bars show"), (self._count,))
        self.measure.setEnabled(False)
        self.measure.currentIndexChanged.connect(lambda _: self.measured.emit())

    @property
    def _count(self) -> tuple[None, str]:
        return None, self._ctx.say("看件数", "Count cases")

    def _step(self, icon: str, name: str, side: int) -> QToolButton:
        made = QToolButton()
        made.setIcon(self._ctx.icon(icon))
        made.setToolTip(name)
        named(made, name)
        made.clicked.connect(lambda _: self._turn(side))
        return made

    def wanted(self) -> Asked:
        """What is asked for."""
        district, town = self.place.currentData() or (None, None)
        return Asked(self._period, self.case_type.currentData(), district, town)

    def column(self) -> str | None:
        """The column whose sums the bars show; None: they show how many cases."""
        chosen = self.measure.currentData()
        return None if chosen is None else str(chosen)

    def ask_for(self, period: Period) -> None:
        """Show another period."""
        self._period = period
        self._show_period()
        self.asked.emit()

    def _turn(self, side: int) -> None:
        beside = self._period.before() if side < 0 else self._period.after()
        if beside is not None:
            self.ask_for(beside)

    def _length_chosen(self) -> None:
        chosen = next((n for n in LENGTHS if n == self.length.currentData()), None)
        if chosen is not None:
            day = today(self._ctx.clock)
            here = self._period.first <= day <= self._period.last
            self.ask_for(containing(day if here else self._period.first, chosen))
        else:
            self._show_period()
            self.first.focus_target().setFocus()

    def _show_period(self) -> None:
        free = self.length.currentData() == _FREE
        self._days.setVisible(free)
        self._turning.setVisible(not free)
        self.shown.setText(self._ctx.text(period_name(self._period)))
        self.first.set_value(self._period.first.isoformat())
        self.last.set_value(self._period.last.isoformat())
        for editor in (self.first, self.last):
            editor.set_problem("")

    def _days_typed(self) -> None:
        days = [date_or_none(editor.value()) for editor in (self.first, self.last)]
        for editor, day in zip((self.first, self.last), days, strict=True):
            editor.set_problem("" if day else self._ctx.say("不是日期", "no date"))
        first, last = days
        if first is None or last is None:
            return
        if last < first:
            self.last.set_problem(self._ctx.say("早于首日", "before the first day"))
        elif (first, last) != (self._period.first, self._period.last):
            self._period = Period(first, last)
            self.asked.emit()

    def _type_chosen(self) -> None:
        """The sums are those of the type that is chosen; of all types there are only counts."""
        chosen = self.case_type.currentData()
        law = self._session.library.laws.get(chosen) if chosen else None
        columns = sum_columns(law.case_type) if law else ()
        choices = [(c.id, self._ctx.text(c.label)) for c in columns]
        _fill(self.measure, (self._count, *choices))
        self.measure.setEnabled(bool(choices))
        self.asked.emit()

    def offer_places(self, places: Iterable[Place]) -> None:
        """Offer the places of which there are cases, besides those offered before."""
        found = self._places | {*places} | {(district, None) for district, _ in places}
        if found == self._places:
            return
        self._places = found
        several = len({district for district, _ in found}) > 1
        ordered = sorted(found, key=lambda p: (p[0], p[1] is not None, p[1] == "", p[1] or ""))
        chosen = self.place.currentData()
        choices = [(p, self._place_name(p, several=several)) for p in ordered]
        _fill(self.place, ((None, self.place.itemText(0)), *choices), chosen)

    def _place_name(self, place: Place, *, several: bool) -> str:
        district, town = place
        library = self._session.library
        if town is None:
            return self._ctx.text(library.districts.get(district) or Label(district, district))
        return self._ctx.text(place_label(library, district, town, several=several))


def period_name(period: Period) -> Label:
    """A month, quarter or year by its name, anything else by its days."""
    year, month = period.first.year, period.first.month
    match period.length:
        case "month":
            return Label(f"{year}年{month}月", f"{year}-{month:02d}")
        case "quarter":
            quarter = (month + 2) // 3
            return Label(f"{year}年第{quarter}季度", f"Q{quarter} {year}")
        case "year":
            return Label(f"{year}年", f"year {year}")
        case _:
            return Label(f"{period.first} 至 {period.last}", f"{period.first} to {period.last}")


def _combo(name: str, choices: Iterable[tuple[object, str]]) -> QComboBox:
    made = QComboBox()
    named(made, name)
    made.setToolTip(name)
    made.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
    for value, words in choices:
        made.addItem(words, value)
    return made


def _fill(combo: QComboBox, choices: Iterable[tuple[object, str]], chosen: object = None) -> None:
    """Offer other choices without a word to anybody; what was chosen stays so."""
    blocked = combo.blockSignals(True)
    combo.clear()
    for value, words in choices:
        combo.addItem(words, value)
    values = [combo.itemData(place) for place in range(combo.count())]
    combo.setCurrentIndex(values.index(chosen) if chosen in values else 0)
    combo.blockSignals(blocked)


def _row(*widgets: QWidget) -> QWidget:
    made = QWidget()
    row = QHBoxLayout(made)
    row.setContentsMargins(0, 0, 0, 0)
    for widget in widgets:
        row.addWidget(widget)
    return made
