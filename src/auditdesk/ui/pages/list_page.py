"""All cases: search, filters, a list that goes on as long as one scrolls."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from auditdesk.domain.report import Verdict
from auditdesk.operations import cases
from auditdesk.store.records import CaseFilter
from auditdesk.ui.base.context import named
from auditdesk.ui.base.signs import sign_of_verdict
from auditdesk.ui.models.cases import CaseListModel
from auditdesk.ui.pages.case_table import CaseTable
from auditdesk.ui.pages.parts import button, flow, label
from auditdesk.util.label import Label

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from auditdesk.operations.changes import Changes
    from auditdesk.operations.views import CasePage
    from auditdesk.store.records import PageKey
    from auditdesk.ui.base.session import Session

_PAUSE_MS = 120
_STATUSES = (
    ("open", Label("办理中", "Open")),
    ("returned", Label("退回补正", "Returned")),
    ("refused", Label("不予批准", "Refused")),
    ("withdrawn", Label("已撤回", "Withdrawn")),
    ("closed", Label("已办结", "Closed")),
)
_SORTS = (
    ("due", Label("按期限", "By due day")),
    ("no", Label("按案号", "By number")),
    ("updated", Label("按最近更新", "By last change")),
)


class ListPage(QWidget):
    """Search box, filters, list, and the buttons for a new case and for the export."""

    opened = Signal(str)
    new_wanted = Signal()
    export_wanted = Signal()
    batch_wanted = Signal(object)

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session, self._ctx = session, session.ctx
        self._stale = True
        self._within = CaseFilter()
        self.model = CaseListModel(self._ctx)
        self.table = CaseTable(self._ctx, self.model)
        self.table.opened.connect(self.opened)
        self.search = QLineEdit()
        self.count = QLabel()
        self.count.setProperty("look", "muted")
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self.refresh)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*(self._ctx.px(n) for n in (16, 12, 16, 12)))
        layout.addWidget(self._head())
        layout.addWidget(self._filters())
        layout.addWidget(self._narrowed_bar())
        layout.addWidget(self.table, 1)
        session.changed.connect(self._heard)

    def _head(self) -> QWidget:
        say, ctx = self._ctx.say, self._ctx
        title = QLabel(say("案件", "Cases"))
        title.setProperty("look", "title")
        self.search.setPlaceholderText(
            say(
                "案号、申请人、对象、村居、地块、拼音首字母（Ctrl+K）",
                "Number, name, place, parcel (Ctrl+K)",
            )
        )
        self.search.setClearButtonEnabled(True)
        self.search.setMinimumWidth(ctx.px(300))
        named(self.search, say("搜索案件", "Search the cases"))
        self.search.textEdited.connect(lambda _: self._pause.start())
        self.search.returnPressed.connect(self.table.setFocus)
        self.new = QPushButton(ctx.icon("plus", ctx.colours.on_accent), say("新建案件", "New case"))
        self.new.setProperty("look", "primary")
        self.new.setToolTip("Ctrl+N")
        self.new.clicked.connect(self.new_wanted)
        self.export = QPushButton(ctx.icon("file-spreadsheet"), say("市级导出", "City export"))
        self.export.clicked.connect(self.export_wanted)
        self.batch = QPushButton(ctx.icon("signature"), say("批量文书", "Many documents"))
        self.batch.setToolTip(
            say("先选定一个事项，再批量签名或打印", "Choose a case type first, then sign or print")
        )
        self.batch.setEnabled(False)
        self.batch.clicked.connect(lambda: self.batch_wanted.emit(self.case_filter()))
        title.setContentsMargins(0, 0, ctx.px(10), 0)
        return flow(ctx, (title, self.search, self.batch, self.export, self.new))

    def _filters(self) -> QWidget:
        say, text = self._ctx.say, self._ctx.text
        types = [(t.id, text(t.label)) for t in self._session.library.case_types]
        self.case_type = self._combo(say("全部事项", "All case types"), types)
        self.stage = self._combo(say("全部环节", "All stages"), [])
        self.status = self._combo(say("全部状态", "Any status"), _labelled(text, _STATUSES))
        words = [(str(v), text(sign_of_verdict(v).word)) for v in Verdict]
        self.verdict = self._combo(say("全部结论", "Any verdict"), words)
        self.sort = self._combo("", _labelled(text, _SORTS))
        named(self.sort, say("排序", "Order"))
        self.mine = QCheckBox(say("我录入的", "Entered by me"))
        self.mine.toggled.connect(lambda _: self.refresh())
        self.case_type.currentIndexChanged.connect(self._offer_stages)
        for combo in (self.case_type, self.stage, self.status, self.verdict, self.sort):
            combo.currentIndexChanged.connect(lambda _: self.refresh())
        across = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        self.count.setAlignment(across)
        self.count.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._offer_stages()
        chosen = (self.case_type, self.stage, self.status, self.verdict, self.mine)
        return flow(self._ctx, (*chosen, self.count, self.sort))

    def _narrowed_bar(self) -> QWidget:
        """Which figure's cases these are, and the way back to all."""
        self.narrowed_to = label("", "muted")
        self.widen = button(
            self._ctx, "circle-x", self._ctx.say("显示全部", "Show all"), self._widen
        )
        self._narrowed = QWidget()
        row = QHBoxLayout(self._narrowed)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.narrowed_to, 1)
        row.addWidget(self.widen)
        self._narrowed.hide()
        return self._narrowed

    def narrow(self, wanted: CaseFilter, words: str) -> None:
        """Show exactly these cases; search and filters narrow them further."""
        self._within = wanted
        self.search.clear()
        for widget in (self.case_type, self.stage, self.status, self.verdict, self.mine):
            widget.blockSignals(True)
        for combo in (self.case_type, self.stage, self.status, self.verdict):
            combo.setCurrentIndex(0)
        self.case_type.setCurrentIndex(max(self.case_type.findData(wanted.case_type), 0))
        self.mine.setChecked(False)
        for widget in (self.case_type, self.stage, self.status, self.verdict, self.mine):
            widget.blockSignals(False)
        self.case_type.setEnabled(wanted.case_type is None)
        self._offer_stages()
        self.narrowed_to.setText(words)
        self._narrowed.show()
        self.refresh()

    def _widen(self) -> None:
        self._within = CaseFilter()
        self.case_type.setEnabled(True)
        self._narrowed.hide()
        self.refresh()

    def _combo(self, every: str, choices: Iterable[tuple[str, str]]) -> QComboBox:
        combo = QComboBox()
        if every:
            combo.addItem(every, None)
            named(combo, every)
        for value, words in choices:
            combo.addItem(words, value)
        return combo

    def _offer_stages(self) -> None:
        """The stages of the case type that is chosen; without one there is nothing to choose."""
        chosen = self.case_type.currentData()
        self.stage.blockSignals(True)
        while self.stage.count() > 1:
            self.stage.removeItem(1)
        if chosen is not None:
            for stage in self._session.library.law(chosen).case_type.stages:
                self.stage.addItem(self._ctx.text(stage.label), stage.id)
        self.stage.blockSignals(False)
        self.stage.setEnabled(chosen is not None)
        self.batch.setEnabled(chosen is not None)

    def case_filter(self) -> CaseFilter:
        """What the filters ask for, within the cases of a figure where there is one."""
        return replace(
            self._within,
            case_type=self.case_type.currentData() or self._within.case_type,
            stage=self.stage.currentData(),
            status=self.status.currentData(),
            verdict=self.verdict.currentData(),
            created_by=self._session.user.name if self.mine.isChecked() else None,
        )

    def refresh(self) -> None:
        """Read the list from its beginning."""
        self._stale = False
        chosen, text, sort = self.case_filter(), self.search.text().strip(), self.sort.currentData()

        def fetch(after: PageKey | None, take: Callable[[CasePage], None]) -> None:
            if text:
                self._session.read(self, lambda desk: cases.search(desk, text, chosen), take)
            else:
                self._session.read(
                    self, lambda desk: cases.page(desk, chosen, sort=sort, after=after), take
                )

        self.model.show(fetch)
        if text:
            self.count.setText("")
        else:
            self._session.read(self, lambda desk: cases.count(desk, chosen), self._show_count)

    def _show_count(self, count: int) -> None:
        self.count.setText(self._ctx.say(f"共 {count:,} 件", f"{count:,} cases"))

    def seen(self) -> None:
        """The page came into view: read again what changed meanwhile."""
        if self._stale:
            self.refresh()

    def _heard(self, changes: Changes, _origin: object) -> None:
        # another calendar changes the days left of every case
        if changes.cases or changes.settings:
            self._stale = True
            if self.isVisible():
                self.refresh()


def _labelled(
    text: Callable[[Label], str], choices: Iterable[tuple[str, Label]]
) -> list[tuple[str, str]]:
    return [(value, text(label)) for value, label in choices]
