"""A new office, step by step: folder and name, settings, administrator, recovery key."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from auditdesk.operations import offices
from auditdesk.operations.settings import SETTINGS, defaults
from auditdesk.ui.base.context import named
from auditdesk.ui.base.files import write_file
from auditdesk.ui.dialogs.base import Dialog
from auditdesk.ui.pages.parts import button, label, labelled, line, scrolled
from auditdesk.util.faults import Fault

if TYPE_CHECKING:
    from collections.abc import Callable

    from auditdesk.operations.offices import NewOffice, Surroundings
    from auditdesk.regulations.library import Library
    from auditdesk.ui.base.context import Context

_PLACE, _SETTINGS, _PERSON, _KEY = range(4)


class NewOfficeDialog(Dialog):
    """Makes an office; `made` names its folder and its administrator."""

    topic = "settings"

    made = Signal(object, str)

    def __init__(self, ctx: Context, parent: QWidget, supply: Callable[[], Surroundings]) -> None:
        title = ctx.say("新建办公单元", "A new office")
        super().__init__(ctx, parent, title, ctx.say("下一步", "Next"), width=600)
        self._supply = supply
        self._library: Library | None = None
        self._folder = Path()
        self.key = ""
        self.step = label("", "muted")
        self.body.addWidget(label(title, "heading"))
        self.body.addWidget(self.step)
        self.pages = QStackedWidget()
        for page in (self._place(), self._settings(), self._person(), self._recovery()):
            self.pages.addWidget(page)
        area = scrolled(self.pages)
        area.setMinimumHeight(ctx.px(380))
        self.body.addWidget(area, 1)
        self.back = QPushButton(ctx.say("上一步", "Back"))
        self.back.clicked.connect(lambda: self._show_step(self.pages.currentIndex() - 1))
        self.buttons.insertWidget(1, self.back)
        self._show_step(_PLACE)
        self.confirm.setEnabled(False)
        ctx.worker.run(self, supply, self._know)

    def _page(self) -> tuple[QWidget, QVBoxLayout]:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(self.ctx.px(8))
        column.setAlignment(Qt.AlignmentFlag.AlignTop)
        return page, column

    def _place(self) -> QWidget:
        ctx, say = self.ctx, self.ctx.say
        page, column = self._page()
        self.folder = line(ctx)
        browse = button(ctx, "folder-open", say("选择…", "Choose …"), self._browse)
        row = QHBoxLayout()
        row.addWidget(self.folder, 1)
        row.addWidget(browse)
        words = QLabel(say("放在哪个空文件夹里（没有就新建）", "Empty folder (made if missing)"))
        words.setBuddy(self.folder)
        named(self.folder, words.text())
        column.addWidget(words)
        column.addLayout(row)
        self.name = line(ctx)
        column.addLayout(labelled(ctx, say("单位名称", "Name of the office"), self.name))
        self.district = QComboBox()
        column.addLayout(labelled(ctx, say("区县", "District"), self.district))
        return page

    def _settings(self) -> QWidget:
        page, column = self._page()
        column.addWidget(
            label(
                self.ctx.say(
                    "这些内容印在文书上，以后由管理员在“设置”里修改。",
                    "These are printed on documents; an administrator can change them later.",
                ),
                "muted",
            )
        )
        self.values: dict[str, QLineEdit] = {}
        for key, name in SETTINGS.items():
            self.values[key] = line(self.ctx)
            column.addLayout(labelled(self.ctx, self.ctx.text(name), self.values[key]))
        return page

    def _person(self) -> QWidget:
        ctx, say = self.ctx, self.ctx.say
        page, column = self._page()
        explained = say(
            "第一位管理员：负责增加人员和签发证书，本人不办案。",
            "The first administrator adds people and issues certificates, and handles no cases.",
        )
        column.addWidget(label(explained, "muted"))
        self.user, self.full_name = line(ctx), line(ctx)
        self.password, self.again = line(ctx, secret=True), line(ctx, secret=True)
        for words, made in (
            (say("用户名（字母数字）", "User name (letters, digits)"), self.user),
            (say("姓名", "Full name"), self.full_name),
            (say("密码（至少 8 位）", "Password (8 or more)"), self.password),
            (say("再输一次", "Once more"), self.again),
        ):
            column.addLayout(labelled(ctx, words, made))
        return page

    def _recovery(self) -> QWidget:
        ctx, say = self.ctx, self.ctx.say
        page, column = self._page()
        column.addWidget(
            label(
                say(
                    "办公单元已建好。下面是恢复密钥：所有人都忘了密码时，只有它能打开办公单元。"
                    "程序不保存它，请打印或抄下来，锁进保险柜，不要放在这台电脑上。",
                    "The office is made. This is its recovery key: when everybody has forgotten "
                    "their password, it alone opens the office. The program does not keep it. "
                    "Print it or copy it out, lock it away, and not on this computer.",
                ),
                "warning",
            )
        )
        self.key_text = label("", "key")
        self.key_text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        named(self.key_text, say("恢复密钥", "Recovery key"))
        column.addWidget(self.key_text)
        row = QHBoxLayout()
        row.addWidget(button(ctx, "printer", say("打印…", "Print …"), self._print_key))
        row.addWidget(
            button(ctx, "download", say("存到 U 盘…", "Save to a stick …"), self._choose_file)
        )
        row.addStretch(1)
        column.addLayout(row)
        self.kept = QCheckBox(say("恢复密钥已经妥善保存", "The recovery key is kept safe"))
        self.kept.toggled.connect(self.confirm.setEnabled)
        column.addWidget(self.kept)
        return page

    def _know(self, surroundings: Surroundings) -> None:
        self._library = surroundings.library
        for code, name in surroundings.library.districts.items():
            self.district.addItem(f"{self.ctx.text(name)}　{code}", code)
        self.confirm.setEnabled(True)

    def _browse(self) -> None:
        dialog = QFileDialog(self, self.ctx.say("选择空文件夹", "Choose an empty folder"))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self.folder.setText)
        dialog.open()

    def _show_step(self, step: int) -> None:
        say, count = self.ctx.say, self.pages.count()
        self.pages.setCurrentIndex(step)
        self.step.setText(say(f"第 {step + 1} 步，共 {count} 步", f"Step {step + 1} of {count}"))
        self.back.setVisible(step in (_SETTINGS, _PERSON))
        self.dismiss.setVisible(step != _KEY)
        words = {_PERSON: say("建立", "Make it"), _KEY: say("完成", "Done")}
        self.confirm.setText(words.get(step, say("下一步", "Next")))
        self.say_wrong("")
        self.confirm.setEnabled(step != _KEY or self.kept.isChecked())
        self.begin_typing()

    def confirmed(self) -> None:
        steps = {
            _PLACE: self._leave_place,
            _SETTINGS: lambda: self._show_step(_PERSON),
            _PERSON: self._make,
            _KEY: self._finish,
        }
        steps[self.pages.currentIndex()]()

    def reject(self) -> None:
        """Escape does not lose a recovery key that nobody has kept."""
        if self.pages.currentIndex() != _KEY or self.kept.isChecked():
            super().reject()

    def _leave_place(self) -> None:
        say = self.ctx.say
        folder, name = self.folder.text().strip(), self.name.text().strip()
        if not folder or not name or self._library is None:
            self.say_wrong(say("文件夹和单位名称都要填。", "Give the folder and the name."))
            return
        self._folder = Path(folder)
        preset = defaults(name, self.district.currentData(), self._library)
        for key, made in self.values.items():
            if not made.text():
                made.setText(preset.get(key, ""))
        self._show_step(_SETTINGS)

    def _new_office(self) -> NewOffice:
        return offices.NewOffice(
            name=self.name.text().strip(),
            district=self.district.currentData(),
            admin_name=self.user.text().strip(),
            admin_full_name=self.full_name.text().strip(),
            admin_password=self.password.text(),
            settings={key: made.text().strip() for key, made in self.values.items()},
        )

    def _make(self) -> None:
        if self.password.text() != self.again.text():
            self.say_wrong(self.ctx.say("两次输入的密码不同。", "The two passwords differ."))
            return
        office, folder = self._new_office(), self._folder
        self.set_busy(busy=True)
        self.back.setEnabled(False)
        self.ctx.worker.run(
            self,
            lambda: offices.create(folder, office, self._supply()),
            self._made,
            self._not_made,
        )

    def _made(self, key: str) -> None:
        self.key = key
        self.key_text.setText(key)
        self._show_step(_KEY)

    def _not_made(self, error: Exception) -> None:
        self.back.setEnabled(True)
        self.failed(error)

    def _finish(self) -> None:
        self.made.emit(self._folder, self.user.text().strip())
        self.accept()

    def _key_sheet(self) -> str:
        say = self.ctx.say
        title = say("恢复密钥（绝密，锁入保险柜）", "Recovery key (secret, lock it away)")
        return f"{title}\n\n{self.name.text()}\n{self._folder}\n\n{self.key}\n"

    def _print_key(self) -> None:
        from auditdesk.ui.base.printing import print_text  # noqa: PLC0415 – loads QtPrintSupport

        print_text(self, self._key_sheet())

    def _choose_file(self) -> None:
        title = self.ctx.say("存到 U 盘", "Save to a stick")
        dialog = QFileDialog(self, title, "recovery-key.txt", "Text (*.txt)")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(lambda name: self.save_key(Path(name)))
        dialog.open()

    def save_key(self, path: Path) -> None:
        """Write the recovery key to a file."""
        try:
            write_file(path, self._key_sheet().encode())
        except Fault as fault:
            self.failed(fault)
            self.confirm.setEnabled(self.kept.isChecked())
