"""What can be done with a case's documents: look, sign, keep as a file, print."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from auditdesk.operations import cases, documents
from auditdesk.ui.base.files import ask_pdf, write_file
from auditdesk.ui.dialogs.base import FaultDialog, Question
from auditdesk.ui.dialogs.scan import ScanDialog
from auditdesk.ui.dialogs.signing import SigningDialog
from auditdesk.util.faults import Fault

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from auditdesk.operations.changes import Changes
    from auditdesk.operations.desk import Desk
    from auditdesk.operations.documents import SigningKey
    from auditdesk.operations.views import CaseView, DocumentOffer
    from auditdesk.store.records import IssuedDocument
    from auditdesk.ui.pages.case_page import CasePage

_APPROVED = "approved"


class DocumentDeeds(QObject):
    """The deeds of the documents panel of one case page."""

    def __init__(self, page: CasePage) -> None:
        super().__init__(page)
        self._page, self._ctx, self._session = page, page.ctx, page.session
        page.documents.wanted.connect(self.do)
        page.shown.connect(self._show_paper)

    def do(self, act: str, offer: DocumentOffer) -> None:
        """Do what a button of a document's card stands for."""
        deeds: dict[str, Callable[[DocumentOffer], None]] = {
            "preview": self.look,
            "look": self.look,
            "keep": self.keep,
            "print": self.print_out,
            "certify": self.sign,
            "countersign": self.sign,
        }
        deeds[act](offer)

    def _view(self) -> CaseView | None:
        return self._page.draft.view if self._page.draft else None

    def _fetch(self, offer: DocumentOffer, take: Callable[[bytes], None]) -> None:
        """The kept bytes of the document, or what it would be if it were frozen now."""
        view, issued = self._view(), offer.issued
        if view is None:
            return
        no, kind = view.no, offer.kind.id

        def work(desk: Desk) -> bytes:
            if issued is None:
                return documents.preview(desk, no, kind)
            return documents.content(desk, issued.id)

        self._session.read(self._page, work, take, self._failed)

    def _failed(self, error: Exception) -> None:
        if not isinstance(error, Fault):
            raise error
        FaultDialog(self._ctx, self._page, error).open()

    def look(self, offer: DocumentOffer) -> None:
        """Show the document; beside the case where there is room, else in a window."""
        title = self._title(offer)
        if self._page.paper.isVisible():
            self._fetch(offer, lambda pdf: self._page.paper.show_pdf(pdf, title))
        else:
            self._fetch(offer, lambda pdf: ScanDialog(self._ctx, self._page, title, pdf).open())

    def _title(self, offer: DocumentOffer) -> str:
        label = self._ctx.text(offer.kind.label)
        if offer.issued is None:
            return self._ctx.say(f"{label}（预览）", f"{label} (preview)")
        return f"{label} {offer.issued.number}"

    def _show_paper(self) -> None:
        """Beside a case that is only read stands the paper that a decision would issue."""
        view, paper = self._view(), self._page.paper
        if view is None or self._page.form is not None:
            return
        offer = next((o for o in view.documents if o.kind.after == _APPROVED), None)
        if offer is None:
            paper.show_words(self._ctx.say("本案没有文书。", "This case has no documents."))
            return
        title, no = self._title(offer), view.no

        def failed(error: Exception) -> None:
            if not isinstance(error, Fault):
                raise error
            paper.show_fault(error)

        def take(pdf: bytes) -> None:
            now = self._view()
            if now is not None and now.no == no:
                paper.show_pdf(pdf, title)

        issued, kind = offer.issued, offer.kind.id
        self._session.read(
            self._page,
            lambda desk: (
                documents.content(desk, issued.id) if issued else documents.preview(desk, no, kind)
            ),
            take,
            failed,
        )

    def sign(self, offer: DocumentOffer) -> None:
        """Ask for the certificate's password and sign."""
        view = self._view()
        if view is None:
            return
        dialog = SigningDialog(self._ctx, self._page, self._question(offer, view))
        dialog.given.connect(lambda key: self._sign(dialog, offer, view.no, key))
        dialog.open()

    def _question(self, offer: DocumentOffer, view: CaseView) -> Question:
        say, label = self._ctx.say, self._ctx.text(offer.kind.label)
        if offer.next_step == "countersign" and offer.issued is not None:
            number = offer.issued.number
            return Question(
                say(f"复签 {label}", f"Countersign: {label}"),
                say(
                    f"{number}（案件 {view.no}）由您复签后即签发，此后任何改动都会使签名失效。",
                    f"{number} (case {view.no}) is issued with your signature; "
                    "any later change breaks it.",
                ),
                say("复签并签发", "Sign and issue"),
            )
        return Question(
            say(f"签名 {label}", f"Sign: {label}"),
            say(
                f"案件 {view.no} 的{label}将取得文号并定稿，由您签名；文号不能收回，内容不能再改。",
                f"The document of case {view.no} gets its number, is frozen as it stands and "
                "signed by you; neither can be taken back.",
            ),
            say("编号并签名", "Number and sign"),
        )

    def _sign(self, dialog: SigningDialog, offer: DocumentOffer, no: str, key: SigningKey) -> None:
        work = documents.countersign if offer.next_step == "countersign" else documents.certify
        kind = offer.kind.id

        def sign(desk: Desk) -> tuple[IssuedDocument, CaseView, Changes]:
            document, _, changes = work(desk, no, kind, key)
            return document, cases.view(desk, no), changes

        def done(answer: tuple[IssuedDocument, CaseView, Changes]) -> None:
            dialog.accept()
            view = self._view()
            if view is not None and view.no == no:
                self._page.show_case(answer[1])

        self._session.change(self._page, sign, done, dialog.failed)

    def keep(self, offer: DocumentOffer) -> None:
        """Ask where the document is to be kept as a file, and write it there."""
        say, issued = self._ctx.say, offer.issued
        if issued is None:
            return
        title = say("另存文书", "Save the document as")
        ask_pdf(self._page, title, f"{issued.number}.pdf", lambda path: self._keep(issued.id, path))

    def _keep(self, document_id: int, path: Path) -> None:
        say = self._ctx.say

        def write(desk: Desk) -> None:
            write_file(path, documents.content(desk, document_id))

        def told(_: None) -> None:
            self._ctx.tell(say(f"已存到 {path}", f"Saved to {path}"))

        self._session.read(self._page, write, told, self._failed)

    def print_out(self, offer: DocumentOffer) -> None:
        """Print the document through the system's dialog."""
        title = self._title(offer)

        def ask(pdf: bytes) -> None:
            from auditdesk.ui.base.printing import PrintRun  # noqa: PLC0415 – loads QtPrintSupport

            PrintRun(self._ctx, self._page, pdf, title).ask(self._page, self._ctx.tell)

        self._fetch(offer, ask)
