"""The sample office to practise in: made-up people and cases, led through the real operations."""

from __future__ import annotations

import tempfile
from contextlib import ExitStack
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Self

from auditdesk.operations import (
    cases,
    documents,
    exports,
    follow_ups,
    materials,
    offices,
    people,
    registers,
    reviews,
    sample_data,
    viewing,
)
from auditdesk.operations.documents import SigningKey
from auditdesk.operations.reviews import Reasons
from auditdesk.store.keys import KdfCost
from auditdesk.util.atomic import disk_fault, write_atomic
from auditdesk.util.clock import FixedClock, today
from auditdesk.util.progress import NoProgress

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from auditdesk.operations.desk import Desk
    from auditdesk.operations.offices import Surroundings
    from auditdesk.operations.sample_data import (
        SampleCase,
        SampleOffice,
        SampleRegister,
        SampleStep,
    )
    from auditdesk.util.progress import Progress

# The password of the sample is printed for everybody: a costly key would protect nothing.
SAMPLE_COST = KdfCost(memory_kib=1024, iterations=1, lanes=1)


@dataclass(frozen=True, slots=True)
class SampleFacts:
    """What was built.

    Attributes:
        shown: number of the case that was led from intake to the signed approval.
        cases: how many cases the office has.
        files: the PDFs and the workbook that were written into the folder.
    """

    office: SampleOffice
    shown: str
    cases: int
    files: tuple[Path, ...]


def build(folder: Path, surroundings: Surroundings, progress: Progress) -> SampleFacts:
    """Make the sample office in `folder` and write its papers beside it.

    Everything goes through the operations that people use, each step by the person and at
    the time that the sample data name.

    Raises:
        UnusableInputError: the folder is not empty.
        OfficeFaultError: the disk.
    """
    data = sample_data.load(surroundings.resources / "sample", today(surroundings.clock))
    clock = FixedClock(data.office.founded)
    own = replace(surroundings, clock=clock, cost=SAMPLE_COST)
    offices.create(folder, data.office.as_new_office(), own)
    with _Desks(folder, data.office.password, own, clock) as desks:
        _add_people(desks, data.office)
        _fill_registers(desks, data.registers)
        numbers = _play(desks, data.cases, progress)
        clock.moment = surroundings.clock.now()
        shown = next(numbers[id(case)] for case in data.cases if case.shown)
        wanted = sorted((c for c in data.cases if c.printed), key=lambda c: not c.shown)
        printed = [numbers[id(case)] for case in wanted]
        files = _write_papers(desks, folder, data, printed)
    return SampleFacts(data.office, shown, len(numbers), files)


class _Desks:
    """One desk at a time: whoever is asked for is signed in, whoever was is signed out."""

    def __init__(
        self, folder: Path, password: str, surroundings: Surroundings, clock: FixedClock
    ) -> None:
        self._folder = folder
        self.password = password
        self._surroundings = surroundings
        self.clock = clock
        self._stack = ExitStack()
        self._desk: Desk | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self._stack.close()

    def of(self, name: str) -> Desk:
        """The desk of one person."""
        if self._desk is None or self._desk.user.name != name:
            self._stack.close()
            self._desk = offices.sign_in(self._folder, name, self.password, self._surroundings)
            self._stack.callback(self._desk.close)
        return self._desk


def _add_people(desks: _Desks, office: SampleOffice) -> None:
    desk = desks.of(office.admin_name)
    for person in office.people:
        people.add_user(
            desk,
            person.name,
            person.full_name,
            person.role,
            desks.password,
            certificate_days=office.certificate_days,
        )


def _fill_registers(desks: _Desks, all_registers: tuple[SampleRegister, ...]) -> None:
    for kept in all_registers:
        desks.clock.moment = kept.at
        desk = desks.of(kept.by)
        for row in kept.rows:
            registers.save(desk, kept.register, None, 0, row)


def _play(desks: _Desks, all_cases: tuple[SampleCase, ...], progress: Progress) -> dict[int, str]:
    """Do every step of every case in the order of time; case numbers by the case's identity."""
    from auditdesk.documents.container import OpenedContainers  # noqa: PLC0415 – heavy

    numbers: dict[int, str] = {}
    key = SigningKey(desks.password, opened=OpenedContainers())  # the same password for all
    steps = _in_order(all_cases)
    for done, (case, step) in enumerate(steps, start=1):
        desks.clock.moment = step.at
        desk = desks.of(step.by)
        if step.do == "enter":
            numbers[id(case)] = cases.import_case(desk, case.case_file)[0].no
        else:
            _DEEDS[step.do](desk, numbers[id(case)], step, key)
        progress.step(done, len(steps))
    return numbers


def _in_order(all_cases: tuple[SampleCase, ...]) -> list[tuple[SampleCase, SampleStep]]:
    """All steps in the order of time; of one minute those first of whoever is at the desk."""
    steps = sorted(
        ((case, step) for case in all_cases for step in case.steps), key=lambda pair: pair[1].at
    )
    ordered: list[tuple[SampleCase, SampleStep]] = []
    for _, minute in groupby(steps, key=lambda pair: pair[1].at):
        sits = ordered[-1][1].by if ordered else ""
        ordered += sorted(minute, key=lambda pair: (pair[1].by != sits, pair[1].by))
    return ordered


def _set(desk: Desk, no: str, step: SampleStep, key: SigningKey) -> None:
    del key
    view = viewing.view(desk, no)
    cases.save_case(
        desk,
        no,
        view.record.version,
        data={**view.case_file.data, **step.data},
        materials={**view.case_file.materials, **step.materials},
    )


def _advance(desk: Desk, no: str, step: SampleStep, key: SigningKey) -> None:
    del key
    reviews.advance(desk, no, _version(desk, no), step.text)


def _justify(desk: Desk, no: str, step: SampleStep, key: SigningKey) -> None:
    del key
    reviews.justify(desk, no, _version(desk, no), step.rule, step.text)


def _version(desk: Desk, no: str) -> int:
    """Which version of a case is the present one; nobody else works in this office."""
    return desk.office.cases.get(no).version


def _deciding(
    decide: Callable[[Desk, str, int, Reasons], object],
) -> Callable[[Desk, str, SampleStep, SigningKey], None]:
    def deed(desk: Desk, no: str, step: SampleStep, key: SigningKey) -> None:
        del key
        decide(desk, no, _version(desk, no), Reasons(**step.reasons))

    return deed


def _settle(desk: Desk, no: str, step: SampleStep, key: SigningKey) -> None:
    """Settle the earliest open period of a kind."""
    del key
    waiting = viewing.view(desk, no).follow_ups
    found = next(f for f in waiting if f.is_open and f.kind == step.kind)
    follow_ups.settle(desk, found.id, step.text)


def _sign(desk: Desk, no: str, step: SampleStep, key: SigningKey) -> None:
    offer = next(o for o in documents.offers(desk, no) if o.kind.id == step.kind)
    sign = documents.certify if offer.issued is None else documents.countersign
    sign(desk, no, step.kind, key)


def _attach(desk: Desk, no: str, step: SampleStep, key: SigningKey) -> None:
    """Attach a page that stands for a scan, and says so."""
    del key
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"{step.material}.pdf"
        path.write_bytes(sample_data.scan(desk, no, step.material))
        materials.attach(desk, no, step.material, path, original=True)


_DEEDS: dict[str, Callable[[Desk, str, SampleStep, SigningKey], None]] = {
    "set": _set,
    "advance": _advance,
    "justify": _justify,
    "return": _deciding(reviews.return_case),
    "refuse": _deciding(reviews.refuse),
    "withdraw": _deciding(reviews.withdraw),
    "resume": _deciding(reviews.resume),
    "settle": _settle,
    "sign": _sign,
    "attach": _attach,
}


def _write_papers(
    desks: _Desks, folder: Path, data: sample_data.SampleData, printed: list[str]
) -> tuple[Path, ...]:
    """The printed cases' issued documents, and the workbook of all cases, into the folder."""
    desk = desks.of(next(p.name for p in data.office.people if p.role == "clerk"))
    written = []
    for document in (d for no in printed for d in documents.issued(desk, no)):
        path = folder / f"{document.case_no}-{document.kind}.pdf"
        try:
            write_atomic(path, documents.content(desk, document.id))
        except OSError as error:
            raise disk_fault(error, path) from error
        written.append(path)
    first, last = _period(data)
    workbook = folder / f"city-{first.isoformat()}-{last.isoformat()}.xlsx"
    exports.export_city(desk, first, last, workbook, NoProgress())
    return (*written, workbook)


def _period(data: sample_data.SampleData) -> tuple[date, date]:
    days = [case.case_file.accepted_on for case in data.cases]
    return min(days), max(days)
