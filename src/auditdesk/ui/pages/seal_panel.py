"""The office's own seal in the settings: its image, and whether it goes across the edges."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QCheckBox, QFileDialog, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from auditdesk.operations import seals
from auditdesk.ui.base.context import named
from auditdesk.ui.dialogs.base import FaultDialog
from auditdesk.ui.pages.parts import button, label
from auditdesk.util.faults import Fault
from auditdesk.util.reading import read_limited

if TYPE_CHECKING:
    from collections.abc import Callable

    from auditdesk.operations.changes import Changes
    from auditdesk.operations.desk import Desk
    from auditdesk.ui.base.session import Session

_SIDE = 120


class SealPanel(QWidget):
    """Shows the seal; an administrator chooses another or takes it away."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session, self._ctx = session, session.ctx
        ctx, say = self._ctx, self._ctx.say
        self.image = QLabel()
        self.image.setFixedSize(ctx.px(_SIDE), ctx.px(_SIDE))
        self.image.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.image.setWordWrap(True)
        self.image.setProperty("look", "muted")
        named(self.image, say("印章图片", "Image of the seal"))
        self.across = QCheckBox(
            say("多页文书加盖骑缝章", "Across the edges of papers of several pages, too")
        )
        self.across.clicked.connect(self._put_across)
        self.choose = button(ctx, "folder-open", say("选择图片…", "Choose …"), self._choose)
        self.remove = button(ctx, "trash", say("去掉", "Remove"), self._remove)
        self._lay_out()
        sample = session.profile.sample
        self._may = session.user.role == "administrator" and not session.read_only and not sample
        for widget in (self.choose, self.remove, self.across):
            widget.setEnabled(self._may)
        session.read(self, _kept, self._show)

    def _lay_out(self) -> None:
        ctx, say = self._ctx, self._ctx.say
        words = say(
            "透明底的正方形 PNG，边长至少 300 点。没有图片时留空，由人工盖章；样例单元只印“样例”。",
            "A square PNG on a transparent ground, 300 dots or more. Without one the place stays "
            "blank for ink; a sample office prints a word in its place.",
        )
        acts = QHBoxLayout()
        acts.addWidget(self.choose)
        acts.addWidget(self.remove)
        acts.addStretch(1)
        right = QVBoxLayout()
        right.addWidget(label(words, "muted"))
        right.addLayout(acts)
        right.addWidget(self.across)
        right.addStretch(1)
        row = QHBoxLayout()
        row.addWidget(self.image)
        row.addSpacing(ctx.px(10))
        row.addLayout(right, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(label(say("印章", "Seal"), "heading"))
        layout.addLayout(row)

    def _show(self, kept: tuple[bytes | None, bool]) -> None:
        content, across = kept
        self.across.setChecked(across)
        self.remove.setEnabled(self._may and content is not None)
        self.image.clear()
        if content is None:
            self.image.setText(self._ctx.say("留空，人工盖章", "blank for ink"))
            return
        pixmap = QPixmap()
        pixmap.loadFromData(content)
        self.image.setPixmap(
            pixmap.scaled(
                self.image.size(),
                Qt.AspectRatioMode.KeepAspectRatio,
                Qt.TransformationMode.SmoothTransformation,
            )
        )

    def _choose(self) -> None:
        dialog = QFileDialog(self, self.choose.text(), "", "PNG (*.png)")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(lambda name: self.take(Path(name)))
        dialog.open()

    def take(self, path: Path) -> None:
        """Keep the image of that file."""
        self._change(lambda desk: seals.put_seal(desk, read_limited(path, seals.MOST_BYTES)))

    def _remove(self) -> None:
        self._change(seals.remove_seal)

    def _put_across(self, across: bool) -> None:
        self._change(lambda desk: seals.put_across(desk, across))

    def _change(self, act: Callable[[Desk], Changes]) -> None:
        def change(desk: Desk) -> tuple[bytes | None, bool, Changes]:
            changes = act(desk)
            return (*_kept(desk), changes)

        def done(answer: tuple[bytes | None, bool, Changes]) -> None:
            self._show(answer[:2])
            self._ctx.tell(self._ctx.text(answer[2].summary))

        self._session.change(self, change, done, self._failed)

    def _failed(self, error: Exception) -> None:
        if not isinstance(error, Fault):
            raise error
        self._session.read(self, _kept, self._show)
        FaultDialog(self._ctx, self, error).open()


def _kept(desk: Desk) -> tuple[bytes | None, bool]:
    return seals.seal_of(desk.profile), seals.goes_across(desk.profile)
