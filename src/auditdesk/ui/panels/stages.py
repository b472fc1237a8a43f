"""The bar of a case's stages: where it is, what lies behind it and before it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from auditdesk.ui.base.context import named

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from auditdesk.domain.declaration import Stage
    from auditdesk.ui.base.context import Context


class StageBar(QWidget):
    """Stages side by side, joined by a line; drawn by hand, told to screen readers as text."""

    def __init__(self, ctx: Context) -> None:
        super().__init__()
        self._ctx = ctx
        self._stages: tuple[Stage, ...] = ()
        self._current = 0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_stages(self, stages: tuple[Stage, ...], current: str) -> None:
        """Show a route and the stage that the case is at."""
        self._stages = stages
        self._current = next((i for i, s in enumerate(stages) if s.id == current), 0)
        names = [self._ctx.text(stage.label) for stage in stages]
        here = names[self._current] if names else ""
        named(
            self,
            self._ctx.say(
                f"环节：{here}（第 {self._current + 1} 步，共 {len(names)} 步）",
                f"Stage: {here} (step {self._current + 1} of {len(names)})",
            ),
        )
        self.setToolTip(" → ".join(names))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self._ctx.px(480), self._ctx.px(46))

    def paintEvent(self, _event: QPaintEvent) -> None:
        if not self._stages:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        step = self.width() / len(self._stages)
        for place in range(len(self._stages)):
            self._paint_stage(painter, place, step)
        painter.end()

    def _paint_stage(self, painter: QPainter, place: int, step: float) -> None:
        colours, px = self._ctx.colours, self._ctx.px
        middle = QPointF(step * (place + 0.5), px(13))
        done, here = place < self._current, place == self._current
        if place:
            painter.setPen(QPen(QColor(colours.accent if done or here else colours.line), px(2)))
            painter.drawLine(
                QPointF(middle.x() - step + px(11), middle.y()),
                QPointF(middle.x() - px(11), middle.y()),
            )
        painter.setPen(QPen(QColor(colours.accent if done or here else colours.field_line), 1.5))
        painter.setBrush(QColor(colours.accent if here else colours.base))
        painter.drawEllipse(middle, px(9), px(9))
        self._paint_words(painter, place, middle, step)

    def _paint_words(self, painter: QPainter, place: int, middle: QPointF, step: float) -> None:
        colours, px = self._ctx.colours, self._ctx.px
        here = place == self._current
        font = QFont(self.font())
        font.setPixelSize(px(11))
        painter.setFont(font)
        painter.setPen(QColor(colours.on_accent if here else colours.muted))
        ring = QRectF(middle.x() - px(9), middle.y() - px(9), px(18), px(18))
        mark = "✓" if place < self._current else str(place + 1)
        painter.drawText(ring, Qt.AlignmentFlag.AlignCenter, mark)
        font.setPixelSize(px(12))
        font.setBold(here)
        painter.setFont(font)
        painter.setPen(QColor(colours.text if here else colours.muted))
        name = self._ctx.text(self._stages[place].label)
        short = QFontMetrics(font).elidedText(name, Qt.TextElideMode.ElideRight, int(step) - 4)
        under = QRectF(middle.x() - step / 2, px(25), step, px(20))
        painter.drawText(under, Qt.AlignmentFlag.AlignCenter, short)
