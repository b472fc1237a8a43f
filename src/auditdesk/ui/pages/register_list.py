"""All rows of a register on a day: views with counts, search, table, the way in and out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from auditdesk.domain.declaration import Field, FieldKind
from auditdesk.operations import registers
from auditdesk.operations.register_print import Choice
from auditdesk.ui.base.context import named
from auditdesk.ui.forms.editors import DateEditor
from auditdesk.ui.forms.showing import date_or_none
from auditdesk.ui.models.registers import RegisterModel
from auditdesk.ui.pages.parts import button, flow, label
from auditdesk.ui.pages.register_table import RegisterTable
from auditdesk.util.clock import today
from auditdesk.util.label import Label

if TYPE_CHECKING:
    from datetime import date

    from auditdesk.domain.register import Register
    from auditdesk.operations.changes import Changes
    from auditdesk.operations.register_views import RegisterEntry
    from auditdesk.ui.base.session import Session

_PAUSE_MS = 120
_ALL = ""
_DAY = Field("day", Label("截至", "As of"), FieldKind.DATE)


class RegisterList(QWidget):
    """The table of a register and what narrows it.

    Signals: `opened` with a row's code; `new_wanted`; `import_wanted`; `export_wanted`;
    `print_wanted`.
    """

    opened = Signal(str)
    new_wanted = Signal()
    import_wanted = Signal()
    export_wanted = Signal()
    print_wanted = Signal()

    def __init__(self, session: Session, register: Register) -> None:
        super().__init__()
        self._session, self._ctx, self.register = session, session.ctx, register
        ctx = self._ctx
        self._stale, self._asked, self._wanted = True, 0, ""
        self._entries: tuple[RegisterEntry, ...] = ()
        self._view = _ALL
        self.day = today(ctx.clock)
        self.model = RegisterModel(ctx, register)
        self.table = RegisterTable(ctx, self.model, ctx.text(register.label))
        self.table.opened.connect(self.opened)
        self.views: dict[str, QPushButton] = {}
        self.count = label("", "muted", wrap=False)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self.refresh)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*(ctx.px(n) for n in (16, 12, 16, 12)))
        layout.setSpacing(ctx.px(8))
        layout.addWidget(self._head())
        layout.addWidget(self._filters())
        layout.addWidget(self.table, 1)
        session.changed.connect(self._heard)

    def _head(self) -> QWidget:
        say, ctx = self._ctx.say, self._ctx
        self.search = QLineEdit()
        self.search.setPlaceholderText(say("编码、名称、乡镇、责任人", "Code, name, town, officer"))
        self.search.setClearButtonEnabled(True)
        named(self.search, say("搜索台账", "Search the register"))
        self.search.textChanged.connect(lambda _: self._pause.start())
        self.search.returnPressed.connect(self.table.setFocus)
        self.day_editor = DateEditor(ctx, _DAY)
        self.day_editor.terse = True
        self.day_editor.set_value(self.day.isoformat())
        self.day_editor.changed.connect(self._day_changed)
        as_of = QLabel(ctx.text(_DAY.label))
        as_of.setBuddy(self.day_editor.focus_target())
        self.take_in = button(ctx, "folder-open", say("导入", "Import"), self.import_wanted.emit)
        self.hand_out = button(
            ctx, "file-spreadsheet", say("导出", "Export"), self.export_wanted.emit
        )
        self.on_paper = button(ctx, "printer", say("打印", "Print"), self.print_wanted.emit)
        self.new = button(ctx, "plus", say("新增", "New row"), self.new_wanted.emit, "primary")
        self.new.setToolTip("Ctrl+N")
        title = label(ctx.text(self.register.label), "title", wrap=False)
        title.setContentsMargins(0, 0, ctx.px(10), 0)
        self.search.setMinimumWidth(ctx.px(260))
        if self._session.user.role != "clerk" or self._session.read_only:
            self.new.hide()
            self.take_in.hide()
        day = QWidget()
        row = QHBoxLayout(day)
        row.setContentsMargins(ctx.px(8), 0, ctx.px(8), 0)
        row.addWidget(as_of)
        row.addWidget(self.day_editor)
        return flow(
            ctx, (title, self.search, day, self.take_in, self.hand_out, self.on_paper, self.new)
        )

    def _filters(self) -> QWidget:
        names = [(_ALL, Label("全部", "All"))]
        names += [(view.id, view.label) for view in self.register.views]
        made = [self._view_button(name, self._ctx.text(words)) for name, words in names]
        self._show_counts()
        return flow(self._ctx, (*made, self.count))

    def _view_button(self, name: str, text: str) -> QPushButton:
        made = QPushButton(text)
        made.setCheckable(True)
        made.setProperty("words", text)
        made.clicked.connect(lambda _: self.show_view(name))
        self.views[name] = made
        return made

    def seen(self) -> None:
        """The page came into view: read again what has changed meanwhile."""
        if self._stale:
            self.refresh()
        self.table.setFocus()

    def refresh(self) -> None:
        """Read the rows for the day and the words typed; an older answer is dropped."""
        self._stale = False
        self._asked += 1
        asked, day, text = self._asked, self.day, self.search.text().strip()
        name = self.register.id

        def take(found: tuple[RegisterEntry, ...]) -> None:
            if asked == self._asked:
                self._entries = found
                self._show()

        self._session.read(self, lambda desk: registers.entries(desk, name, day, text=text), take)

    def show_view(self, name: str) -> None:
        """Narrow the table to a view; the empty name shows all rows."""
        self._view = name
        self._show()

    def choice(self) -> Choice:
        """What is shown, as it would be printed: the rows, and their order."""
        column, descending = self.table.sorted_by()
        return Choice(
            day=self.day,
            view=self._view,
            text=self.search.text().strip(),
            sort=column,
            descending=descending,
        )

    def wish_for(self, code: str) -> None:
        """Put the selection on a row as soon as it is there."""
        self._wanted = code
        self.table.select(code)

    def _show(self) -> None:
        wanted = self._wanted
        shown = [e for e in self._entries if self._view == _ALL or self._view in e.views]
        self.model.show_entries(shown)
        self.table.select(wanted)
        self._show_counts()

    def _show_counts(self) -> None:
        for name, made in self.views.items():
            many = sum(name == _ALL or name in entry.views for entry in self._entries)
            made.setText(f"{made.property('words')} {many}")
            made.setChecked(name == self._view)
        unsearched = not self.search.text().strip()
        note = self._ctx.say("搜索结果中", "among the hits")
        self.count.setText("" if unsearched else note)

    def _day_changed(self) -> None:
        day: date | None = date_or_none(self.day_editor.value())
        wrong = self._ctx.say("不是日期", "no date")
        self.day_editor.set_problem("" if day else wrong)
        if day is not None and day != self.day:
            self.day = day
            self._pause.start()

    def _heard(self, changes: Changes, _origin: object) -> None:
        if self.register.id in changes.registers or changes.cases:
            self._stale = True
            if self.isVisible():
                self.refresh()
