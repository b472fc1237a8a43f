"""Plain bar charts: a line a figure, its bar drawn by us, each of them a button to its cases."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QFrame, QSizePolicy, QVBoxLayout

from auditdesk.operations.figure_words import THOUSAND
from auditdesk.ui.base.context import named
from auditdesk.ui.pages.parts import button, label

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QFocusEvent, QKeyEvent, QResizeEvent

    from auditdesk.ui.base.context import Context

_HEIGHT = 28
_SHOWN = 12  # lines; further ones wait until somebody asks for them
_NAME_PART = 0.46  # of the width, at most, for the names
_GAP = 8
_ROUNDING = 2  # pixels that eliding takes for itself


@dataclass(frozen=True, slots=True)
class BarText:
    """One figure in words, with the lengths of its bars in thousandths; no bars: None.

    Attributes:
        told: the same in a sentence, for those who cannot see the bar.
        wanted: what opening it hands on.
    """

    name: str
    value: str
    change: str
    told: str
    bars: tuple[int, int] | None
    wanted: object


@dataclass(frozen=True, slots=True)
class Columns:
    """Pixels for names, values and changes; what is left is for the bars."""

    name: int
    value: int
    change: int


class BarLine(QAbstractButton):
    """Name, bar, value and change; a click or Enter opens the cases behind it."""

    moved = Signal(int)
    entered = Signal()

    def __init__(self, ctx: Context) -> None:
        super().__init__()
        self._ctx = ctx
        self._text = BarText("", "", "", "", None, None)
        self._columns = Columns(0, 0, 0)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    @property
    def figure(self) -> BarText:
        """What it shows."""
        return self._text

    def show_figure(self, text: BarText, columns: Columns) -> None:
        """Show a figure."""
        self._text, self._columns = text, columns
        self.setText(text.name)
        self.setAccessibleName(text.name)
        self.setAccessibleDescription(text.told)
        self.setToolTip(f"{text.name}\n{text.told}")
        self.update()

    def sizeHint(self) -> QSize:
        height = max(self._ctx.px(_HEIGHT), self.fontMetrics().height() + self._ctx.px(6))
        return QSize(self._ctx.px(280), height)

    def minimumSizeHint(self) -> QSize:
        return QSize(self._ctx.px(120), self.sizeHint().height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
        key = Qt.Key(event.key())
        if key in steps:
            self.moved.emit(steps[key])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.entered.emit()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, colours = QPainter(self), self._ctx.colours
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.underMouse():
            painter.fillRect(self.rect(), QColor(colours.hover))
        if self.hasFocus():
            painter.setPen(QPen(QColor(colours.accent), 2))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 4, 4)
        self._paint_words(painter)
        self._paint_bars(painter)

    def _room(self) -> tuple[int, int]:
        """Where the bars begin and how much room they have."""
        gap, columns = self._ctx.px(_GAP), self._columns
        taken = columns.name + columns.value + columns.change + 5 * gap
        return columns.name + 2 * gap, max(self.width() - taken, 0)

    def _paint_words(self, painter: QPainter) -> None:
        colours, columns, gap = self._ctx.colours, self._columns, self._ctx.px(_GAP)
        middle, right = Qt.AlignmentFlag.AlignVCenter, Qt.AlignmentFlag.AlignRight
        metrics, end = self.fontMetrics(), self.width() - gap
        width = columns.name if self._text.bars else columns.name + self._room()[1]
        name = metrics.elidedText(self._text.name, Qt.TextElideMode.ElideMiddle, width)
        painter.setPen(QColor(colours.text))
        painter.drawText(QRectF(gap, 0, width, self.height()), middle, name)
        value = QRectF(end - columns.change - gap - columns.value, 0, columns.value, self.height())
        painter.drawText(value, middle | right, self._text.value)
        painter.setPen(QColor(colours.muted))
        change = QRectF(end - columns.change, 0, columns.change, self.height())
        painter.drawText(change, middle | right, self._text.change)

    def _paint_bars(self, painter: QPainter) -> None:
        if self._text.bars is None:
            return
        colours, px = self._ctx.colours, self._ctx.px
        left, room = self._room()
        y = (self.height() - px(16)) / 2
        painter.setPen(Qt.PenStyle.NoPen)
        for share, high, colour in zip(
            self._text.bars, (px(11), px(5)), (colours.accent, colours.field_line), strict=True
        ):
            if share:
                painter.setBrush(QColor(colour))
                long = max(room * share / THOUSAND, 1.0)
                painter.drawRect(QRectF(QPointF(left, y), QPointF(left + long, y + high)))
            y += high


class BarChart(QFrame):
    """A titled card of lines; one stop of the Tab key, the arrow keys walk along the lines."""

    opened = Signal(object)

    def __init__(self, ctx: Context) -> None:
        super().__init__()
        self._ctx = ctx
        self.setProperty("look", "card")
        self.title, self.note = label("", "heading"), label("", "small")
        self.lines: list[BarLine] = []
        self._figures: Sequence[BarText] = ()
        self._all = False
        self._column = QVBoxLayout()
        self._column.setSpacing(0)
        self.more = button(ctx, "chevron-down", "", self._show_all, "link")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*(ctx.px(n) for n in (12, 10, 10, 10)))
        layout.setSpacing(ctx.px(4))
        layout.addWidget(self.title)
        layout.addWidget(self.note)
        layout.addLayout(self._column)
        layout.addWidget(self.more)

    def show_figures(self, title: str, note: str, figures: Sequence[BarText]) -> None:
        """Show these figures in place of those that were shown."""
        self._figures = figures
        self.title.setText(title)
        named(self, title)
        self.note.setText(note)
        self.note.setVisible(bool(note))
        self._fill()

    def _show_all(self) -> None:
        at = len(self._shown())
        self._all = True
        self._fill()
        self.lines[at].setFocus()

    def _shown(self) -> Sequence[BarText]:
        every = self._all or len(self._figures) <= _SHOWN + 1
        return self._figures if every else self._figures[:_SHOWN]

    def _fill(self) -> None:
        shown = self._shown()
        while len(self.lines) < len(shown):
            self._add_line()
        columns = self._widths()
        for place, line in enumerate(self.lines):
            line.setVisible(place < len(shown))
            if place < len(shown):
                line.show_figure(shown[place], columns)
        hidden = len(self._figures) - len(shown)
        self.more.setVisible(hidden > 0)
        say = self._ctx.say
        self.more.setText(say(f"再显示 {hidden} 项", f"{hidden} more"))
        named(self.more, f"{self.title.text()} {self.more.text()}")
        if not any(line.focusPolicy() & Qt.FocusPolicy.TabFocus for line in self._seen()):
            self._stop_at(0)

    def _seen(self) -> list[BarLine]:
        return self.lines[: len(self._shown())]

    def _add_line(self) -> None:
        line, place = BarLine(self._ctx), len(self.lines)
        line.clicked.connect(lambda _: self.opened.emit(line.figure.wanted))
        line.moved.connect(lambda step: self._walk(place + step))
        line.entered.connect(lambda: self._stop_at(place))
        line.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.lines.append(line)
        self._column.addWidget(line)

    def _walk(self, place: int) -> None:
        if 0 <= place < len(self._seen()):
            self.lines[place].setFocus(Qt.FocusReason.TabFocusReason)

    def _stop_at(self, place: int) -> None:
        """Tab comes back to the line at which it was last."""
        for number, line in enumerate(self.lines):
            here = number == place
            line.setFocusPolicy(Qt.FocusPolicy.StrongFocus if here else Qt.FocusPolicy.ClickFocus)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        columns = self._widths()
        for line, text in zip(self._seen(), self._shown(), strict=False):
            line.show_figure(text, columns)

    def _widths(self) -> Columns:
        """As wide as the longest words ask for, the names not wider than their part."""
        metrics, figures = self.fontMetrics(), self._shown()

        def widest(words: list[str]) -> int:
            return max((metrics.horizontalAdvance(text) for text in words), default=0) + _ROUNDING

        most = int(self.width() * _NAME_PART)
        return Columns(
            min(widest([f.name for f in figures]), most),
            widest([f.value for f in figures]),
            widest([f.change for f in figures]),
        )
