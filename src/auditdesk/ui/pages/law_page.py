"""The regulations that cases are judged by: days, figures, articles, the rules that cite them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QSplitter,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from auditdesk.domain.declaration import Field, FieldKind
from auditdesk.regulations import lawbook
from auditdesk.regulations.law_words import STATES
from auditdesk.ui.base.context import named
from auditdesk.ui.base.lists import make_list
from auditdesk.ui.forms.editors import DateEditor
from auditdesk.ui.forms.showing import date_or_none
from auditdesk.ui.models.regulations import REGULATION_COLUMN, RegulationsModel
from auditdesk.ui.pages.parts import button, label
from auditdesk.ui.panels.law_notices import LawNotices
from auditdesk.ui.panels.regulation import RegulationPanel
from auditdesk.util.clock import today
from auditdesk.util.label import Label

if TYPE_CHECKING:
    from auditdesk.regulations.lawbook import Entry
    from auditdesk.ui.base.session import Session

_DAY = Field("day", Label("以这一天为准", "As of"), FieldKind.DATE)


class LawPage(QWidget):
    """List and filter at the left, one regulation at the right; notices above both."""

    replay_wanted = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session, self._ctx = session, session.ctx
        self._today = today(session.ctx.clock)
        self.model = RegulationsModel(self._ctx)
        self.table = self._make_table()
        self.panel = RegulationPanel(self._ctx)
        self.notices = LawNotices(self._ctx, session.library, self._today)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*(self._ctx.px(n) for n in (16, 12, 16, 12)))
        layout.addLayout(self._head())
        layout.addWidget(self.notices)
        layout.addLayout(self._filters())
        layout.addWidget(self._parts(), 1)
        self.refresh()

    def _head(self) -> QHBoxLayout:
        say = self._ctx.say
        row = QHBoxLayout()
        row.addWidget(label(say("依据", "Regulations"), "title", wrap=False))
        hint = say(
            "新依据放入办公单元目录下的 regulations 文件夹，重新登录后生效；已录入的案件不变。",
            "Put new files into the office's folder regulations and sign in again; "
            "cases entered before stay as they are.",
        )
        row.addWidget(label(hint, "muted"), 1)
        self.replay = button(
            self._ctx, "history", say("试算…", "Replay …"), self.replay_wanted.emit
        )
        # an administrator sees to no cases
        if self._session.user.role == "administrator":
            self.replay.hide()
        row.addWidget(self.replay)
        return row

    def _filters(self) -> QHBoxLayout:
        say, ctx = self._ctx.say, self._ctx
        self.search = QLineEdit()
        self.search.setPlaceholderText(
            say("文号、名称、条款要点、参数、规则", "Number, title, gist, figure, rule")
        )
        self.search.setClearButtonEnabled(True)
        named(self.search, say("查找依据", "Find a regulation"))
        self.search.textChanged.connect(lambda _: self.refresh())
        self.state = QComboBox()
        self.state.addItem(say("全部状态", "Any state"), None)
        for state, word in STATES.items():
            self.state.addItem(ctx.text(word), state)
        named(self.state, say("状态", "State"))
        self.state.currentIndexChanged.connect(lambda _: self.refresh())
        self.day = DateEditor(ctx, _DAY)
        self.day.set_value(self._today.isoformat())
        self.day.changed.connect(self.refresh)
        words = label(ctx.text(_DAY.label), wrap=False)
        words.setMinimumHeight(self.search.sizeHint().height())
        row = QHBoxLayout()
        row.addWidget(self.search, 1, Qt.AlignmentFlag.AlignTop)
        # the day of the week stands under its line and shall push nothing down
        for widget in (self.state, words, self.day):
            row.addWidget(widget, alignment=Qt.AlignmentFlag.AlignTop)
        return row

    def _make_table(self) -> QTableView:
        table = QTableView()
        table.setModel(self.model)
        table.setProperty("look", "spaced")
        table.setWordWrap(False)
        table.verticalHeader().setDefaultSectionSize(self._ctx.px(32))
        head = table.horizontalHeader()
        head.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        head.setMinimumSectionSize(self._ctx.px(64))
        head.setSectionResizeMode(REGULATION_COLUMN, QHeaderView.ResizeMode.Stretch)
        make_list(table, self._ctx.say("依据列表", "List of regulations"))
        table.selectionModel().currentRowChanged.connect(lambda now, _: self._show(now.row()))
        return table

    def _parts(self) -> QSplitter:
        parts = QSplitter(Qt.Orientation.Horizontal)
        parts.setChildrenCollapsible(False)
        parts.addWidget(self.table)
        parts.addWidget(self.panel)
        parts.setStretchFactor(0, 1)
        parts.setStretchFactor(1, 1)
        return parts

    def seen(self) -> None:
        """The page came into view; the law stays the same while somebody is signed in."""

    def refresh(self) -> None:
        """Show what the filters ask for, as of the day; the same regulation stays chosen."""
        day = date_or_none(self.day.value()) or self._today
        chosen, before = self.state.currentData(), self._chosen()
        listed = [
            entry
            for entry in lawbook.entries(self._session.library, day)
            if chosen in (None, entry.state) and self._matches(entry)
        ]
        self.model.show(listed)
        place = self.model.place_of(before) if before else None
        if listed:
            self.table.selectRow(place or 0)
        else:
            self.panel.show_entry(None)

    def _chosen(self) -> str | None:
        place = self.table.currentIndex().row()
        return self.model.entry(place).regulation.id if 0 <= place < self.model.rowCount() else None

    def _matches(self, entry: Entry) -> bool:
        wanted = self.search.text().split()
        regulation = entry.regulation
        labels = [regulation.title, regulation.short]
        labels += [a.gist for a in regulation.articles]
        labels += [p.label for p in regulation.parameters]
        labels += [use.rule.title for use in entry.uses]
        names = [regulation.id, regulation.number, *(use.rule.id for use in entry.uses)]
        text = "\n".join([*names, *(f"{x.zh}\n{x.en}" for x in labels)]).casefold()
        return all(word.casefold() in text for word in wanted)

    def _show(self, place: int) -> None:
        if 0 <= place < self.model.rowCount():
            self.panel.show_entry(self.model.entry(place))
