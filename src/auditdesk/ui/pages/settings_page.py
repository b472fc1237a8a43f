"""Settings: the look on this computer, one's own account, and the office."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QFileDialog,
    QHBoxLayout,
    QLineEdit,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from auditdesk.domain.roles import ROLES
from auditdesk.operations import backups, settings
from auditdesk.operations.words import word
from auditdesk.ui.base.context import named
from auditdesk.ui.base.preferences import TEXT_SIZES
from auditdesk.ui.dialogs.base import FaultDialog
from auditdesk.ui.dialogs.people import ChangePasswordDialog
from auditdesk.ui.dialogs.progress import ProgressDialog
from auditdesk.ui.pages.calendar_panel import CalendarPanel
from auditdesk.ui.pages.parts import button, label, labelled, line, scrolled
from auditdesk.ui.pages.people_panel import PeoplePanel
from auditdesk.ui.pages.seal_panel import SealPanel
from auditdesk.ui.pages.stamp_panel import StampPanel
from auditdesk.util.faults import Fault

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from auditdesk.operations.changes import Changes
    from auditdesk.store.backup import BackupFacts
    from auditdesk.ui.base.preferences import Preferences
    from auditdesk.ui.base.session import Session

_FIELD_WIDTH = 420


class SettingsPage(QWidget):
    """Tabs; `taste_changed` asks for new preferences of the window."""

    taste_changed = Signal(object)

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session, self._ctx = session, session.ctx
        ctx, say = self._ctx, self._ctx.say
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        for part in (self.tabs, self.tabs.tabBar()):
            named(part, say("设置", "Settings"))
        self.tabs.addTab(self._look(), say("显示", "Display"))
        self.tabs.addTab(self._account(), say("我的账户", "My account"))
        self.office = OfficePanel(session)
        self.tabs.addTab(scrolled(self.office), say("办公单元", "Office"))
        self.people: PeoplePanel | None = None
        if session.user.role == "administrator":
            self.people = PeoplePanel(session)
            self.tabs.addTab(self.people, say("人员", "People"))
        self.calendar = CalendarPanel(session)
        self.tabs.addTab(self.calendar, say("工作日历", "Working days"))
        self.tabs.addTab(self._backup(), say("备份", "Backup"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*(ctx.px(n) for n in (16, 12, 16, 12)))
        layout.addWidget(label(say("设置", "Settings"), "title"))
        layout.addWidget(self.tabs, 1)

    def seen(self) -> None:
        """The page came into view; its parts keep themselves fresh."""

    def _look(self) -> QWidget:
        say, taste = self._ctx.say, self._ctx.preferences.now
        self.language = self._combo((("zh", "中文"), ("en", "English")), taste.language)
        self.theme = self._combo(
            (("light", say("浅色", "Light")), ("dark", say("深色", "Dark"))), taste.theme
        )
        sizes = [(str(size), f"{size} %") for size in TEXT_SIZES]
        self.text_size = self._combo(sizes, str(taste.text_size))
        page, column = self._column()
        column.addLayout(labelled(self._ctx, say("语言", "Language"), self.language))
        column.addLayout(labelled(self._ctx, say("主题", "Theme"), self.theme))
        column.addLayout(labelled(self._ctx, say("文字大小", "Text size"), self.text_size))
        return page

    def _combo(self, choices: Iterable[tuple[str, str]], chosen: str) -> QComboBox:
        combo = QComboBox()
        combo.setFixedWidth(self._ctx.px(220))
        for value, text in choices:
            combo.addItem(text, value)
        combo.setCurrentIndex(combo.findData(chosen))
        combo.activated.connect(lambda _: self.taste_changed.emit(self._taste()))
        return combo

    def _taste(self) -> Preferences:
        return replace(
            self._ctx.preferences.now,
            language=self.language.currentData(),
            theme=self.theme.currentData(),
            text_size=int(self.text_size.currentData()),
        )

    def _account(self) -> QWidget:
        ctx, say, user = self._ctx, self._ctx.say, self._session.user
        page, column = self._column()
        role = ctx.text(word(ROLES, user.role))
        column.addWidget(label(f"{user.full_name}（{user.name}）　{role}", "heading"))
        self.password = button(
            ctx,
            "key",
            say("修改密码…", "Change password …"),
            lambda: ChangePasswordDialog(self._session, self).open(),
        )
        row = QHBoxLayout()
        row.addWidget(self.password)
        row.addStretch(1)
        column.addLayout(row)
        column.addWidget(
            label(
                say(
                    "由本单元签发的签名证书随密码一起更换密码。",
                    "The office's certificate for you takes the new password too.",
                ),
                "muted",
            )
        )
        return page

    def _column(self) -> tuple[QWidget, QVBoxLayout]:
        page = QWidget()
        page.setProperty("look", "plain")
        column = QVBoxLayout(page)
        column.setContentsMargins(*(self._ctx.px(n) for n in (16, 14, 16, 14)))
        column.setSpacing(self._ctx.px(12))
        column.setAlignment(Qt.AlignmentFlag.AlignTop)
        return page, column

    def _backup(self) -> QWidget:
        ctx, say = self._ctx, self._ctx.say
        page, column = self._column()
        column.addWidget(
            label(
                say(
                    "备份是加密的，写完即核验；请定期存到另一块磁盘或 U 盘上。",
                    "A backup is encrypted and verified after writing; keep one on another disk.",
                )
            )
        )
        self.backup = button(ctx, "download", say("备份到…", "Back up to …"), self._choose_backup)
        row = QHBoxLayout()
        row.addWidget(self.backup)
        row.addStretch(1)
        column.addLayout(row)
        return page

    def _choose_backup(self) -> None:
        dialog = QFileDialog(self, self._ctx.say("备份到哪个文件夹", "Folder for the backup"))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(lambda name: self.back_up(Path(name)))
        dialog.open()

    def back_up(self, folder: Path) -> None:
        """Back the office up into a folder."""
        title = self._ctx.say("正在备份", "Backing up")

        def finished(answer: tuple[BackupFacts, Changes]) -> str:
            return self._ctx.text(answer[1].summary)

        ProgressDialog(self._session, self, title).begin(
            lambda desk, progress: backups.create(desk, folder, progress), finished
        )


class OfficePanel(QWidget):
    """What only the office knows; an administrator changes it."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session, self._ctx = session, session.ctx
        self.lines: dict[str, QLineEdit] = {}
        ctx, say = self._ctx, self._ctx.say
        self.setProperty("look", "plain")
        column = QVBoxLayout(self)
        column.setContentsMargins(*(ctx.px(n) for n in (16, 14, 16, 14)))
        column.setSpacing(ctx.px(8))
        column.setAlignment(Qt.AlignmentFlag.AlignTop)
        profile = session.profile
        column.addWidget(label(f"{profile.name}　{profile.district}", "heading"))
        may = session.user.role == "administrator" and not session.read_only
        for key, name in settings.SETTINGS.items():
            made = line(ctx, width=_FIELD_WIDTH)
            made.setReadOnly(not may)
            self.lines[key] = made
            column.addLayout(labelled(ctx, ctx.text(name), made))
        self.save = button(ctx, "device-floppy", say("保存设置", "Save"), self._save, "primary")
        row = QHBoxLayout()
        row.addWidget(self.save)
        # hidden, never shown, here: without a parent yet it would flash as a window of its own
        if not may:
            self.save.hide()
        row.addStretch(1)
        column.addLayout(row)
        if not may:
            column.addWidget(
                label(say("由管理员修改。", "An administrator changes these."), "muted")
            )
        self.seal = SealPanel(session)
        column.addWidget(self.seal)
        self.stamps = StampPanel(session)
        column.addWidget(self.stamps)
        session.read(self, settings.settings, self._show)

    def _show(self, values: Mapping[str, str]) -> None:
        for key, value in values.items():
            self.lines[key].setText(value)

    def _save(self) -> None:
        values = {key: made.text() for key, made in self.lines.items()}
        self._session.change(
            self,
            lambda desk: settings.put_settings(desk, values),
            lambda changes: self._ctx.tell(self._ctx.text(changes.summary)),
            self._failed,
        )

    def _failed(self, error: Exception) -> None:
        if not isinstance(error, Fault):
            raise error
        FaultDialog(self._ctx, self, error).open()
