"""What can be done with a case's clocks: look how they were counted, pause, extend, take back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject

from auditdesk.operations import clock_sheets, pauses
from auditdesk.ui.base.files import ask_pdf, write_file
from auditdesk.ui.dialogs.base import FaultDialog, Question
from auditdesk.ui.dialogs.clocks import DerivationDialog, PauseDialog, ResumeDialog
from auditdesk.ui.dialogs.decisions import ReasonsDialog
from auditdesk.ui.dialogs.scan import ScanDialog
from auditdesk.util.clock import today
from auditdesk.util.faults import Fault

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date
    from pathlib import Path

    from auditdesk.operations.changes import Changes
    from auditdesk.operations.clock_views import ClockView, ExtensionView, PauseView
    from auditdesk.operations.desk import Desk
    from auditdesk.operations.reviews import Reasons
    from auditdesk.operations.views import CaseView
    from auditdesk.ui.dialogs.base import Dialog
    from auditdesk.ui.pages.case_deeds import CaseDeeds
    from auditdesk.ui.pages.case_page import CasePage

    Work = Callable[[Desk], tuple[CaseView, Changes]]


class ClockDeeds(QObject):
    """The deeds of the clock panel of one case page; what is typed is saved first."""

    def __init__(self, page: CasePage, deeds: CaseDeeds) -> None:
        super().__init__(page)
        self._page, self._deeds = page, deeds
        self._ctx, self._session = page.ctx, page.session
        page.clocks.wanted.connect(self.do)

    def do(self, deed: str, about: Any) -> None:
        """Do what a button of the panel stands for."""
        deeds: dict[str, Callable[[], None]] = {
            "explain": lambda: self.explain(about),
            "print": self.look,
            "pause": lambda: self._deeds.save(self.pause),
            "resume": lambda: self._deeds.save(lambda: self.resume(about)),
            "revoke": lambda: self._deeds.save(lambda: self.revoke_pause(about)),
            "extend": lambda: self._deeds.save(lambda: self.extend(about)),
            "unextend": lambda: self._deeds.save(lambda: self.revoke_extension(about)),
        }
        deeds[deed]()

    def _no(self) -> str:
        view = self._page.draft.view if self._page.draft else None
        return view.no if view else ""

    def explain(self, clock: ClockView) -> None:
        """Show how a period was counted."""
        dialog = DerivationDialog(self._ctx, self._page, clock)
        no = self._no()
        title = f"{no} {self._ctx.text(clock.label)}"
        dialog.keep_wanted.connect(lambda: self._keep(no, clock.id, title))
        dialog.print_wanted.connect(lambda: self._print(no, clock.id, title))
        dialog.open()

    def look(self) -> None:
        """Show all periods as they would be on paper."""
        no = self._no()
        title = self._ctx.say(f"{no} 期限计算单", f"{no}: how the periods were counted")
        self._fetch(no, "", lambda pdf: ScanDialog(self._ctx, self._page, title, pdf).open())

    def _fetch(self, no: str, clock: str, take: Callable[[bytes], None]) -> None:
        self._session.read(
            self._page, lambda desk: clock_sheets.printed(desk, no, clock), take, self._failed
        )

    def _failed(self, error: Exception) -> None:
        if not isinstance(error, Fault):
            raise error
        FaultDialog(self._ctx, self._page, error).open()

    def _keep(self, no: str, clock: str, title: str) -> None:
        say = self._ctx.say

        def take(path: Path) -> None:
            def write(desk: Desk) -> None:
                write_file(path, clock_sheets.printed(desk, no, clock))

            told = say(f"已存到 {path}", f"Saved to {path}")
            self._session.read(self._page, write, lambda _: self._ctx.tell(told), self._failed)

        ask_pdf(self._page, say("存为 PDF", "Save as PDF"), f"{title}.pdf", take)

    def _print(self, no: str, clock: str, title: str) -> None:
        def ask(pdf: bytes) -> None:
            from auditdesk.ui.base.printing import PrintRun  # noqa: PLC0415 – loads QtPrintSupport

            PrintRun(self._ctx, self._page, pdf, title).ask(self._page, self._ctx.tell)

        self._fetch(no, clock, ask)

    def pause(self) -> None:
        """Ask on which ground the periods stand still, and record it."""
        view = self._page.draft.view if self._page.draft else None
        if view is None:
            return
        dialog = PauseDialog(self._ctx, self._page, view.clocks, today(self._ctx.clock))
        no = view.no

        def given(ground: str, first: date | None, last: date | None, reason: str) -> None:
            self._write(
                dialog,
                lambda desk: pauses.pause(desk, no, ground, reason, first=first, last=last),
            )

        dialog.given.connect(given)
        dialog.open()

    def resume(self, view: PauseView) -> None:
        """Ask until which day a pause lasted, and record it."""
        dialog = ResumeDialog(self._ctx, self._page, view, today(self._ctx.clock))
        no, number = self._no(), view.pause.id or 0

        def given(last: date | None, reason: str) -> None:
            self._write(dialog, lambda desk: pauses.end(desk, no, number, reason, last=last))

        dialog.given.connect(given)
        dialog.open()

    def _write(self, dialog: Dialog, work: Work) -> None:
        """Write while the dialog stays open; it says what is wrong, and closes when it is done."""
        page, draft = self._page, self._page.draft

        def done(answer: tuple[CaseView, Changes]) -> None:
            dialog.accept()
            self._ctx.tell(self._ctx.text(answer[1].summary))
            if page.draft is draft:
                page.show_case(answer[0])

        self._session.change(page, work, done, dialog.failed)

    def extend(self, clock: ClockView) -> None:
        """Ask why a period is extended, and record it."""
        say, no = self._ctx.say, self._no()
        length = self._ctx.text(clock.extension.length) if clock.extension else ""
        name = self._ctx.text(clock.label)
        self._ask(
            Question(
                say(f"延长：{name}", f"Extend: {name}"),
                say(
                    f"依法延长 {length}，只能一次；理由须告知申请人。",
                    f"The period is extended by {length}, once; the applicant is told why.",
                ),
                say("延长", "Extend"),
            ),
            lambda desk, reason: pauses.extend(desk, no, clock.clock.id, reason),
        )

    def revoke_pause(self, view: PauseView) -> None:
        """Ask why a pause is taken back."""
        self._revoke(self._ctx.text(view.ground), view.pause.id)

    def revoke_extension(self, extension: ExtensionView) -> None:
        """Ask why an extension is taken back."""
        self._revoke(self._ctx.say("延长", "Extension"), extension.id)

    def _revoke(self, name: str, number: int | None) -> None:
        say, no = self._ctx.say, self._no()
        self._ask(
            Question(
                say(f"撤回：{name}", f"Take back: {name}"),
                say(
                    "这些日子照常计算；原来的记录和撤回的理由都保留。",
                    "The days count as if it had not been; both records stay, with your reason.",
                ),
                say("撤回", "Take back"),
            ),
            lambda desk, reason: pauses.revoke(desk, no, number or 0, reason),
        )

    def _ask(
        self, question: Question, work: Callable[[Desk, str], tuple[CaseView, Changes]]
    ) -> None:
        dialog = ReasonsDialog(self._ctx, self._page, question)

        def decided(reasons: Reasons) -> None:
            self._deeds.write(lambda desk: work(desk, reasons.text))

        dialog.decided.connect(decided)
        dialog.open()
