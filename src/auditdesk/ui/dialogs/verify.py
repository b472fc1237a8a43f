"""Verifying PDFs: who signed, when, whether anything changed, told in plain words.

One file or many at a time; without an office somebody adds by hand what the office that issued
them handed over, and whoever holds a paper compares its code.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLineEdit, QListWidget, QPushButton, QWidget

from auditdesk.operations import verdicts, verification
from auditdesk.operations.verification import Given
from auditdesk.ui.base.context import named
from auditdesk.ui.base.dropping import dropped_pdfs
from auditdesk.ui.dialogs.base import Dialog
from auditdesk.ui.pages.parts import button, flow, label, scrolled
from auditdesk.ui.panels.verdict import VerdictPanel
from auditdesk.util.faults import Fault
from auditdesk.util.reading import read_limited

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtGui import QDragEnterEvent, QDropEvent
    from PySide6.QtWidgets import QLabel

    from auditdesk.operations.desk import Desk
    from auditdesk.operations.verification import FileVerification
    from auditdesk.ui.base.context import Context
    from auditdesk.ui.base.session import Session

_SIZE = (860, 700)
_LIST_WIDTH = 230
_LARGEST = 4 * 1024 * 1024
_Answer = TypeVar("_Answer")
_KINDS = ("roots", "lists", "stamps")


@dataclass(slots=True, eq=False)
class _File:
    """A file and what was found; `code` was read off a paper."""

    path: Path
    code: str = ""
    found: FileVerification | None = None
    fault: Fault | None = None


@dataclass(slots=True)
class _Evidence:
    """Files that somebody added by hand, by what they are."""

    roots: list[Path] = field(default_factory=list)
    lists: list[Path] = field(default_factory=list)
    stamps: list[Path] = field(default_factory=list)

    def read(self) -> Given:
        """What they hold; on the worker thread.

        Raises:
            UnusableInputError: one cannot be read.
        """
        parts = (self.roots, self.lists, self.stamps)
        return Given(*(tuple(read_limited(path, _LARGEST) for path in part) for part in parts))

    def names(self) -> str:
        return "、".join(path.name for kind in _KINDS for path in getattr(self, kind))


class VerifyDialog(Dialog):
    """The verdict on each file, and what it rests on."""

    topic = "verify"

    def __init__(
        self, ctx: Context, parent: QWidget, paths: Sequence[Path], session: Session | None
    ) -> None:
        title = ctx.say("核验 PDF 文书", "Verify PDFs")
        super().__init__(ctx, parent, title, ctx.say("关闭", "Close"), width=_SIZE[0])
        self._session = session
        self._files: list[_File] = []
        self.evidence = _Evidence()
        self.dismiss.hide()
        self.confirm.setDefault(False)
        self.setAcceptDrops(True)
        self.name = self.add_text("", "strong")
        self.files = self._make_list()
        self.panel = VerdictPanel(ctx)
        row = QHBoxLayout()
        row.addWidget(self.files)
        area = scrolled(self.panel)
        row.addWidget(area, 1)
        self.body.addLayout(row, 1)
        self.keep_high(area, _SIZE[1] // 2)
        self._add_paper()
        self._add_evidence()
        self.resize(ctx.px(_SIZE[0]), min(ctx.px(_SIZE[1]), self.screen().availableSize().height()))
        for made in self.findChildren(QPushButton):
            made.setAutoDefault(False)  # Return compares a code, it closes nothing
        self.add_files(paths)

    @property
    def verdict(self) -> QLabel:
        """The answer on the file that is shown."""
        return self.panel.verdict

    def _make_list(self) -> QListWidget:
        made = QListWidget()
        made.setFixedWidth(self.ctx.px(_LIST_WIDTH))
        named(made, self.ctx.say("文件", "Files"))
        made.currentRowChanged.connect(self._show)
        made.hide()
        return made

    def _add_paper(self) -> None:
        say = self.ctx.say
        self.code = QLineEdit()
        self.code.setPlaceholderText(
            say(
                "扫末页的二维码，或照输核验码，如 3f7a 0b6c …",
                "Its QR code as scanned, or 3f7a 0b6c …",
            )
        )
        self.code.returnPressed.connect(self._compare)
        named(self.code, say("纸上的码", "Code of the paper"))
        self.compare = button(
            self.ctx, "file-search", say("核对纸质文书", "Compare"), self._compare
        )
        row = QHBoxLayout()
        row.addWidget(label(say("手里有纸质文书？", "Holding the paper?"), wrap=False))
        row.addWidget(self.code, 1)
        row.addWidget(self.compare)
        self.body.addLayout(row)

    def _add_evidence(self) -> None:
        say, ctx = self.ctx.say, self.ctx
        words = {
            "roots": say("添加根证书…", "Add a root …"),
            "lists": say("添加吊销列表…", "Add a revocation list …"),
            "stamps": say("添加时间戳根证书…", "Add a time stamp root …"),
        }
        self.adding = {
            kind: button(ctx, "plus", text, partial(self._choose, kind, text))
            for kind, text in words.items()
        }
        self.another = button(
            ctx, "folder-open", say("再选文件…", "More files …"), self._choose_files
        )
        self.added = self.add_text("", "small")
        self.added.setText(self._told())
        self.body.addWidget(flow(ctx, (*self.adding.values(), self.another)))

    def _told(self) -> str:
        say, names = self.ctx.say, self.evidence.names()
        if names:
            return say(f"已添加：{names}", f"Added: {names}")
        return say(
            "签发单元交来的根证书、吊销列表可以在这里添加；应当面取得，不要与文书同路取得。",
            "Add what the issuing office handed over; get it in person, not with the document.",
        )

    def _choose(self, kind: str, title: str) -> None:
        dialog = QFileDialog(self, title, "", "(*.pem *.crt *.cer *.crl *.der)")
        dialog.fileSelected.connect(lambda name: self.add_evidence(kind, Path(name)))
        dialog.open()

    def add_evidence(self, kind: str, path: Path) -> None:
        """Take a certificate or a list into account, and examine every file anew."""
        getattr(self.evidence, kind).append(path)
        self.error.hide()

        def failed(error: Exception) -> None:
            getattr(self.evidence, kind).remove(path)
            self.failed(error)

        # at once, so that a list that no known authority signed is told
        evidence = self.evidence
        self._run(lambda desk: verification.check_given(evidence.read(), desk), self._take, failed)

    def _take(self, _: object) -> None:
        self.added.setText(self._told())
        for one in self._files:
            self._examine(one)

    def _choose_files(self) -> None:
        dialog = QFileDialog(self, self.another.text(), "", "PDF (*.pdf)")
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.filesSelected.connect(lambda names: self.add_files([Path(n) for n in names]))
        dialog.open()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if dropped_pdfs(event):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        self.add_files(dropped_pdfs(event))

    def add_files(self, paths: Sequence[Path]) -> None:
        """Examine more files; several are shown in a list."""
        for path in paths:
            self._files.append(_File(path))
            self.files.addItem(f"… {path.name}")
            self._examine(self._files[-1])
        self.files.setVisible(len(self._files) > 1)
        if self.files.currentRow() < 0:
            self.files.setCurrentRow(0)
        for widget in (self.code, self.compare):
            widget.setEnabled(True)

    def _examine(self, one: _File) -> None:
        one.found = one.fault = None

        def failed(error: Exception) -> None:
            if not isinstance(error, Fault):
                raise error
            one.fault = error
            self._examined(one)

        self._verify(one, one.code, failed)

    def _verify(self, one: _File, code: str, failed: Callable[[Exception], None]) -> None:
        path, evidence = one.path, self.evidence

        def work(desk: Desk | None) -> FileVerification:
            return verification.verify_file(path, desk, given=evidence.read(), code=code)

        def done(found: FileVerification) -> None:
            one.found, one.code = found, code
            self._examined(one)

        self._run(work, done, failed)

    def _run(
        self,
        work: Callable[[Desk | None], _Answer],
        done: Callable[[_Answer], None],
        failed: Callable[[Exception], None],
    ) -> None:
        """Do something beside the window, with the office's desk where somebody is signed in."""
        if self._session is None:
            self.ctx.worker.run(self, lambda: work(None), done, failed)
        else:
            self._session.read(self, work, done, failed)

    def _examined(self, one: _File) -> None:
        row = self._files.index(one)
        self.files.item(row).setText(f"{_sign(one)} {one.path.name}")
        if row == self.files.currentRow():
            self._show(row)

    def _show(self, row: int) -> None:
        one = self._files[row]
        self.name.setText(one.path.name)
        self.code.setText(one.code)
        self.error.setVisible(one.fault is not None)
        if one.fault is not None:
            self.panel.clear()
            self.failed(one.fault)
        elif one.found is None:
            self.panel.say(self.ctx.say("正在核验……", "Checking …"))
        else:
            self.panel.show_found(one.found)

    def _compare(self) -> None:
        """Hold the code that was read off a paper against the file that is shown."""
        self.error.hide()
        self._verify(self._files[self.files.currentRow()], self.code.text().strip(), self.failed)


def _sign(one: _File) -> str:
    if one.found is None:
        return "✕"
    return verdicts.verdict(one.found).sign
