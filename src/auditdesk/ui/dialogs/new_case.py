"""Choosing the type of a new case by typing a part of its name, or its pinyin initials."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QListWidget, QListWidgetItem

from auditdesk.regulations.own_templates import TemplateError
from auditdesk.ui.base.context import named
from auditdesk.ui.dialogs.base import Dialog

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtWidgets import QWidget

    from auditdesk.domain.declaration import CaseType
    from auditdesk.ui.base.session import Session

_STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}


def initials_of(texts: tuple[str, ...]) -> dict[str, str]:
    """The pinyin initials of Chinese texts; for the worker thread, the table is large."""
    from pypinyin import Style, lazy_pinyin  # noqa: PLC0415 – takes a third of a second

    return {text: "".join(lazy_pinyin(text, style=Style.FIRST_LETTER)).lower() for text in texts}


class NewCaseDialog(Dialog):
    """All case types that can be used; what is typed leaves those that match."""

    topic = "case"

    chosen = Signal(str)

    def __init__(self, session: Session, parent: QWidget) -> None:
        ctx = session.ctx
        title = ctx.say("新建案件", "New case")
        super().__init__(ctx, parent, title, ctx.say("开始填写", "Begin"), width=500)
        self._types = session.library.case_types
        self._initials: Mapping[str, str] = {}
        self.add_text(title, "heading")
        self.filter = QLineEdit()
        self.filter.setPlaceholderText(
            ctx.say("输入事项名称、代码或拼音首字母", "Name, code, or pinyin initials")
        )
        named(self.filter, ctx.say("查找事项", "Find a case type"))
        self.filter.installEventFilter(self)
        self.filter.textChanged.connect(self._narrow)
        self.list = QListWidget()
        named(self.list, ctx.say("事项", "Case types"))
        self.list.itemDoubleClicked.connect(lambda _: self.confirmed())
        self.list.setMinimumHeight(ctx.px(180))
        self.body.addWidget(self.filter)
        self.body.addWidget(self.list, 1)
        self._show_problems(session)
        self._narrow()
        names = tuple(t.label.zh for t in self._types)
        ctx.worker.run(self, lambda: initials_of(names), self._know)

    def _show_problems(self, session: Session) -> None:
        """Name the packs that are disabled, so that nobody searches for them."""
        broken = session.library.problems
        for problem in (p for p in broken if not isinstance(p, TemplateError)):
            self.add_text(self.ctx.say(f"已停用：{problem}", f"disabled: {problem}"), "warning")

    def _know(self, initials: Mapping[str, str]) -> None:
        self._initials = initials
        self._narrow()

    def _narrow(self) -> None:
        wanted = self.filter.text().strip().lower()
        self.list.clear()
        for case_type in self._types:
            if self._matches(case_type, wanted):
                item = QListWidgetItem(f"{self.ctx.text(case_type.label)}　{case_type.code}")
                item.setData(Qt.ItemDataRole.UserRole, case_type.id)
                self.list.addItem(item)
        self.list.setCurrentRow(0)
        self.confirm.setEnabled(self.list.count() > 0)

    def _matches(self, case_type: CaseType, wanted: str) -> bool:
        label = case_type.label
        names = (label.zh, label.en.lower(), case_type.code.lower(), case_type.id)
        return any(wanted in name for name in (*names, self._initials.get(label.zh, "")))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The arrow keys walk along the list while the keyboard stays in the filter."""
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            step = _STEPS.get(Qt.Key(event.key()))
            if step is not None:
                row = self.list.currentRow() + step
                self.list.setCurrentRow(min(max(row, 0), self.list.count() - 1))
                return True
        return super().eventFilter(watched, event)

    def confirmed(self) -> None:
        item = self.list.currentItem()
        if item is not None:
            self.chosen.emit(item.data(Qt.ItemDataRole.UserRole))
            self.accept()
