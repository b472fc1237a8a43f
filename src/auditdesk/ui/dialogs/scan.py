"""Looking at a scan, inside the program: nothing decrypted is written to disk."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import QLabel, QScrollArea, QWidget

from auditdesk.ui.base.context import named
from auditdesk.ui.dialogs.base import Dialog
from auditdesk.ui.panels.paper import PaperPanel

if TYPE_CHECKING:
    from auditdesk.ui.base.context import Context

_PDF = b"%PDF-"
_WIDTH = 760


class ScanDialog(Dialog):
    """A PDF page by page, or a picture at the width of the window."""

    topic = "materials"

    def __init__(self, ctx: Context, parent: QWidget, title: str, content: bytes) -> None:
        super().__init__(ctx, parent, title, ctx.say("关闭", "Close"), width=_WIDTH + 60)
        self.dismiss.hide()
        if _PDF in content[:1024]:
            self.paper = PaperPanel(ctx)
            self.body.addWidget(self.paper, 1)
            self.paper.show_pdf(content, title)
        else:
            self.body.addWidget(self._picture(content, title), 1)
        self.resize(ctx.px(_WIDTH + 100), ctx.px(720))

    def _picture(self, content: bytes, title: str) -> QWidget:
        image = QImage.fromData(content)
        label = QLabel()
        named(label, title)
        if image.isNull():
            label.setText(
                self.ctx.say("这种图片程序显示不了。", "The program cannot show this picture.")
            )
        else:
            width = min(image.width(), self.ctx.px(_WIDTH))
            smooth = Qt.TransformationMode.SmoothTransformation
            label.setPixmap(QPixmap.fromImage(image.scaledToWidth(width, smooth)))
        area = QScrollArea()
        area.setWidget(label)
        area.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        return area
