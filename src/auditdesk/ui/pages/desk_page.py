"""The first page after signing in: what waits for this person, most urgent first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from auditdesk.domain.declaration import StageKind
from auditdesk.operations import cases
from auditdesk.operations.views import CasePage
from auditdesk.store.records import CaseFilter
from auditdesk.ui.models.cases import CaseListModel
from auditdesk.ui.pages.case_table import CaseTable
from auditdesk.ui.pages.follow_up_section import FollowUpSection
from auditdesk.ui.pages.parts import button, flow, label
from auditdesk.ui.panels.law_notices import LawNotices
from auditdesk.util.clock import today

if TYPE_CHECKING:
    from PySide6.QtWidgets import QPushButton

    from auditdesk.operations.changes import Changes
    from auditdesk.operations.desk import Desk
    from auditdesk.operations.views import CaseRow
    from auditdesk.ui.base.session import Session

_SHOWN = 200
_SOON = 5


class DeskPage(QWidget):
    """Groups of cases that can be chosen, and the list of the group chosen."""

    opened = Signal(str)
    follow_up_opened = Signal(str)
    new_wanted = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session, self._ctx = session, session.ctx
        self._stale = True
        self._groups: dict[str, tuple[CaseRow, ...]] = {}
        self._group = "all"
        self.model = CaseListModel(self._ctx)
        self.table = CaseTable(self._ctx, self.model)
        self.table.opened.connect(self.opened)
        self.follow_ups = FollowUpSection(session)
        self.follow_ups.opened.connect(self.follow_up_opened)
        self.tiles: dict[str, QPushButton] = {}
        self.empty = label("", "muted")
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*(self._ctx.px(n) for n in (16, 12, 16, 12)))
        layout.addLayout(self._head())
        self.notices = LawNotices(self._ctx, session.library, today(self._ctx.clock))
        layout.addWidget(self.notices)
        layout.addWidget(self._tiles())
        layout.addWidget(self.table, 3)
        layout.addWidget(self.empty, 3)
        layout.addWidget(self.follow_ups, 2)
        session.changed.connect(self._heard)

    def _head(self) -> QHBoxLayout:
        ctx, say, user = self._ctx, self._ctx.say, self._session.user
        day = today(ctx.clock).isoformat()
        row = QHBoxLayout()
        row.addWidget(
            label(
                say(f"{user.full_name}，今日待办", f"{user.full_name}: to do today"),
                "title",
                wrap=False,
            )
        )
        row.addWidget(QLabel(day), 1)
        self.new = button(ctx, "plus", say("新建案件", "New case"), self.new_wanted.emit, "primary")
        row.addWidget(self.new)
        # hidden, never shown, here: without a parent yet it would flash as a window of its own
        if user.role != "clerk" or self._session.read_only:
            self.new.hide()
        return row

    def _tiles(self) -> QWidget:
        say = self._ctx.say
        names = (
            ("all", say("全部待办", "All")),
            ("returned", say("退回补正", "Returned")),
            ("overdue", say("已逾期", "Overdue")),
            ("soon", say("五个工作日内到期", "Due in five working days")),
        )
        return flow(self._ctx, [self._tile(group, name) for group, name in names])

    def _tile(self, group: str, name: str) -> QPushButton:
        tile = button(self._ctx, "", name, lambda: self.choose(group))
        tile.setCheckable(True)
        tile.setProperty("words", name)
        self.tiles[group] = tile
        return tile

    def seen(self) -> None:
        """The page came into view: read again what changed meanwhile."""
        if self._stale:
            self.refresh()

    def refresh(self) -> None:
        """Read what waits for this person."""
        self._stale = False
        self._session.read(self, self._waiting, self._show)
        self.follow_ups.refresh()

    def _waiting(self, desk: Desk) -> tuple[CaseRow, ...]:
        """The cases that wait for the signed-in person; on the worker thread."""
        user = self._session.user
        mine = user.name if user.role == "clerk" else None
        rows: list[CaseRow] = []
        for status in ("returned", "open"):
            chosen = CaseFilter(status=status, created_by=mine)
            rows += cases.page(desk, chosen, sort="due", limit=_SHOWN).rows
        return tuple(row for row in rows if mine or self._is_for_reviewers(row))

    def _is_for_reviewers(self, row: CaseRow) -> bool:
        law = self._session.library.laws.get(row.case_type)
        stages = law.case_type.stages if law else ()
        kinds = {stage.id: stage.kind for stage in stages}
        return kinds.get(row.stage) in (StageKind.REVIEW, StageKind.DECISION)

    def _show(self, rows: tuple[CaseRow, ...]) -> None:
        left = [(row, row.days_left) for row in rows]
        self._groups = {
            "all": rows,
            "returned": tuple(row for row in rows if row.status == "returned"),
            "overdue": tuple(r for r, days in left if days is not None and days < 0),
            "soon": tuple(r for r, days in left if days is not None and 0 <= days <= _SOON),
        }
        for group, tile in self.tiles.items():
            tile.setText(f"{tile.property('words')}  {len(self._groups[group])}")
        self.choose(self._group)

    def choose(self, group: str) -> None:
        """Show one group."""
        self._group = group
        for name, tile in self.tiles.items():
            tile.setChecked(name == group)
        rows = self._groups.get(group, ())
        self.model.show(lambda _after, take: take(CasePage(rows, None)))
        self.table.setVisible(bool(rows))
        self.empty.setVisible(not rows)
        self.empty.setText(self._ctx.say("这里没有等着您的案件。", "Nothing waits for you here."))

    def _heard(self, changes: Changes, _origin: object) -> None:
        # another calendar changes the days left of every case
        if changes.cases or changes.settings:
            self._stale = True
            if self.isVisible():
                self.refresh()
