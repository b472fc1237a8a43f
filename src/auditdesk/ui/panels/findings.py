"""The findings panel: what is wrong, by which article; a click leads to the field."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QLabel,
    QListView,
    QPushButton,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from auditdesk.ui.base.context import named
from auditdesk.ui.base.signs import sign_of_verdict
from auditdesk.ui.models.findings import LINE_ROLE, FindingsModel, Line

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QKeyEvent, QResizeEvent

    from auditdesk.domain.declaration import CaseType, Citation
    from auditdesk.domain.report import CheckReport
    from auditdesk.ui.base.context import Context

_Index = QModelIndex | QPersistentModelIndex
_TALL = 10_000
_JUSTIFIABLE = ("justify", "justified")


class _LineDelegate(QStyledItemDelegate):
    """Draws a line: sign, sentence, and the article under it."""

    def __init__(self, ctx: Context, view: QListView) -> None:
        super().__init__(view)
        self._ctx, self._view = ctx, view

    def sizeHint(self, _option: QStyleOptionViewItem, index: _Index) -> QSize:
        line: Line = index.data(LINE_ROLE)
        pad = self._ctx.px(5)
        metrics = QFontMetrics(self._view.font())
        if line.head:
            return QSize(0, metrics.height() + 2 * pad)
        width = self._text_width()
        height = _height(metrics, width, line.text) + 2 * pad
        if line.detail:
            height += _height(QFontMetrics(self._small()), width, line.detail) + self._ctx.px(2)
        return QSize(0, height)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        line: Line = index.data(LINE_ROLE)
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        painter.save()
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, QColor(self._ctx.colours.accent_soft))
        if line.head:
            self._paint_head(painter, rect, line)
        else:
            self._paint_line(painter, rect, line)
        painter.restore()

    def _paint_head(self, painter: QPainter, rect: QRect, line: Line) -> None:
        colours, px = self._ctx.colours, self._ctx.px
        painter.fillRect(rect, QColor(colours.raised))
        arrow = self._ctx.icon("chevron-down" if line.open else "chevron-right", colours.muted)
        side = px(14)
        spot = QRect(rect.x() + px(6), rect.center().y() - side // 2, side, side)
        arrow.paint(painter, spot)
        font = QFont(self._view.font())
        font.setBold(True)
        painter.setFont(font)
        painter.setPen(QPen(QColor(line.sign.colour(colours))))
        text = f"{line.sign.mark} {line.text}  {line.count}"
        painter.drawText(rect.adjusted(px(26), 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, text)

    def _paint_line(self, painter: QPainter, rect: QRect, line: Line) -> None:
        colours, px = self._ctx.colours, self._ctx.px
        top = rect.y() + px(5)
        sign = QRect(rect.x() + px(8), top, px(18), QFontMetrics(self._view.font()).height())
        bold = QFont(self._view.font())
        bold.setBold(True)
        painter.setFont(bold)
        painter.setPen(QColor(line.sign.colour(colours)))
        painter.drawText(sign, Qt.AlignmentFlag.AlignCenter, line.sign.mark)
        painter.setFont(self._view.font())
        painter.setPen(QColor(colours.text))
        area = QRect(rect.x() + px(32), top, self._text_width(), _TALL)
        used = painter.drawText(
            area, _wrap(painter.fontMetrics(), area.width(), line.text), line.text
        )
        if line.detail:
            painter.setFont(self._small())
            painter.setPen(QColor(colours.muted))
            area.setTop(top + _bottom(used) + px(2))
            painter.drawText(
                area, _wrap(painter.fontMetrics(), area.width(), line.detail), line.detail
            )

    def _text_width(self) -> int:
        return max(self._view.viewport().width() - self._ctx.px(42), 80)

    def _small(self) -> QFont:
        font = QFont(self._view.font())
        font.setPixelSize(self._ctx.px(12))
        return font


def _height(metrics: QFontMetrics, width: int, text: str) -> int:
    how = _wrap(metrics, width, text)
    return metrics.boundingRect(QRect(0, 0, width, _TALL), how, text).height()


def _wrap(metrics: QFontMetrics, width: int, text: str) -> int:
    """Between words where each of them fits a line, as in English; anywhere in other texts."""
    fits = all(metrics.horizontalAdvance(word) <= width for word in text.split())
    how = Qt.TextFlag.TextWordWrap if fits else Qt.TextFlag.TextWrapAnywhere
    return int(how)


def _bottom(used: object) -> int:
    """The height of what was drawn; the stubs do not know that drawText answers with it."""
    return used.height() if isinstance(used, QRect) else 0


class _LineView(QListView):
    """The list; a new width means new line breaks."""

    activated_line = Signal(object)
    asked_line = Signal(object)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        line = self.currentIndex().data(LINE_ROLE)
        if line is not None and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.activated_line.emit(line)
        elif line is not None and event.key() == Qt.Key.Key_F1:
            self.asked_line.emit(line)
        else:
            super().keyPressEvent(event)


class FindingsPanel(QWidget):
    """The report beside the form: the verdict, then every line of it.

    Signals: `field_wanted` and `material_wanted` with an id; `detail_wanted` and
    `justify_wanted` with a rule's id.
    """

    field_wanted = Signal(str)
    material_wanted = Signal(str)
    detail_wanted = Signal(str)
    justify_wanted = Signal(str)

    def __init__(self, ctx: Context, cite: Callable[[Citation], str]) -> None:
        super().__init__()
        self._ctx = ctx
        self.setProperty("look", "plain")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.model = FindingsModel(ctx, cite)
        self.verdict = QLabel()
        self.verdict.setWordWrap(True)
        self.verdict.setContentsMargins(ctx.px(10), ctx.px(6), ctx.px(10), ctx.px(6))
        self.view = _LineView()
        self.view.setModel(self.model)
        self.view.setProperty("look", "bare")
        self.view.setItemDelegate(_LineDelegate(ctx, self.view))
        self.view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.view.setResizeMode(QListView.ResizeMode.Adjust)
        named(self.view, ctx.say("审查结论", "Findings"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.verdict)
        layout.addWidget(self.view, 1)
        layout.addLayout(self._foot())
        self.view.clicked.connect(lambda index: self._activate(index.data(LINE_ROLE)))
        self.view.activated_line.connect(self._activate)
        self.view.asked_line.connect(self._ask)
        self.view.selectionModel().currentChanged.connect(self._offer)
        self.model.modelReset.connect(self._offer)
        self._offer()

    def _foot(self) -> QHBoxLayout:
        say = self._ctx.say
        self.article = QPushButton(say("看条文 F1", "The article F1"))
        self.justify = QPushButton(say("填写说明", "Justify"))
        self.article.clicked.connect(lambda: self._ask(self._current()))
        self.justify.clicked.connect(lambda: self._justify(self._current()))
        row = QHBoxLayout()
        row.setContentsMargins(self._ctx.px(6), 0, self._ctx.px(6), 0)
        for button in (self.article, self.justify):
            button.setProperty("look", "link")
            row.addWidget(button)
        row.addStretch(1)
        return row

    def _current(self) -> Line | None:
        line: Line | None = self.view.currentIndex().data(LINE_ROLE)
        return line

    def chosen_rule(self) -> str | None:
        """The rule of the line that is chosen."""
        line = self._current()
        return line.rule if line is not None else None

    def allow_justify(self, *, allowed: bool) -> None:
        """Whether the person may write justifications in this case now."""
        self.justify.setVisible(allowed)

    def _offer(self) -> None:
        """Offer what can be done with the line that is chosen."""
        line = self._current()
        self.article.setEnabled(line is not None and line.rule is not None)
        self.justify.setEnabled(line is not None and line.group in _JUSTIFIABLE)

    def show_report(self, case_type: CaseType, report: CheckReport) -> None:
        """Show a report and its verdict."""
        sign, colours = sign_of_verdict(report.verdict), self._ctx.colours
        word = self._ctx.text(sign.word)
        self.verdict.setText(self._ctx.say("审查结果　", "Verdict  ") + f"{sign.mark} {word}")
        self.verdict.setStyleSheet(
            f"background: {sign.ground(colours)}; color: {sign.colour(colours)}; font-weight: bold;"
        )
        self.model.show_report(case_type, report)

    def show_fault(self, text: str) -> None:
        """Say why the case cannot be judged; the lines stay as they were."""
        colours = self._ctx.colours
        self.verdict.setText(text)
        self.verdict.setStyleSheet(f"background: {colours.block_soft}; color: {colours.block};")

    def select_rule(self, rule: str) -> None:
        """Show the line of a rule."""
        row = self.model.row_of_rule(rule)
        if row is not None:
            index = self.model.index(row)
            self.view.setCurrentIndex(index)
            self.view.scrollTo(index)

    def _activate(self, line: Line) -> None:
        if line.head:
            self.model.toggle(line.group)
        elif line.material:
            self.material_wanted.emit(line.material)
        elif line.fields:
            self.field_wanted.emit(line.fields[0])

    def _ask(self, line: Line | None) -> None:
        if line is not None and line.rule:
            self.detail_wanted.emit(line.rule)

    def _justify(self, line: Line | None) -> None:
        if line is not None and line.rule and line.group in _JUSTIFIABLE:
            self.justify_wanted.emit(line.rule)
