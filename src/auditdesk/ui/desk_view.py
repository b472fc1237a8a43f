"""What a signed-in person sees: the narrow bar at the left and one page at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from auditdesk.domain.roles import ROLES
from auditdesk.operations import register_links
from auditdesk.operations.words import word
from auditdesk.ui.base.context import named
from auditdesk.ui.base.helping import explain
from auditdesk.ui.dialogs.export import ExportDialog
from auditdesk.ui.dialogs.guide import help_in_place
from auditdesk.ui.dialogs.new_case import NewCaseDialog
from auditdesk.ui.dialogs.replay import ReplayDialog
from auditdesk.ui.nav_bar import NavBar
from auditdesk.ui.pages.case_deeds import CaseDeeds
from auditdesk.ui.pages.case_page import CasePage
from auditdesk.ui.pages.clock_deeds import ClockDeeds
from auditdesk.ui.pages.desk_page import DeskPage
from auditdesk.ui.pages.document_deeds import DocumentDeeds
from auditdesk.ui.pages.figures_page import FiguresPage
from auditdesk.ui.pages.journal_page import JournalPage
from auditdesk.ui.pages.law_page import LawPage
from auditdesk.ui.pages.list_page import ListPage
from auditdesk.ui.pages.parts import Elided
from auditdesk.ui.pages.register_link import RegisterLinker
from auditdesk.ui.pages.register_page import RegisterPage
from auditdesk.ui.pages.settings_page import SettingsPage
from auditdesk.util.clock import today

if TYPE_CHECKING:
    from collections.abc import Callable

    from auditdesk.domain.case import CaseFile
    from auditdesk.operations.changes import Changes
    from auditdesk.store.records import CaseFilter
    from auditdesk.ui.base.session import Session

_TELL_MS = 8000
_SEEN = (*(DeskPage, ListPage, RegisterPage, FiguresPage, LawPage, JournalPage, SettingsPage),)


class DeskView(QWidget):
    """Nav bar, pages, and the line at the foot that says what was done.

    Signals: `sign_out_wanted`; `verify_wanted`; `taste_changed` with new preferences.
    """

    sign_out_wanted = Signal()
    verify_wanted = Signal()
    taste_changed = Signal(object)

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session, self._ctx = session, session.ctx
        self.desk_page = DeskPage(session)
        self.list_page = ListPage(session)
        self.case_page = CasePage(session)
        self.register_pages = {
            name: RegisterPage(session, law) for name, law in session.library.registers.items()
        }
        self.figures_page = FiguresPage(session)
        self.law_page = LawPage(session)
        self.journal_page = JournalPage(session)
        self.settings_page = SettingsPage(session)
        self.deeds = CaseDeeds(self.case_page)
        self.document_deeds = DocumentDeeds(self.case_page)
        self.clock_deeds = ClockDeeds(self.case_page, self.deeds)
        self.register_linker = RegisterLinker(self.case_page)
        self.pages = QStackedWidget()
        self.nav: dict[str, QToolButton] = {}
        self._before: QWidget = self.desk_page
        self._lay_out()
        self._wire()
        self._add_shortcuts()
        self.show_page("desk")

    def _named_pages(self) -> dict[str, tuple[str, str, QWidget]]:
        say, text = self._ctx.say, self._ctx.text
        known = self.session.library.registers
        kept = {
            f"register.{name}": (law.register.icon, text(law.register.label), page)
            for (name, page), law in zip(self.register_pages.items(), known.values(), strict=True)
        }
        return {
            "desk": ("layout-dashboard", say("工作台", "Desk"), self.desk_page),
            "cases": ("folders", say("案件", "Cases"), self.list_page),
            **kept,
            "figures": ("chart-bar", say("统计", "Figures"), self.figures_page),
            "law": ("scale", say("依据", "Law"), self.law_page),
            "journal": ("history", say("日志", "Journal"), self.journal_page),
            "settings": ("settings", say("设置", "Settings"), self.settings_page),
        }

    def _lay_out(self) -> None:
        for name, (_, _, page) in self._named_pages().items():
            explain(page, name.partition(".")[0])
            self.pages.addWidget(page)
        self.pages.addWidget(self.case_page)
        right = QVBoxLayout()
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(0)
        if self.session.profile.sample or self.session.read_only:
            right.addWidget(self._banner())
        right.addWidget(self.pages, 1)
        right.addWidget(self._foot())
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._nav_bar())
        layout.addLayout(right, 1)

    def _banner(self) -> QLabel:
        say = self._ctx.say
        words = []
        if self.session.profile.sample:
            words.append(
                say(
                    "样例单元，仅供练习，打印件均有“样例”字样",
                    "A sample office to practise in; all its papers are marked as samples",
                )
            )
        if self.session.read_only:
            words.append(say("只读介质，只能查看", "A read-only medium: nothing can be changed"))
        banner = QLabel(" · ".join(words))
        banner.setAlignment(Qt.AlignmentFlag.AlignCenter)
        banner.setProperty("look", "banner")
        return banner

    def _nav_bar(self) -> QFrame:
        ctx, say = self._ctx, self._ctx.say
        bar = NavBar()
        bar.setFixedWidth(ctx.px(84))
        column = QVBoxLayout(bar)
        column.setContentsMargins(*(ctx.px(n) for n in (4, 10, 4, 10)))
        column.setSpacing(ctx.px(4))
        for name, (icon, text, _) in self._named_pages().items():
            column.addWidget(self._page_button(name, icon, text))
        column.addStretch(1)
        verify = self._nav_button("shield-check", say("核验", "Verify"), self.verify_wanted.emit)
        guide = self._nav_button("help-circle", say("指南", "Guide"), self._help_in_place)
        leave = self._nav_button("logout", say("退出", "Sign out"), self._sign_out)
        for name, made in {"verify": verify, "guide": guide, "sign_out": leave}.items():
            self.nav[name] = made
            column.addWidget(made)
        return bar

    def _page_button(self, name: str, icon: str, text: str) -> QToolButton:
        made = self._nav_button(icon, text, lambda: self.go(name))
        made.setCheckable(True)
        self.nav[name] = made
        return made

    def _nav_button(self, icon: str, text: str, act: Callable[[], object]) -> QToolButton:
        made = QToolButton()
        made.setText(text)
        made.setIcon(self._ctx.icon(icon))
        made.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
        made.setProperty("look", "nav")
        made.setFixedWidth(self._ctx.px(76))
        made.setToolTip(text)
        made.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        named(made, text)
        made.clicked.connect(lambda _: act())
        return made

    def _foot(self) -> QFrame:
        foot = QFrame()
        foot.setProperty("look", "foot")
        self.told = Elided("small", grows=True)
        self.busy = QLabel()
        self.busy.setProperty("look", "small")
        user, profile = self.session.user, self.session.profile
        role = self._ctx.text(word(ROLES, user.role))
        who = QLabel(f"{profile.name} · {user.full_name} · {role}")
        who.setProperty("look", "small")
        row = QHBoxLayout(foot)
        row.setContentsMargins(*(self._ctx.px(n) for n in (12, 3, 12, 4)))
        row.addWidget(self.told, 1)
        row.addWidget(self.busy)
        row.addSpacing(self._ctx.px(12))
        row.addWidget(who)
        self._hush = QTimer(self)
        self._hush.setSingleShot(True)
        self._hush.setInterval(_TELL_MS)
        self._hush.timeout.connect(self.told.clear)
        return foot

    def _wire(self) -> None:
        for page in (self.desk_page, self.list_page):
            page.opened.connect(self.open_case)
            page.new_wanted.connect(self.ask_new)
        self.desk_page.follow_up_opened.connect(self.open_follow_up)
        self.list_page.export_wanted.connect(lambda: ExportDialog(self.session, self).open())
        self.list_page.batch_wanted.connect(self._ask_batch)
        self.law_page.replay_wanted.connect(lambda: ReplayDialog(self.session, self).open())
        for kept in self.register_pages.values():
            kept.case_wanted.connect(self.open_case)
            kept.begin_wanted.connect(self.begin_from)
        self.figures_page.list_wanted.connect(self.show_cases)
        self.figures_page.to_print.connect(self._print)
        self.deeds.left.connect(self._back)
        self.settings_page.taste_changed.connect(self.taste_changed)
        self.session.changed.connect(self._heard)
        self._ctx.worker.busy.connect(self._show_busy)
        clerk = self.session.user.role == "clerk" and not self.session.read_only
        self.list_page.new.setVisible(clerk)

    def _ask_batch(self, chosen: CaseFilter) -> None:
        from auditdesk.ui.dialogs.batch import BatchDialog  # noqa: PLC0415 – seldom wanted

        dialog = BatchDialog(self.session, self, chosen)
        dialog.to_print.connect(self._print)
        dialog.open()

    def _print(self, pdf: bytes, title: str) -> None:
        from auditdesk.ui.base.printing import PrintRun  # noqa: PLC0415 – loads QtPrintSupport

        PrintRun(self._ctx, self, pdf, title).ask(self, self.tell)

    def _add_shortcuts(self) -> None:
        for keys, act in (
            ("Ctrl+K", self.go_search),
            ("Ctrl+N", self.ask_new),
            ("Ctrl+S", self._save),
            ("Esc", self._escape),
            ("F1", self._help_in_place),
        ):
            QShortcut(QKeySequence(keys), self, act)
        for place, name in enumerate(self._named_pages(), start=1):
            shortcut = QShortcut(QKeySequence(f"Ctrl+{place}"), self)
            shortcut.activated.connect(self.nav[name].click)

    def show_page(self, name: str) -> None:
        """Show one of the named pages."""
        page = self._named_pages()[name][2]
        self._show(page)

    def _show(self, page: QWidget) -> None:
        self.pages.setCurrentWidget(page)
        for name, (_, _, own) in self._named_pages().items():
            self.nav[name].setChecked(
                own is page or (page is self.case_page and own is self._before)
            )
        if isinstance(page, _SEEN):
            page.seen()
        if isinstance(page, (DeskPage, ListPage, LawPage)):
            page.table.setFocus()

    def go(self, name: str) -> None:
        """Go to a page; a case with unsaved words is asked about first."""
        current = self.pages.currentWidget()
        if current is self.case_page:
            self._show(self.case_page)
            self.deeds.leave(lambda: self.show_page(name))
        elif isinstance(current, RegisterPage):
            current.leave(lambda: self._go_from(current, name))
        else:
            self.show_page(name)

    def _go_from(self, page: RegisterPage, name: str) -> None:
        page.show_list()
        self.show_page(name)

    def _remember(self) -> None:
        current = self.pages.currentWidget()
        if current is not None and current is not self.case_page:
            self._before = current

    def open_case(self, no: str) -> None:
        """Open a case."""
        self._remember()
        self.case_page.open_case(no)
        self._show(self.case_page)

    def open_follow_up(self, no: str) -> None:
        """Open a case where its follow-ups are."""
        self.open_case(no)
        self.case_page.show_follow_ups()

    def ask_new(self) -> None:
        """Ask for the type of a new case and begin it."""
        page = self._register
        if page is not None:
            page.begin_row()
            return
        if self.list_page.new.isHidden():
            return
        dialog = NewCaseDialog(self.session, self)
        dialog.chosen.connect(lambda name: self.deeds.leave(lambda: self._begin(name)))
        dialog.open()

    def _begin(self, case_type: str) -> None:
        self._remember()
        self.case_page.open_new(case_type)
        self._show(self.case_page)

    def begin_from(self, case_type: str, code: str) -> None:
        """Begin a case about a register's row, with what the case type takes from it."""
        day = today(self._ctx.clock)

        def begin(file: CaseFile) -> None:
            self._remember()
            self.case_page.open_new(case_type, file)
            self._show(self.case_page)

        self.session.read(
            self, lambda desk: register_links.begun(desk, case_type, code, day), begin
        )

    def show_cases(self, wanted: CaseFilter, words: str) -> None:
        """Show the list of the cases that a figure counts."""
        self.list_page.narrow(wanted, words)
        self.show_page("cases")

    def go_search(self) -> None:
        """Go to the search box."""

        def there() -> None:
            self.show_page("cases")
            self.list_page.search.setFocus()
            self.list_page.search.selectAll()

        self.leave(there)

    def _on_case(self) -> bool:
        return self.pages.currentWidget() is self.case_page

    @property
    def _register(self) -> RegisterPage | None:
        """The register that is shown, if one is."""
        shown = self.pages.currentWidget()
        return shown if isinstance(shown, RegisterPage) else None

    def _save(self) -> None:
        page = self._register
        if self._on_case():
            self.deeds.save()
        elif page is not None and page.on_row:
            page.row.save()

    def _escape(self) -> None:
        if self._on_case():
            self.deeds.leave(self._back)
        elif self._register is not None:
            self._register.escape()

    def _back(self) -> None:
        self._show(self._before)

    def _help_in_place(self) -> None:
        """The articles behind the finding or field that has the keyboard, else the guide."""
        shown = False
        if self._on_case():
            shown = self.deeds.help_in_place()
        elif self._register is not None and self._register.on_row:
            shown = self._register.row.help_in_place()
        if not shown:
            help_in_place(self._ctx, self)

    def leave(self, then: Callable[[], None]) -> None:
        """Do `then` once nothing unsaved is left."""
        if self._on_case():
            self.deeds.leave(then)
        elif self._register is not None:
            self._register.leave(then)
        else:
            then()

    def _sign_out(self) -> None:
        self.leave(self.sign_out_wanted.emit)

    def tell(self, sentence: str) -> None:
        """Say at the foot what was done."""
        self.told.setText(sentence)
        self._hush.start()

    def _heard(self, changes: Changes, _origin: object) -> None:
        self.tell(f"✓ {self._ctx.text(changes.summary)}")

    def _show_busy(self, busy: bool) -> None:
        self.busy.setText(self._ctx.say("正在处理……", "working …") if busy else "")
