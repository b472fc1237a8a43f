"""Judging the cases of a period by a draft: what to ask for, and what came of it."""

from __future__ import annotations

from datetime import date
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QFileDialog,
    QFormLayout,
    QHeaderView,
    QPushButton,
    QSplitter,
    QTableView,
    QTextBrowser,
    QWidget,
)

from auditdesk.domain.declaration import Field, FieldKind
from auditdesk.operations import replay_book, replays
from auditdesk.ui.base.context import named
from auditdesk.ui.base.lists import make_list
from auditdesk.ui.dialogs.base import Dialog
from auditdesk.ui.dialogs.progress import ProgressDialog
from auditdesk.ui.forms.editors import DateEditor
from auditdesk.ui.forms.showing import date_or_none
from auditdesk.ui.models.replay import CASE_TYPE_COLUMN, ReplayModel, change_in_words
from auditdesk.util.clock import today
from auditdesk.util.label import Label

if TYPE_CHECKING:
    from collections.abc import Iterator

    from auditdesk.exchange.content import WorkbookFacts
    from auditdesk.operations.replays import Replay, ReplayedCase
    from auditdesk.ui.base.session import Session

_FROM = Field("from", Label("受理日期从", "Accepted from"), FieldKind.DATE)
_TO = Field("to", Label("受理日期至", "up to"), FieldKind.DATE)


class ReplayDialog(Dialog):
    """Asks for the draft's folder and the period; the work shows its own progress."""

    topic = "law"

    def __init__(self, session: Session, parent: QWidget) -> None:
        ctx = session.ctx
        title = ctx.say("按草案试算", "Replay a draft")
        super().__init__(ctx, parent, title, ctx.say("试算", "Replay"), width=560)
        self._session = session
        self.folder: Path | None = None
        self.add_text(title, "heading")
        self.add_text(
            ctx.say(
                "用草案重新审查这段时间受理的案件，与各案现有的审查结论相比，列出会有哪些变化。"
                "只读不写，案件不受影响。",
                "Judges the cases of the period by a draft and lists what would come out "
                "otherwise than now. Nothing is written, no case is touched.",
            )
        )
        self.first, self.last = DateEditor(ctx, _FROM), DateEditor(ctx, _TO)
        now = today(ctx.clock)
        self.first.set_value(date(now.year - 1, 1, 1).isoformat())
        self.last.set_value(now.isoformat())
        days = QFormLayout()
        for field, editor in ((_FROM, self.first), (_TO, self.last)):
            days.addRow(ctx.text(field.label), editor)
        self.body.addLayout(days)
        self.choose = QPushButton(ctx.say("选择草案文件夹…", "Choose the draft's folder …"))
        self.choose.setIcon(ctx.icon("folder-open"))
        self.choose.clicked.connect(self._choose)
        self.body.addWidget(self.choose)
        self.add_text(
            ctx.say(
                "文件夹内为 regulations/名称.toml 和 forms/事项/名称.toml。",
                "The folder holds regulations/NAME.toml and forms/CASE_TYPE/NAME.toml.",
            ),
            "small",
        )

    def _choose(self) -> None:
        dialog = QFileDialog(self, self.choose.text())
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self.take_folder)
        dialog.open()

    def take_folder(self, name: str) -> None:
        """Take the folder that was chosen."""
        self.folder = Path(name)
        self.choose.setText(str(self.folder))
        self.say_wrong("")

    def confirmed(self) -> None:
        say, folder = self.ctx.say, self.folder
        first, last = date_or_none(self.first.value()), date_or_none(self.last.value())
        if first is None or last is None:
            self.say_wrong(say("起止日期要填完整。", "Give both days of the period."))
            return
        if folder is None:
            self.say_wrong(say("请先选择草案文件夹。", "Choose the draft's folder first."))
            return
        parent = self.parentWidget() or self
        found: list[Replay] = []

        def finished(replay: Replay) -> str:
            found.append(replay)
            return ""

        progress = ProgressDialog(self._session, parent, self.windowTitle())
        progress.accepted.connect(lambda: self._show_found(found, parent))
        progress.begin(lambda desk, step: replays.replay(desk, folder, first, last, step), finished)
        self.accept()

    def _show_found(self, found: list[Replay], parent: QWidget) -> None:
        for replay in found:
            ReplayResultDialog(self._session, parent, replay).open()


class ReplayResultDialog(Dialog):
    """The cases that would change, each with what changes in it; can be saved as a workbook."""

    topic = "law"

    def __init__(self, session: Session, parent: QWidget, replay: Replay) -> None:
        ctx = session.ctx
        title = ctx.say("试算结果", "Outcome of the replay")
        super().__init__(ctx, parent, title, ctx.say("关闭", "Close"), width=980)
        self._session, self._replay = session, replay
        self.dismiss.hide()
        self.add_text(title, "heading")
        self.add_text(ctx.text(replay.summary))
        self.add_text(f"{replay.draft}　{replay.first} – {replay.last}", "small")
        self.model = ReplayModel(ctx, replay.cases)
        self.table = self._make_table()
        self.details = QTextBrowser()
        self.details.setOpenLinks(False)
        named(self.details, ctx.say("变化明细", "What changes"))
        parts = QSplitter(Qt.Orientation.Vertical)
        parts.setChildrenCollapsible(False)
        parts.addWidget(self.table)
        parts.addWidget(self.details)
        self.keep_high(parts, 420)
        self.body.addWidget(parts, 1)
        parts.setVisible(bool(replay.cases))
        self.save = QPushButton(ctx.say("另存为 Excel…", "Save as Excel …"))
        self.save.setIcon(ctx.icon("file-spreadsheet"))
        self.save.clicked.connect(self._choose)
        self.buttons.insertWidget(0, self.save)
        if replay.cases:
            self.table.selectRow(0)

    def _make_table(self) -> QTableView:
        table = QTableView()
        table.setModel(self.model)
        table.setProperty("look", "spaced")
        head = table.horizontalHeader()
        head.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        head.setSectionResizeMode(CASE_TYPE_COLUMN, QHeaderView.ResizeMode.Stretch)
        make_list(table, self.ctx.say("有变化的案件", "Cases that would change"))
        table.selectionModel().currentRowChanged.connect(lambda now, _: self._show(now.row()))
        return table

    def _show(self, place: int) -> None:
        if 0 <= place < self.model.rowCount():
            self.details.setHtml("".join(self._html(self.model.case(place))))

    def _html(self, case: ReplayedCase) -> Iterator[str]:
        text, colours, say = self.ctx.text, self.ctx.colours, self.ctx.say
        yield f"<p><b>{escape(case.no)}</b>　{escape(case.title)}　{escape(text(case.stage))}</p>"
        if case.problem:
            yield f"<p style='color:{colours.block}'>✕ {escape(text(case.problem))}</p>"
        for difference in case.differences:
            yield f"<p><b>{escape(change_in_words(self.ctx, difference))}</b>"
            if difference.kind != "computed":
                sides = (
                    (say("现在", "now"), difference.old_text),
                    (say("草案", "draft"), difference.new_text),
                )
                for side, words in sides:
                    lead = f"<span style='color:{colours.muted}'>{escape(side)}</span>"
                    yield f"<br>{lead}　{escape(text(words))}"
            yield "</p>"

    def _choose(self) -> None:
        name = f"{self._session.profile.name}_{self._replay.first}_{self._replay.last}.xlsx"
        dialog = QFileDialog(self, self.save.text(), name, "Excel (*.xlsx)")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("xlsx")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(lambda chosen: self.save_to(Path(chosen)))
        dialog.open()

    def save_to(self, path: Path) -> None:
        """Write the outcome into a workbook."""
        replay, say = self._replay, self.ctx.say

        def finished(facts: WorkbookFacts) -> str:
            rows = sum(sheet.rows for sheet in facts.sheets)
            return say(f"已写入 {path}，共 {rows} 行", f"{rows} lines written to {path}")

        ProgressDialog(self._session, self, say("另存为 Excel", "Saving")).begin(
            lambda desk, step: replay_book.save(desk, replay, path, step, overwrite=True), finished
        )
