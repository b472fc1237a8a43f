"""Many documents at once: which wait for a signature, signing them, printing them.

Each document is an operation of its own, with its own number and entry in the journal: what
was done when somebody cancels, or a document cannot be made, stays done.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from auditdesk.operations import numbering, papers
from auditdesk.operations.changes import Changes
from auditdesk.operations.checkpoints import checkpoint_text
from auditdesk.operations.situation import situation
from auditdesk.util.faults import Fault, OfficeFaultError, UnusableInputError
from auditdesk.util.label import Label
from auditdesk.util.progress import CancelledError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from concurrent.futures import Future

    from auditdesk.documents.signing import Signer
    from auditdesk.documents.workshop import Workshop
    from auditdesk.domain.declaration import DocumentKind
    from auditdesk.operations.desk import Desk
    from auditdesk.operations.documents import SigningKey
    from auditdesk.operations.papers import Paper
    from auditdesk.operations.situation import Situation
    from auditdesk.store.records import CaseFilter, IssuedDocument
    from auditdesk.util.progress import Progress

MOST = 5000  # cases that a batch looks through
_PAGE = 500
AHEAD = 6  # documents that the second process lays out before the first has kept one


@dataclass(frozen=True, slots=True)
class Waiting:
    """A document that the person at the desk could sign now."""

    no: str
    title: str
    kind: DocumentKind
    step: str


@dataclass(slots=True)
class BatchReport:
    """How a batch ended.

    Attributes:
        wanted: how many documents were asked for.
        done: those that were signed, in order.
        failed: case numbers and why nothing was done there.
        unstamped: of those that were signed, the numbers without a time stamp, and why.
        cancelled: the person stopped it; what is in neither list was not begun.
        stopped: what made it stop, as a full disk; None: nothing did.
    """

    wanted: int
    done: list[IssuedDocument] = field(default_factory=list)
    failed: list[tuple[str, Label]] = field(default_factory=list)
    unstamped: list[tuple[str, Label]] = field(default_factory=list)
    cancelled: bool = False
    stopped: Label | None = None

    @property
    def untouched(self) -> int:
        """How many were not begun."""
        return self.wanted - len(self.done) - len(self.failed)


def numbers(desk: Desk, case_filter: CaseFilter, most: int = MOST) -> tuple[str, ...]:
    """The numbers of the cases that a list with this filter shows, at most so many."""
    found: list[str] = []
    after = None
    while len(found) < most:
        page = desk.office.cases.page(case_filter, sort="no", after=after, limit=_PAGE)
        found += [row.no for row in page.rows]
        after = page.next_key
        if after is None:
            break
    return tuple(found[:most])


def waiting(
    desk: Desk, cases: Sequence[str], progress: Progress, kind: str = ""
) -> tuple[Waiting, ...]:
    """Of these cases the documents that wait for the signature of the person at the desk.

    Args:
        desk: the person's desk.
        cases: their numbers.
        progress: told of each case.
        kind: only documents of this kind; empty: of every kind.

    Raises:
        CancelledError: by `progress`.
    """
    found: list[Waiting] = []
    for done, no in enumerate(cases):
        progress.step(done, len(cases))
        case = situation(desk, no)
        found += [
            Waiting(no, case.record.title, offer.kind, offer.next_step)
            for offer in papers.offers(case)
            if offer.enabled
            and offer.next_step in {papers.CERTIFY, papers.COUNTERSIGN}
            and kind in {"", offer.kind.id}
        ]
    progress.step(len(cases), len(cases))
    return tuple(found)


def sign(
    desk: Desk, wanted: Sequence[tuple[str, str]], key: SigningKey, progress: Progress
) -> tuple[BatchReport, Changes]:
    """Take the next step of many documents: number and sign them first, or sign them second.

    One process lays out, this one signs and keeps. Documents that cannot be made are told in
    the report and the others go on; on cancel the one in hand is finished and no more begun.
    What would keep every other from being made, as a full disk or no time stamp where the
    office wants one, ends the batch: what was signed stays signed, and the report says so.

    Args:
        desk: the person's desk.
        wanted: case number and kind of each document.
        key: of the person.
        progress: told after each document.

    Raises:
        RefusedError: the passphrase is wrong, or the certificate may not sign; nothing was done.
    """
    from auditdesk.documents.workshop import Workshop  # noqa: PLC0415 – the layout is heavy
    from auditdesk.operations import signers  # noqa: PLC0415 – signing is heavy

    wanted = tuple(dict.fromkeys(wanted))
    report = BatchReport(len(wanted))
    with signers.signing(desk, key) as signer, Workshop(desk.resources / "fonts") as workshop:
        batch = _Batch(desk, signer, workshop, report)
        try:
            progress.step(0, len(wanted))
            for _ in batch.run(wanted):
                progress.step(len(report.done) + len(report.failed), len(wanted))
        except CancelledError:
            report.cancelled = True
        except Fault as fault:
            report.stopped = fault.message
    return report, _changes(report)


@dataclass(frozen=True, slots=True)
class _First:
    """A document whose pages are being laid out under the number that it will have."""

    case: Situation
    made: Paper
    checkpoint: str
    number: str
    code: str
    pages: Future[bytes] | None


@dataclass(frozen=True, slots=True)
class _Second:
    """A document that waits for its second signature."""

    kind: DocumentKind
    certified: IssuedDocument


Failed = tuple[str, Label]
Begun = _First | _Second | Failed


class _Batch:
    def __init__(self, desk: Desk, signer: Signer, workshop: Workshop, report: BatchReport) -> None:
        self._desk, self._signer, self._workshop = desk, signer, workshop
        self._report = report
        self._serials: dict[str, int] = {}

    def run(self, wanted: Iterable[tuple[str, str]]) -> Iterator[None]:
        """Do each, in order; the report says what it came to.

        Raises:
            Fault: of the disk, the key or the stamping authority; no other can be done.
        """
        queue: deque[Begun] = deque()
        for no, kind in wanted:
            queue.append(self._begin(no, kind))
            if len(queue) > AHEAD:
                self._end(queue.popleft())
                yield
        while queue:
            self._end(queue.popleft())
            yield

    def _begin(self, no: str, kind: str) -> Begun:
        """Look whether the step may be taken; have the pages of a first signature made."""
        try:
            case = situation(self._desk, no)
            declared = numbering.kind_of(case, kind)
            offer = papers.offer(case, declared)
            if offer.next_step == papers.COUNTERSIGN:
                return _Second(declared, numbering.require_step(offer, papers.COUNTERSIGN))
            numbering.require_step(offer, papers.CERTIFY)
            return self._laid_out(case, papers.paper(case, declared))
        except Fault as fault:
            return no, fault.message

    def _laid_out(self, case: Situation, made: Paper) -> _First:
        from auditdesk.operations import freezing  # noqa: PLC0415 – the layout is heavy

        checkpoint = checkpoint_text(self._desk.office.journal.last_checkpoint())
        number = self._expected(case, made.kind)
        draft = freezing.draft(case, made, number, checkpoint)
        code = freezing.code(case, made).digest
        return _First(case, made, checkpoint, number, code, self._workshop.prepare(draft))

    def _expected(self, case: Situation, kind: DocumentKind) -> str:
        """The number that the document will have if all before it succeed."""
        year = self._desk.today().year
        if kind.id not in self._serials:
            kept = self._desk.office.documents.of_year(kind.id, year)
            self._serials[kind.id] = kept[-1].serial if kept else 0
        self._serials[kind.id] += 1
        return papers.number_of(case, kind, year, self._serials[kind.id])

    def _end(self, begun: Begun) -> None:
        from auditdesk.operations.timestamps import missing_stamp  # noqa: PLC0415 – heavy

        missing = missing_stamp(self._signer)
        match begun:
            case _First():
                ended = self._number(begun, missing)
            case _Second():
                ended = self._countersign(begun, missing)
            case failed:
                ended = failed
        if isinstance(ended, tuple):
            self._report.failed.append(ended)
            return
        self._report.done.append(ended)
        why = missing()
        if why is not None:
            self._report.unstamped.append((ended.number, why))

    def _number(
        self, begun: _First, missing: Callable[[], Label | None]
    ) -> IssuedDocument | Failed:
        kind = begun.made.kind
        try:
            return numbering.number(
                begun.case,
                kind,
                lambda no: self._signed(begun, no),
                code=begun.code,
                missing=missing,
            )[0]
        except UnusableInputError as fault:  # of the paper; every other fault ends the batch
            self._serials[kind.id] -= 1
            return begun.case.record.no, fault.message

    def _signed(self, begun: _First, number: str) -> bytes:
        """The signed bytes; laid out anew where one before failed and left its number."""
        from auditdesk.documents.workshop import finished  # noqa: PLC0415 – heavy
        from auditdesk.operations import freezing  # noqa: PLC0415 – the layout is heavy

        pages = None if begun.pages is None or number != begun.number else finished(begun.pages)
        if pages is None:
            return freezing.frozen(begun.case, begun.made, number, begun.checkpoint, self._signer)
        return freezing.certified(self._desk, pages, self._signer, begun.made.kind.signers[0])

    def _countersign(
        self, begun: _Second, missing: Callable[[], Label | None]
    ) -> IssuedDocument | Failed:
        from auditdesk.operations import freezing  # noqa: PLC0415 – signing is heavy

        try:
            kept = self._desk.office.documents.content(begun.certified.id)
        except OfficeFaultError as fault:  # this one's file is damaged; the others go on
            return begun.certified.case_no, fault.message
        signed = freezing.countersigned(self._desk, kept, self._signer, begun.kind.signers[1])
        return numbering.issue(self._desk, begun.certified, signed, missing())


def _changes(report: BatchReport) -> Changes:
    done, failed = len(report.done), len(report.failed)
    zh = f"已签名 {done} 份，未办成 {failed} 份"
    en = f"{done} documents signed, {failed} not done"
    if report.unstamped:
        zh += f"，其中 {len(report.unstamped)} 份没有时间戳"
        en += f", {len(report.unstamped)} of them without a time stamp"
    summary = Label(zh, en)
    cases = frozenset(document.case_no for document in report.done)
    return Changes(summary, cases, documents=bool(done))
