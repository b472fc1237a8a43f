"""The documents of a case: preview, sign, keep as a file, print."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from auditdesk.operations.words import DOCUMENT_STATES
from auditdesk.ui.base.context import named
from auditdesk.ui.panels.cards import CardColumn
from auditdesk.util.label import Label

if TYPE_CHECKING:
    from auditdesk.operations.views import DocumentOffer
    from auditdesk.ui.base.context import Context

_NOT_YET = Label("尚未编号", "no number yet")
_STEPS = {
    "certify": Label("编号并签名", "Number and sign"),
    "countersign": Label("复签", "Countersign"),
}


class DocumentCard(QFrame):
    """One kind of document and its next step."""

    wanted = Signal(str, object)

    def __init__(self, ctx: Context, offer: DocumentOffer) -> None:
        super().__init__()
        self._ctx, self._offer = ctx, offer
        self.setProperty("look", "card")
        self.buttons: dict[str, QPushButton] = {}
        name = QLabel(ctx.text(offer.kind.label))
        name.setStyleSheet("font-weight: bold;")
        state = QLabel(self._state())
        state.setProperty("look", "small")
        state.setWordWrap(True)
        layout = QGridLayout(self)
        layout.setContentsMargins(*(ctx.px(n) for n in (10, 7, 10, 8)))
        layout.setVerticalSpacing(ctx.px(3))
        layout.addWidget(name, 0, 0)
        layout.addWidget(state, 1, 0)
        layout.addLayout(self._make_buttons(), 0, 1, 2, 1)
        layout.setColumnStretch(0, 1)
        told = [f"! {ctx.text(one)}" for one in offer.unstamped]
        if offer.why_not is not None and offer.next_step:
            told.append(ctx.text(offer.why_not))
        for row, text in enumerate(told, 2):
            why = QLabel(text)
            why.setWordWrap(True)
            why.setProperty("look", "small")
            layout.addWidget(why, row, 0, 1, 2)

    def _state(self) -> str:
        issued = self._offer.issued
        if issued is None:
            return self._ctx.text(_NOT_YET)
        return f"{issued.number} · {self._ctx.text(DOCUMENT_STATES[issued.state])}"

    def _make_buttons(self) -> QHBoxLayout:
        say, offer = self._ctx.say, self._offer
        row = QHBoxLayout()
        row.setSpacing(self._ctx.px(6))
        if offer.issued is None:
            row.addWidget(self._button("preview", "file-search", say("预览", "Preview")))
        else:
            row.addWidget(self._button("look", "file-search", say("查看", "View")))
            row.addWidget(self._button("keep", "download", say("另存", "Save")))
            row.addWidget(self._button("print", "printer", say("打印", "Print")))
        if offer.next_step in _STEPS:
            step = self._button(
                offer.next_step, "signature", self._ctx.text(_STEPS[offer.next_step])
            )
            step.setEnabled(offer.enabled)
            if offer.why_not is not None:
                step.setToolTip(self._ctx.text(offer.why_not))
                step.setAccessibleDescription(self._ctx.text(offer.why_not))
            row.addWidget(step)
        return row

    def _button(self, act: str, icon: str, text: str) -> QPushButton:
        button = QPushButton(self._ctx.icon(icon, self._ctx.colours.muted), text)
        named(button, f"{self._ctx.text(self._offer.kind.label)} {text}")
        button.clicked.connect(lambda _: self.wanted.emit(act, self._offer))
        self.buttons[act] = button
        return button


class DocumentsPanel(QWidget):
    """All documents of the case; `wanted` names the act and the document."""

    wanted = Signal(str, object)

    def __init__(self, ctx: Context) -> None:
        super().__init__()
        self._ctx = ctx
        self.cards: dict[str, DocumentCard] = {}
        self._column = CardColumn(ctx)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._column)

    def show_offers(self, offers: tuple[DocumentOffer, ...]) -> None:
        """Show the documents and what can be done with each."""
        # what waits for a step, or can be fetched, stands before what its time has not come for
        urgent = sorted(offers, key=lambda offer: not offer.next_step)
        self.cards = {offer.kind.id: DocumentCard(self._ctx, offer) for offer in urgent}
        for card in self.cards.values():
            card.wanted.connect(self.wanted)
        self._column.show_cards(self.cards.values())
