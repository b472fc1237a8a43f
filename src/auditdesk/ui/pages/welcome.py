"""Before signing in: which office, who, and the way to a new office."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QFileDialog,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from auditdesk.ui.base.context import named
from auditdesk.ui.base.preferences import RecentOffice
from auditdesk.ui.dialogs.guide import on_f1
from auditdesk.ui.dialogs.recover import RecoverDialog
from auditdesk.ui.pages.parts import button, card, label, labelled, line, scrolled
from auditdesk.util.faults import Fault

if TYPE_CHECKING:
    from collections.abc import Callable

    from auditdesk.operations.desk import Desk
    from auditdesk.operations.offices import Surroundings
    from auditdesk.store.records import OfficeCard
    from auditdesk.ui.base.context import Context

# the first paint comes before anything that would take the processor from it
_AFTER_PAINT_MS = 50
_LANGUAGES = (("zh", "中文"), ("en", "English"))


def _look_at(folder: Path) -> OfficeCard:
    from auditdesk.operations import offices  # noqa: PLC0415 – loads the database

    return offices.look_at(folder)


def _load_desk() -> None:
    """Load the pages that come after signing in, while somebody types a password."""
    import_module("auditdesk.ui.desk_view")


class WelcomePage(QWidget):
    """Recent offices at the left, signing in at the right.

    Signals: `signed_in` with the desk; `new_wanted`; `verify_wanted`;
    `language_wanted` with a language.
    """

    signed_in = Signal(object)
    new_wanted = Signal()
    verify_wanted = Signal()
    language_wanted = Signal(str)

    def __init__(self, ctx: Context, supply: Callable[[], Surroundings]) -> None:
        super().__init__()
        self._ctx, self._supply = ctx, supply
        on_f1(ctx, self)
        self._folder: Path | None = None
        self.recent = QListWidget()
        self.user = line(ctx)
        self.password = line(ctx, secret=True)
        self.office = label(ctx.say("还没有选择办公单元", "No office chosen yet"), "heading")
        self.where = label("", "small")
        self.error = label("", "error")
        self.error.hide()
        self.enter = button(
            ctx, "arrow-right", ctx.say("登录", "Sign in"), self.sign_in, look="primary"
        )
        self.enter.setEnabled(False)
        self.user.returnPressed.connect(self.password.setFocus)
        self.password.returnPressed.connect(self.sign_in)
        self._lay_out()
        self._show_recent()
        QTimer.singleShot(_AFTER_PAINT_MS, self, self._prepare)

    def _prepare(self) -> None:
        """Load the law and the pages behind the first paint; signing in is the quicker for it."""

        def work() -> None:
            self._supply()
            _load_desk()

        self._ctx.worker.run(self, work, lambda _: None)

    def _lay_out(self) -> None:
        ctx, say = self._ctx, self._ctx.say
        top = QHBoxLayout()
        top.addStretch(1)
        self.language = QComboBox()
        named(self.language, say("界面语言", "Language"))
        for value, word in _LANGUAGES:
            self.language.addItem(word, value)
        self.language.setCurrentIndex(self.language.findData(ctx.language))
        self.language.activated.connect(
            lambda _: self.language_wanted.emit(self.language.currentData())
        )
        top.addWidget(self.language)
        halves = QHBoxLayout()
        halves.setSpacing(ctx.px(20))
        for made in (self._left(), self._right()):
            made.setMinimumWidth(ctx.px(280))
            made.setMaximumWidth(ctx.px(420))
            halves.addWidget(made, 1)
        title = label(say("审案台", "auditdesk"), "title")
        title.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        under = label(
            say("区县部门案件审查 · 全程离线", "Case files of district offices · offline"), "muted"
        )
        under.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        page = QWidget()
        page.setProperty("look", "page")
        layout = QVBoxLayout(page)
        layout.setContentsMargins(*(ctx.px(n) for n in (20, 14, 20, 20)))
        layout.addLayout(top)
        layout.addStretch(2)
        layout.addWidget(title)
        layout.addWidget(under)
        layout.addSpacing(ctx.px(18))
        holder = QHBoxLayout()
        holder.addStretch(1)
        # the cards take what they may, the rest goes to both sides
        holder.addLayout(halves, 100)
        holder.addStretch(1)
        layout.addLayout(holder)
        layout.addStretch(3)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scrolled(page))

    def _left(self) -> QWidget:
        ctx, say = self._ctx, self._ctx.say
        frame, column = card(ctx)
        column.addWidget(label(say("办公单元", "Offices"), "heading"))
        self.recent.setProperty("look", "bare")
        self.recent.setMinimumHeight(ctx.px(80))
        self.recent.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        named(self.recent, say("最近打开的办公单元", "Offices opened lately"))
        self.recent.currentItemChanged.connect(lambda item, _: self._picked(item))
        column.addWidget(self.recent, 1)
        if not ctx.preferences.now.recent:
            self.recent.hide()
            first = say(
                "第一次使用：打开已有的办公单元文件夹，或者新建一个。",
                "For the first time here: open an office's folder, or make a new one.",
            )
            column.addWidget(label(first, "muted"))
            column.addStretch(1)
        self.open = button(ctx, "folder-open", say("打开文件夹…", "Open a folder …"), self._browse)
        self.new = button(ctx, "folder-plus", say("新建…", "New …"), self.new_wanted.emit)
        row = QHBoxLayout()
        row.addWidget(self.open)
        row.addWidget(self.new)
        row.addStretch(1)
        column.addLayout(row)
        self.verify = button(
            ctx,
            "shield-check",
            say("核验一份 PDF 文书…", "Verify a PDF …"),
            self.verify_wanted.emit,
        )
        column.addWidget(self.verify)
        return frame

    def _right(self) -> QWidget:
        ctx, say = self._ctx, self._ctx.say
        frame, column = card(ctx)
        column.addWidget(self.office)
        column.addWidget(self.where)
        column.addLayout(labelled(ctx, say("用户名", "User name"), self.user))
        column.addLayout(labelled(ctx, say("密码", "Password"), self.password))
        column.addWidget(self.error)
        column.addWidget(self.enter)
        self.recover = button(
            ctx,
            "",
            say("管理员忘记密码…", "Administrator's password lost …"),
            self._recover,
            look="link",
        )
        self.recover.setEnabled(False)
        column.addWidget(self.recover)
        return frame

    def _recover(self) -> None:
        if self._folder is not None:
            RecoverDialog(self._ctx, self, self._folder, self._supply).open()

    def _show_recent(self) -> None:
        for office in self._ctx.preferences.now.recent:
            item = QListWidgetItem(f"{office.name}\n{office.folder}")
            item.setData(Qt.ItemDataRole.UserRole, office)
            item.setIcon(self._ctx.icon("building", self._ctx.colours.muted))
            self.recent.addItem(item)
        if self.recent.count():
            self.recent.setCurrentRow(0)

    def _picked(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            office: RecentOffice = item.data(Qt.ItemDataRole.UserRole)
            self.choose(Path(office.folder), office.user)

    def _browse(self) -> None:
        title = self._ctx.say("选择办公单元的文件夹", "Choose the office's folder")
        dialog = QFileDialog(self, title)
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly, on=True)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(lambda name: self.choose(Path(name), ""))
        dialog.open()

    def choose(self, folder: Path, user: str) -> None:
        """Look at a folder and, if it is an office, ask who wants in."""
        self._folder = folder
        self.enter.setEnabled(False)
        self.recover.setEnabled(False)
        self.user.setText(user)
        self._ctx.worker.run(
            self,
            lambda: _look_at(folder),
            lambda found: self._chosen(folder, found),
            lambda error: self._no_office(folder, error),
        )

    def _chosen(self, folder: Path, found: OfficeCard) -> None:
        if folder != self._folder:
            return
        sample = self._ctx.say("（样例）", " (sample)") if found.sample else ""
        self.office.setText(f"{found.name}{sample}")
        self.where.setText(str(folder))
        self.enter.setEnabled(True)
        self.recover.setEnabled(True)
        self._say_wrong("")
        (self.password if self.user.text() else self.user).setFocus()

    def _no_office(self, folder: Path, error: Exception) -> None:
        if not isinstance(error, Fault):
            raise error
        if folder == self._folder:
            self._folder = None
            self.office.setText(self._ctx.say("打不开", "Cannot be opened"))
            self.where.setText(str(folder))
            self._say_wrong(self._ctx.text(error.message))

    def sign_in(self) -> None:
        """Open the office with what was typed; deriving the key takes about a second."""
        folder, user, password = self._folder, self.user.text().strip(), self.password.text()
        if folder is None or not self.enter.isEnabled():
            return
        if not user or not password:
            self._say_wrong(
                self._ctx.say("请输入用户名和密码。", "Enter your user name and password.")
            )
            return
        self._set_busy(busy=True)

        def work() -> Desk:
            from auditdesk.operations import offices  # noqa: PLC0415 – loads the database

            return offices.sign_in(folder, user, password, self._supply())

        def done(desk: Desk) -> None:
            self._remember(folder, desk)
            self.signed_in.emit(desk)

        self._ctx.worker.run(self, work, done, self._refused)

    def _set_busy(self, *, busy: bool) -> None:
        say = self._ctx.say
        self.enter.setEnabled(not busy)
        self.enter.setText(say("正在登录……", "Signing in …") if busy else say("登录", "Sign in"))
        if busy:
            self._say_wrong("")

    def _remember(self, folder: Path, desk: Desk) -> None:
        file = self._ctx.preferences
        office = RecentOffice(str(folder), desk.profile.name, desk.user.name)
        file.change(file.now.with_office(office))

    def _refused(self, error: Exception) -> None:
        self._set_busy(busy=False)
        if not isinstance(error, Fault):
            raise error
        self._say_wrong(self._ctx.text(error.message))
        self.password.selectAll()
        self.password.setFocus()

    def _say_wrong(self, text: str) -> None:
        self.error.setText(text)
        self.error.setVisible(bool(text))
