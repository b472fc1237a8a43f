"""Time stamps in the settings: whose, and whether signing goes on where there is none."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QCheckBox, QFileDialog, QLabel, QVBoxLayout, QWidget

from auditdesk.operations import timestamps
from auditdesk.ui.dialogs.base import FaultDialog
from auditdesk.ui.pages.parts import button, flow, label, labelled, line
from auditdesk.util.clock import CHINA
from auditdesk.util.faults import Fault
from auditdesk.util.reading import read_limited

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from auditdesk.operations.changes import Changes
    from auditdesk.operations.desk import Desk
    from auditdesk.operations.timestamps import StampSettings
    from auditdesk.ui.base.session import Session

_WIDTH = 420
_LARGEST = 100_000


class StampPanel(QWidget):
    """Shows the authority; an administrator names one, tries it out or takes it away."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session, self._ctx = session, session.ctx
        self._root: Path | None = None
        self._known: StampSettings | None = None
        ctx, say = self._ctx, self._ctx.say
        self.state = label("")
        self.url = line(ctx, width=_WIDTH)
        self.url.setPlaceholderText("http://tsa.example/")
        self.root = QLabel()
        self.root.setWordWrap(True)
        self.choose = button(ctx, "folder-open", say("选择根证书…", "Choose …"), self._choose)
        self.optional = QCheckBox(
            say(
                "取不到时间戳时照样签名，并在文书和日志中注明",
                "Sign all the same where no stamp is to be had; paper and journal say so",
            )
        )
        self.attempt = button(ctx, "check", say("试一次", "Try it now"), self._try)
        self.use = button(ctx, "device-floppy", say("使用", "Use"), self._use, "primary")
        self.remove = button(ctx, "trash", say("不再使用", "Take away"), self._remove)
        self._may = session.user.role == "administrator" and not session.read_only
        self._lay_out()
        self._offer(busy=False)
        session.read(self, timestamps.stamp_settings, self._show)

    def _lay_out(self) -> None:
        ctx, say = self._ctx, self._ctx.say
        words = say(
            "由本单位网络里的时间戳机构（RFC 3161）证明签名的时间，外人即可不依赖签名人的电脑时钟。"
            "启用时先试取一次。",
            "A time stamping authority (RFC 3161) in the office's own network bears witness to the "
            "moment of signing. It is tried before it is used.",
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, ctx.px(14), 0, 0)
        layout.setSpacing(ctx.px(8))
        layout.addWidget(label(say("时间戳", "Time stamps"), "heading"))
        layout.addWidget(label(words, "muted"))
        layout.addWidget(self.state)
        layout.addLayout(labelled(ctx, say("机构的网址", "Address of the authority"), self.url))
        layout.addLayout(labelled(ctx, say("它的根证书", "Its root certificate"), self.root))
        layout.addWidget(flow(ctx, (self.choose,)))
        layout.addWidget(self.optional)
        layout.addWidget(flow(ctx, (self.attempt, self.use, self.remove)))

    def _offer(self, *, busy: bool) -> None:
        """Only an administrator changes these, and one thing at a time."""
        used = self._known is not None and bool(self._known.url)
        for widget in (self.url, self.choose, self.optional, self.attempt, self.use):
            widget.setEnabled(self._may and not busy)
        self.remove.setEnabled(self._may and used and not busy)

    def _show(self, known: StampSettings) -> None:
        say = self._ctx.say
        self._known, self._root = known, None
        self.url.setText(known.url)
        self.optional.setChecked(known.optional)
        self.root.setText(self._named(known) or say("尚未选择", "none chosen yet"))
        if not known.url:
            self.state.setText(say("签名不带时间戳。", "Signatures get no time stamp."))
        elif known.optional:
            self.state.setText(
                say(
                    "签名带时间戳；取不到时照样签名。",
                    "Signatures get a time stamp; where none is to be had they go without.",
                )
            )
        else:
            self.state.setText(
                say(
                    "签名带时间戳；取不到时不签名。",
                    "Signatures get a time stamp; where none is to be had nothing is signed.",
                )
            )
        self._offer(busy=False)

    def _named(self, known: StampSettings) -> str:
        if known.until is None:
            return ""
        until = f"{known.until.astimezone(CHINA):%Y-%m-%d}"
        return self._ctx.say(f"{known.root}，有效至 {until}", f"{known.root}, until {until}")

    def _choose(self) -> None:
        words = self._ctx.say("证书", "Certificates")
        dialog = QFileDialog(self, self.choose.text(), "", f"{words} (*.pem *.crt *.cer)")
        dialog.fileSelected.connect(lambda name: self.take(Path(name)))
        dialog.open()

    def take(self, path: Path) -> None:
        """Use the certificate of that file from the next trial or change on."""
        self._root = path
        self.root.setText(path.name)

    def _wanted(self) -> tuple[str, Callable[[], bytes | None]]:
        """The address, and a way to read the chosen file; None: what the office has."""
        path = self._root
        return self.url.text(), lambda: None if path is None else read_limited(path, _LARGEST)

    def _try(self) -> None:
        url, root = self._wanted()

        def told(moment: datetime) -> None:
            self._offer(busy=False)
            at = f"{moment.astimezone(CHINA):%Y-%m-%d %H:%M:%S}"
            self.state.setText(
                self._ctx.say(f"✓ 已取得时间戳：{at}", f"✓ The authority stamped: {at}")
            )

        self._begin()
        self._session.read(
            self, lambda desk: timestamps.try_server(desk, url, root()), told, self._failed
        )

    def _use(self) -> None:
        (url, root), optional = self._wanted(), self.optional.isChecked()
        self._change(lambda desk: timestamps.use_server(desk, url, root(), optional=optional))

    def _remove(self) -> None:
        self._change(timestamps.use_none)

    def _change(self, act: Callable[[Desk], Changes]) -> None:
        def change(desk: Desk) -> tuple[StampSettings, Changes]:
            changes = act(desk)
            return timestamps.stamp_settings(desk), changes

        def done(answer: tuple[StampSettings, Changes]) -> None:
            self._show(answer[0])
            self._ctx.tell(self._ctx.text(answer[1].summary))

        self._begin()
        self._session.change(self, change, done, self._failed)

    def _begin(self) -> None:
        self._offer(busy=True)
        self.state.setText(self._ctx.say("正在询问时间戳机构……", "Asking the authority …"))

    def _failed(self, error: Exception) -> None:
        self._offer(busy=False)
        if not isinstance(error, Fault):
            raise error
        self.state.setText(self._ctx.say("✕ 没有办成，未作改动。", "✕ Not done; nothing changed."))
        FaultDialog(self._ctx, self, error).open()
