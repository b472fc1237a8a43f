"""Figures: how many cases in a period, by what, compared with the period before."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QProgressBar, QVBoxLayout, QWidget

from auditdesk.operations import figure_files, figures
from auditdesk.operations.figure_words import SUMS, described, empty, measured, shares, told
from auditdesk.ui.base.columned import Columned
from auditdesk.ui.base.context import named
from auditdesk.ui.dialogs.progress import ProgressDialog
from auditdesk.ui.dialogs.register_import import save_as
from auditdesk.ui.forms.choices import Segments
from auditdesk.ui.pages.figures_head import FiguresHead
from auditdesk.ui.pages.parts import button, flow, label, scrolled
from auditdesk.ui.panels.bars import BarChart, BarText
from auditdesk.util.clock import today
from auditdesk.util.faults import Fault

if TYPE_CHECKING:
    from pathlib import Path

    from auditdesk.operations.changes import Changes
    from auditdesk.operations.figure_views import Added, Figures, Group, Line, Part, SumColumn
    from auditdesk.store.tallies import Dimension
    from auditdesk.ui.base.session import Session
    from auditdesk.ui.base.worker import Job

_TWO_COLUMNS = 860
_BASES = figures.BASES
# Which card stands in which column: the long ones at the right.
_CARDS: tuple[tuple[Dimension, int], ...] = (
    ("case_type", 0),
    ("outcome", 0),
    ("timeliness", 0),
    ("reached", 1),
    ("place", 1),
    ("month", 0),
)


class FiguresPage(QWidget):
    """Charts whose bars lead to the list of their cases.

    Signals: `list_wanted` with a filter and its words; `to_print` with a PDF and its title.
    """

    list_wanted = Signal(object, str)
    to_print = Signal(bytes, str)

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session, self._ctx = session, session.ctx
        self._stale = True
        self._job: Job[Figures] | None = None
        self._asks = 0
        self._basis: object = _BASES[0]
        self.figures: Figures | None = None
        self.head = FiguresHead(session)
        self.head.asked.connect(self.refresh)
        self.head.measured.connect(self._show)
        self.charts = {name: self._chart() for name, _ in _CARDS}
        self.sums = self._chart()
        self.total = self._chart()
        self.told, self.notes = label("", "muted"), label("", "small")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*(self._ctx.px(n) for n in (16, 12, 16, 12)))
        layout.setSpacing(self._ctx.px(8))
        layout.addWidget(self.head)
        layout.addWidget(self._bar())
        layout.addWidget(self.told)
        layout.addWidget(scrolled(self._cards()), 1)
        self._tell("")
        session.changed.connect(self._heard)

    def _chart(self) -> BarChart:
        made = BarChart(self._ctx)
        made.opened.connect(self._open)
        return made

    def _bar(self) -> QWidget:
        ctx, say = self._ctx, self._ctx.say
        bases = (
            (_BASES[0], say("按受理日期", "Received")),
            (_BASES[1], say("按决定日期", "Decided")),
        )
        self.basis = Segments(say("统计口径", "Which cases"), bases)
        self.basis.set_value(self._basis)
        self.basis.picked.connect(self._basis_picked)
        self.print = button(ctx, "printer", say("打印", "Print"), self._print)
        self.pdf = button(ctx, "download", say("存为 PDF", "Save as PDF"), self._ask_pdf)
        self.book = button(ctx, "file-spreadsheet", say("导出 Excel", "To Excel"), self._ask_book)
        self.counting = QProgressBar()
        self.counting.setFixedWidth(ctx.px(120))
        named(self.counting, say("正在统计", "Counting"))
        self.stop = button(ctx, "", say("停止", "Stop"), self._stop)
        for widget in (self.counting, self.stop):
            widget.hide()
        deeds = (self.print, self.pdf, self.book)
        return flow(ctx, (self.basis, *deeds, self.counting, self.stop))

    def _cards(self) -> QWidget:
        cards = [(self.charts[name], column) for name, column in _CARDS]
        px = self._ctx.px
        page, self._charts = QWidget(), QWidget()
        # shown with the first figures: dressing all cards would hold up the page itself
        self._charts.hide()
        whole = QVBoxLayout(page)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._charts)
        column = QVBoxLayout(self._charts)
        column.setContentsMargins(0, 0, px(6), 0)
        column.setSpacing(px(10))
        column.setAlignment(Qt.AlignmentFlag.AlignTop)
        column.addWidget(self.total)
        column.addWidget(Columned([*cards, (self.sums, 1)], px(_TWO_COLUMNS), px(10)))
        column.addWidget(self.notes)
        return page

    def seen(self) -> None:
        """The page came into view: count again what changed meanwhile, or on another day."""
        shown = self.figures
        if self._stale or (shown is not None and shown.day != today(self._ctx.clock)):
            self.refresh()

    def refresh(self) -> None:
        """Count beside the window; what was asked for before is dropped."""
        self._stale = False
        self._cancel()
        asked, number = self.head.wanted(), self._asks

        def take(found: Figures) -> None:
            if number == self._asks:
                self._take(found)

        def failed(error: Exception) -> None:
            if number == self._asks:
                self._failed(error)

        self._job = self._session.long(
            self,
            lambda desk, progress: figures.read(desk, asked, progress),
            take,
            failed,
            self._step,
        )
        self._show_counting(counting=True)

    def _cancel(self) -> None:
        """Whatever is being counted is wanted no more."""
        self._asks += 1
        if self._job is not None:
            self._job.cancel()
            self._job = None

    def _stop(self) -> None:
        self._cancel()
        self._stale = True
        self._show_counting(counting=False)
        self._tell(
            self._ctx.say("统计已停止，图中是先前的数字。", "Stopped; the charts are older.")
        )

    def _step(self, done: int, total: int) -> None:
        self.counting.setRange(0, max(total, 1))
        self.counting.setValue(done)

    def _show_counting(self, *, counting: bool) -> None:
        self.counting.setRange(0, 0)
        for widget in (self.counting, self.stop):
            widget.setVisible(counting)

    def _tell(self, sentence: str) -> None:
        self.told.setText(sentence)
        self.told.setVisible(bool(sentence))

    def _take(self, found: Figures) -> None:
        self._job = None
        self._show_counting(counting=False)
        self.figures = found
        if found.asked.district is None:
            self.head.offer_places(places_of(found))
        self._show()

    def _failed(self, error: Exception) -> None:
        self._job = None
        self._show_counting(counting=False)
        if not isinstance(error, Fault):
            raise error
        self._tell(self._ctx.text(error.message))

    def _show(self) -> None:
        """Show the figures that were counted last, by the basis and the measure chosen."""
        found = self.figures
        if found is None:
            return
        text = self._ctx.text
        part = next(p for p in found.parts if p.basis == self._basis)
        column = measured(found, self.head.column()) if found.columns else None
        self._charts.show()
        self._tell("" if part.total.cases else text(empty(part)))
        self.notes.setText("\n".join(map(text, found.notes)))
        self.total.show_figures(text(part.label), self._legend(found), [self._total(part, column)])
        for name, chart in self.charts.items():
            group = part.group(name)
            chart.setVisible(group is not None)
            if group is not None:
                note = text(group.note) if group.note else ""
                chart.show_figures(text(group.label), note, self._lines(part, group, column))
        self.sums.setVisible(bool(part.sums))
        self.sums.show_figures(text(SUMS), "", [self._sum(part, added) for added in part.sums])

    def _basis_picked(self) -> None:
        """One of the two is always chosen: a second click does not take it back."""
        self._basis = self.basis.value() or self._basis
        self.basis.set_value(self._basis)
        self._show()

    def _legend(self, found: Figures) -> str:
        """What was asked for, and which bar is which."""
        say, before = self._ctx.say, found.before
        bars = say("深色柱为本期", "dark bars: the period")
        if before is not None:
            days = f"{before.first} – {before.last}"
            bars += say(f"，浅色柱为上期（{days}）", f"; pale bars: the one before ({days})")
        return f"{self._ctx.text(found.about)} · {bars}"

    def _total(self, part: Part, column: SumColumn | None) -> BarText:
        """All cases, with the figure of the period before in words, for there is no bar."""
        _, then, change = told(part.total, column)
        words = self._ctx.say(f"上期 {then}，增减 {change}", f"before {then}, change {change}")
        return replace(self._line(part, None, part.total, column), change=words)

    def _lines(self, part: Part, group: Group, column: SumColumn | None) -> list[BarText]:
        bars = shares(group.lines, column)
        return [
            self._line(part, group, line, column, bar)
            for line, bar in zip(group.lines, bars, strict=True)
        ]

    def _line(
        self,
        part: Part,
        group: Group | None,
        line: Line,
        column: SumColumn | None,
        bars: tuple[int, int] | None = None,
    ) -> BarText:
        name, (now, then, change) = self._ctx.text(line.label), told(line, column)
        wanted = self._wanted(part, group, line)
        return BarText(name, now, change, self._sentence(now, then, change), bars, wanted)

    def _sum(self, part: Part, added: Added) -> BarText:
        """A sum with the number of cases that have a value; bars of several kinds say nothing."""
        text, column = self._ctx.text, added.column
        name = text(column.label)
        if self.head.case_type.currentData() is None:
            name = f"{text(added.case_type)} · {name}"
        now, then, change = told(added.line, column)
        cases = self._ctx.say(f"{added.line.cases} 件", f"{added.line.cases} cases")
        sentence = self._sentence(now, then, change)
        wanted = self._wanted(part, None, added.line)
        return BarText(name, now, cases, f"{cases}；{sentence}", None, wanted)

    def _sentence(self, now: str, then: str, change: str) -> str:
        return self._ctx.say(
            f"本期 {now}，上期 {then}，增减 {change}",
            f"now {now}, before {then}, change {change}",
        )

    def _wanted(self, part: Part, group: Group | None, line: Line) -> tuple[object, str]:
        """The filter of a figure's cases, and its words."""
        if self.figures is None:
            return line.wanted, ""
        return line.wanted, self._ctx.text(described(self.figures, part, group, line))

    def _open(self, wanted: tuple[object, str]) -> None:
        self.list_wanted.emit(*wanted)

    def _print(self) -> None:
        asked, measure = self.head.wanted(), self.head.column()
        title = self._ctx.say("打印统计表", "Printing the figures")

        def printed(pdf: bytes) -> str:
            self.to_print.emit(pdf, figure_files.TITLE)
            return ""

        ProgressDialog(self._session, self, title).begin(
            lambda desk, step: figure_files.paper(desk, asked, measure, step), printed
        )

    def _ask_pdf(self) -> None:
        asked, measure = self.head.wanted(), self.head.column()
        title = self._ctx.say("统计表存为 PDF", "Save the figures as PDF")

        def save(path: Path) -> None:
            ProgressDialog(self._session, self, title).begin(
                lambda desk, step: figure_files.write_paper(desk, asked, measure, path, step),
                self._ctx.text,
            )

        save_as(self, title, self._file_name("pdf"), save, "PDF (*.pdf)")

    def _ask_book(self) -> None:
        asked = self.head.wanted()
        title = self._ctx.say("统计表导出 Excel", "Figures as a workbook")

        def save(path: Path) -> None:
            ProgressDialog(self._session, self, title).begin(
                lambda desk, step: figure_files.write_book(desk, asked, path, step), self._ctx.text
            )

        save_as(self, title, self._file_name("xlsx"), save)

    def _file_name(self, kind: str) -> str:
        period = self.head.wanted().period
        return f"{figure_files.TITLE}_{period.first}_{period.last}.{kind}"

    def _heard(self, changes: Changes, _origin: object) -> None:
        if changes.cases or changes.registers:
            self._stale = True
            if self.isVisible():
                self.refresh()


def places_of(found: Figures) -> set[tuple[str, str | None]]:
    """Districts and towns of which there are cases."""
    groups = (part.group("place") for part in found.parts)
    wanted = [line.wanted for group in groups if group for line in group.lines]
    return {(w.district, w.town) for w in wanted if w.district is not None}
