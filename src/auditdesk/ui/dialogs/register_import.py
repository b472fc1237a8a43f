"""Importing a register: what would change is shown first; nothing is passed over in silence."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QPainter, QShowEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QFileDialog,
    QHBoxLayout,
    QPushButton,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from auditdesk.operations import register_files, register_import
from auditdesk.ui.base.lists import make_list
from auditdesk.ui.dialogs.base import Dialog
from auditdesk.ui.dialogs.progress import ProgressDialog
from auditdesk.ui.models.import_lines import HEADS, STATES, ImportLines
from auditdesk.ui.models.listing import ROW_ROLE
from auditdesk.ui.pages.parts import button

if TYPE_CHECKING:
    from collections.abc import Callable

    from auditdesk.domain.register import Register
    from auditdesk.operations.changes import Changes
    from auditdesk.operations.register_files import FilePlan
    from auditdesk.ui.base.context import Context
    from auditdesk.ui.base.session import Session
    from auditdesk.ui.models.listing import Index


def ask_import(session: Session, parent: QWidget, register: Register) -> None:
    """Ask for a workbook, read it beside the window, and show what importing it would do."""
    say = session.ctx.say
    title = say("导入台账", "Importing a register")
    dialog = QFileDialog(parent, title, "", "Excel (*.xlsx)")
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)

    def chosen(name: str) -> None:
        progress = ProgressDialog(session, parent, say("正在读工作簿", "Reading the workbook"))

        def show(plan: FilePlan) -> str:
            ImportDialog(session, parent, register, plan).open()
            return ""

        progress.begin(
            lambda desk, step: register_files.plan_file(desk, register.id, Path(name), step), show
        )

    dialog.fileSelected.connect(chosen)
    dialog.open()


class _Delegate(QStyledItemDelegate):
    """What becomes of a line, in its colour."""

    def __init__(self, ctx: Context, table: QTableView) -> None:
        super().__init__(table)
        self._ctx = ctx

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        rect: QRect = option.rect
        if index.column() != 1:
            option.rect = rect.adjusted(self._ctx.px(5), 0, 0, 0)
            super().paint(painter, option, index)
            return
        sign = STATES[index.data(ROW_ROLE).state]
        painter.fillRect(rect, QColor(sign.ground(self._ctx.colours)))
        painter.setPen(QColor(sign.colour(self._ctx.colours)))
        room = rect.adjusted(self._ctx.px(6), 0, 0, 0)
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, index.data())


class ImportDialog(Dialog):
    """The lines of the workbook with what becomes of each; writes only when confirmed."""

    topic = "register"

    def __init__(
        self, session: Session, parent: QWidget, register: Register, plan: FilePlan
    ) -> None:
        ctx, say = session.ctx, session.ctx.say
        title = say("导入台账", "Importing a register")
        super().__init__(ctx, parent, title, say("导入", "Import"), width=860)
        self._session, self._register, self._file = session, register, plan
        self.plan = plan.plan
        self.add_text(say(f"{title}：{plan.path.name}", f"{title}: {plan.path.name}"), "heading")
        self.summary = self.add_text(self._summary())
        self.states: dict[str, QPushButton] = {}
        self.body.addLayout(self._state_buttons())
        self.lines = ImportLines(ctx, register)
        self.table = self._table()
        self.body.addWidget(self.table, 1)
        self.good_only = QCheckBox(self._good_only_text())
        self.good_only.toggled.connect(lambda _: self._allow())
        self.body.addWidget(self.good_only)
        self.save_refused = button(
            ctx, "download", say("保存未收行…", "Save the refused rows …"), self._ask_where
        )
        self.buttons.insertWidget(0, self.save_refused)
        refused = bool(self.plan.refused)
        self.good_only.setVisible(refused)
        self.save_refused.setVisible(refused)
        self.show_state("refused" if refused else "")
        self._allow()

    def showEvent(self, event: QShowEvent) -> None:
        """Give each line the height that its text takes at the width that there is now."""
        super().showEvent(event)
        self.table.resizeRowsToContents()

    def _summary(self) -> str:
        say, plan = self.ctx.say, self.plan
        new, changed, same, refused = (
            plan.count(state) for state in ("new", "changed", "same", "refused")
        )
        return say(
            f"共 {len(plan.lines)} 行：新增 {new}，变更 {changed}，相同 {same}，不收 {refused}。"
            "确认之前什么都不写入。",
            f"{len(plan.lines)} rows: {new} new, {changed} changed, {same} the same, "
            f"{refused} refused. Nothing is written before you confirm.",
        )

    def _good_only_text(self) -> str:
        good, bad = self._good(), len(self.plan.refused)
        return self.ctx.say(
            f"只导入没有问题的 {good} 行，另外 {bad} 行不导入",
            f"Import only the {good} rows without problems and leave {bad} out",
        )

    def _good(self) -> int:
        return self.plan.count("new") + self.plan.count("changed")

    def _state_buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        everything = self.ctx.say("全部", "All")
        names = [("", everything, len(self.plan.lines))]
        names += [(s, self.ctx.text(sign.word), 0) for s, sign in STATES.items()]
        for state, word, many in names:
            many_shown = many or sum(line.state == state for line in self.plan.lines)
            made = QPushButton(f"{word} {many_shown}")
            made.setCheckable(True)
            made.setAutoDefault(False)
            made.clicked.connect(lambda _=False, state=state: self.show_state(state))
            self.states[state] = made
            row.addWidget(made)
        row.addStretch(1)
        return row

    def _table(self) -> QTableView:
        table = QTableView()
        table.setModel(self.lines)
        table.setItemDelegate(_Delegate(self.ctx, table))
        table.setWordWrap(True)
        self.keep_high(table, 300)
        head = table.horizontalHeader()
        head.setStretchLastSection(True)
        for place, (_, width) in enumerate(HEADS[:-1]):
            table.setColumnWidth(place, self.ctx.px(width))
        make_list(table, self.ctx.say("要导入的行", "Rows to be imported"), several=True)
        return table

    def show_state(self, state: str) -> None:
        """Show the lines of one kind; the empty name shows all."""
        for name, made in self.states.items():
            made.setChecked(name == state)
        self.lines.show_lines([x for x in self.plan.lines if state in ("", x.state)])
        self.table.resizeRowsToContents()

    def _allow(self) -> None:
        """Refused rows are left out only when the person has asked for it."""
        asked = not self.plan.refused or self.good_only.isChecked()
        good = self._good()
        self.confirm.setEnabled(asked and good > 0)
        self.confirm.setText(self.ctx.say(f"导入 {good} 行", f"Import {good} rows"))

    def confirmed(self) -> None:
        plan, good_only = self.plan, self.good_only.isChecked()
        parent = self.parentWidget() or self
        progress = ProgressDialog(self._session, parent, self.windowTitle())
        progress.begin(
            lambda desk, _: register_import.apply_import(desk, plan, good_only=good_only),
            self._report,
        )
        self.accept()

    def _report(self, changes: Changes) -> str:
        return self.ctx.text(changes.summary)

    def _ask_where(self) -> None:
        name = self.ctx.say(f"未收行_{self._file.path.stem}", f"refused_{self._file.path.stem}")
        save_as(self, self.save_refused.text(), f"{name}.xlsx", self._save_refused)

    def _save_refused(self, path: Path) -> None:
        file = self._file
        self.save_refused.setEnabled(False)

        def done(_: object) -> None:
            self.save_refused.setEnabled(True)
            self.ctx.tell(self.ctx.say(f"✓ 已写入 {path}", f"✓ written to {path}"))

        self._session.read(
            self,
            lambda desk: register_files.write_refused(desk, file, path),
            done,
            self._not_saved,
        )

    def _not_saved(self, error: Exception) -> None:
        self.save_refused.setEnabled(True)
        self.failed(error)
        self._allow()


def save_as(
    parent: QWidget,
    title: str,
    name: str,
    then: Callable[[Path], None],
    kind: str = "Excel (*.xlsx)",
) -> None:
    """Ask where a file of a kind is to be saved; its name has the suffix already."""
    dialog = QFileDialog(parent, title, name, kind)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setDefaultSuffix(name.rpartition(".")[2])
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.fileSelected.connect(lambda chosen: then(Path(chosen)))
    dialog.open()
