"""Entering, changing, finding and reading cases."""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from auditdesk.domain.case import FIRST_STAGE, CaseFile
from auditdesk.operations import (
    bodies,
    clocks,
    following,
    handed_in,
    laws,
    papercodes,
    rights,
    tallies,
    viewing,
)
from auditdesk.operations.bodies import Body
from auditdesk.operations.changes import Changes
from auditdesk.operations.columns import columns
from auditdesk.operations.situation import check_version, situation
from auditdesk.operations.views import Justification
from auditdesk.store.records import NewCase
from auditdesk.util.faults import RefusedError, UnusableInputError
from auditdesk.util.label import Label
from auditdesk.util.progress import NoProgress

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from auditdesk.domain.material import HandedIn
    from auditdesk.domain.report import CheckReport
    from auditdesk.operations.desk import Desk
    from auditdesk.operations.situation import Situation
    from auditdesk.operations.views import CasePage, CaseView
    from auditdesk.regulations.law import Law
    from auditdesk.store.cases import CountColumn
    from auditdesk.store.records import CaseFilter, CaseSort, PageKey
    from auditdesk.store.writer import Writer


def import_case(desk: Desk, case_file: CaseFile) -> tuple[CaseView, Changes]:
    """Enter a case: it gets its number, begins at intake, and pins today's law.

    Also how the window saves a new case for the first time. Incomplete and wrong values are
    kept as they are; the report says what is wrong. A file's later stage is not taken over:
    its reviews have to be given here.

    Raises:
        RefusedError: the person is no clerk.
        UnusableInputError: the case type is unknown.
        OfficeFaultError: the office cannot be written.
    """
    require_enterable(desk, case_file)
    law = desk.library.law(case_file.case_type)
    body = _body_entered(desk, law, case_file)
    entered = replace(case_file, stage=FIRST_STAGE, data=body.data, materials=body.materials)
    report = laws.judged(desk, law, entered)
    with desk.office.write("case.import", None, {"case_type": case_file.case_type}) as writer:
        writer.put_law(law.digest, laws.law_text(law))
        record = writer.insert_case(_new_case(desk, law, entered, body, report))
        writer.note("law", law.digest)
        note_body(writer, body)
        others = following.follow(desk, writer, law, record)
    summary = Label(f"已录入案件 {record.no}", f"Case {record.no} entered")
    return viewing.view(desk, record.no), Changes(summary, others | {record.no})


def require_enterable(desk: Desk, case_file: CaseFile) -> None:
    """Refuse a case file that the office cannot keep, before any other is entered.

    Raises:
        RefusedError: the person is no clerk.
        UnusableInputError: a text holds half a character, which no file can keep; or the case
            was accepted on a day to come.
    """
    rights.require_role(desk, "clerk")
    _require_accepted(desk, case_file.accepted_on)
    try:
        json.dumps(bodies.plain(case_file.as_json()), ensure_ascii=False).encode()
    except UnicodeEncodeError:
        raise UnusableInputError(
            "文字中含有残缺字符，无法保存；请删除后重试。",
            "A text holds half a character that cannot be kept; remove it and try again.",
        ) from None


def _require_accepted(desk: Desk, day: date) -> None:
    """A slip of the pen in the day of acceptance must not choose a later law."""
    if day > desk.today():
        raise UnusableInputError(
            f"受理日期 {day} 在今天（{desk.today()}）之后；案件按受理日的规定审查，请改正日期。"
            "若日期无误，请检查本机时钟。",
            f"The case was accepted on {day}, after today ({desk.today()}). Its law is that of its "
            "day of acceptance: correct the day, or this computer's clock if the day is right.",
        )


def _body_entered(desk: Desk, law: Law, case_file: CaseFile) -> Body:
    """The body of a new case; justifications that came along are the entering clerk's."""
    at = desk.now().isoformat()
    return Body(
        bodies.plain_data(law.case_type, case_file.data),
        bodies.plain_materials(law.case_type, case_file.materials),
        {
            rule.id: Justification(rule.id, text.strip(), desk.user.name, desk.user.full_name, at)
            for rule in law.case_type.rules
            if isinstance(text := case_file.justifications.get(rule.id), str) and text.strip()
        },
    )


def _new_case(
    desk: Desk, law: Law, case_file: CaseFile, body: Body, report: CheckReport
) -> NewCase:
    case_type = law.case_type
    listed = columns(case_type, case_file, report)
    return NewCase(
        case_type=case_type.id,
        code=case_type.code,
        district=case_file.district,
        stage=FIRST_STAGE,
        status="open",
        accepted_on=case_file.accepted_on,
        due_on=clocks.due(desk, law, case_file)["due_on"],
        law=law.digest,
        body=body.as_json(),
        **listed,
        **tallies.tally(desk, case_type.id, case_file.district, body.data, listed["report"]),
    )


def note_body(writer: Writer, body: Body, key: str = "body") -> None:
    """Bind the facts to the journal entry, as a salted hash of their JSON."""
    text = json.dumps(body.as_json(), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    writer.note_private(key, text)


def save_case(  # noqa: PLR0913 – the parts of a case file
    desk: Desk,
    no: str,
    version: int,
    *,
    data: Mapping[str, Any],
    materials: Mapping[str, str],
    accepted_on: date | None = None,
    noted: Mapping[str, HandedIn] | None = None,
) -> tuple[CaseView, Changes]:
    """Replace the case's data and material verdicts by what the form holds.

    Args:
        desk: who and where.
        no: the case number.
        version: `CaseView.record.version` that the form was filled from.
        data: all fields of the case, raw as typed or typed (Decimal, date, bool, list).
        materials: material id to `present`, `missing` or `not_applicable`.
        accepted_on: a new acceptance date; None keeps it.
        noted: material id to what was handed in on paper; None keeps what was noted.

    Raises:
        RefusedError: not allowed now, the version moved, or a fact that was approved would
            change; nothing is written then.
        UnusableInputError: the data would put the case on a route without its stage, the day of
            acceptance is still to come, or what was handed in is neither original nor copy, or
            has no number of pages.
    """
    case = situation(desk, no)
    rights.require(case, "save")
    check_version(case.record, version)
    if accepted_on is not None and accepted_on != case.record.accepted_on:
        _require_accepted(desk, accepted_on)
    body = replace(
        case.body,
        data=bodies.plain_data(case.case_type, data),
        materials=bodies.plain_materials(case.case_type, materials),
        handed_in=(
            case.body.handed_in if noted is None else handed_in.checked(case.case_type, noted)
        ),
    )
    day = accepted_on or case.record.accepted_on
    changed = _changed(case, body, day)
    _require_editable(case, changed)
    others: frozenset[str] = frozenset()
    if changed:
        others = _write_body(case, "case.save", body, day, {"fields": sorted(changed)})
    summary = Label(f"案件 {no} 已保存", f"Case {no} saved")
    return viewing.view(desk, no), Changes(summary, others | {no})


def _changed(case: Situation, body: Body, accepted_on: date) -> frozenset[str]:
    """Ids of the fields and materials whose value differs from what is kept."""
    found = {"accepted_on"} if accepted_on != case.record.accepted_on else set()
    for old, new in (
        (case.body.data, body.data),
        (case.body.materials, body.materials),
        (case.body.handed_in, body.handed_in),
    ):
        found |= {name for name in {*old, *new} if old.get(name) != new.get(name)}
    return frozenset(found)


def _require_editable(case: Situation, changed: frozenset[str]) -> None:
    allowed = rights.editable_fields(case) | rights.editable_materials(case)
    allowed |= frozenset() if case.past_decision else {"accepted_on"}
    locked = sorted(changed - allowed)
    if locked:
        raise RefusedError(
            f"案件 {case.record.no} 已批准，批准时的内容不能再改：{'、'.join(locked)}",
            f"Case {case.record.no} is approved; what was approved stays as it is: "
            f"{', '.join(locked)}",
        )


def _write_body(
    case: Situation, kind: str, body: Body, accepted_on: date, note: Mapping[str, Any]
) -> frozenset[str]:
    """Keep a case's new facts and what follows from them; other cases that this touched."""
    desk, record = case.desk, replace(case.record, accepted_on=accepted_on)
    case_file = bodies.case_file_of(record, body)
    report = laws.judged(desk, case.law, case_file)
    listed = columns(case.case_type, case_file, report)
    counted = tallies.tally(desk, case.case_type.id, record.district, body.data, listed["report"])
    events = desk.office.clocks.events(record.no)
    with desk.office.write(kind, record.no, note) as writer:
        saved = writer.save_case(
            record.no,
            record.version,
            accepted_on=accepted_on,
            body=body.as_json(),
            **clocks.due(desk, case.law, case_file, case.opinions, events),
            **listed,
            **counted,
        )
        note_body(writer, body)
        return following.follow(desk, writer, case.law, saved)


def justify(desk: Desk, no: str, version: int, rule: str, text: str) -> tuple[CaseView, Changes]:
    """Write down why a `justify` finding may stand; `reviews.justify` is the way to it."""
    case = situation(desk, no)
    rights.require(case, "justify")
    check_version(case.record, version)
    rights.require_justifiable(case, rule)
    reasons = {name: j for name, j in case.body.justifications.items() if name != rule}
    if text.strip():
        user, at = desk.user, desk.now().isoformat()
        reasons[rule] = Justification(rule, text.strip(), user.name, user.full_name, at)
    body = replace(case.body, justifications=reasons)
    others = _write_body(case, "case.justify", body, case.record.accepted_on, {"rule": rule})
    summary = Label(f"案件 {no} 的说明已记录", f"The justification in case {no} is recorded")
    return viewing.view(desk, no), Changes(summary, others | {no})


def view(desk: Desk, no: str) -> CaseView:
    """One case with everything about it.

    Raises:
        RefusedError: the office has no such case.
    """
    return viewing.view(desk, no)


def page(
    desk: Desk,
    case_filter: CaseFilter,
    *,
    sort: CaseSort = "due",
    after: PageKey | None = None,
    limit: int = 50,
) -> CasePage:
    """One page of the list, by key; `sort` is `due`, `no` or `updated`."""
    _see_to_tallies(desk, case_filter)
    found = desk.office.cases.page(case_filter, sort=sort, after=after, limit=limit)
    return viewing.list_page(desk, found.rows, found.next_key)


def search(desk: Desk, text: str, case_filter: CaseFilter, *, limit: int = 50) -> CasePage:
    """Cases that match every word of `text`: number, name, place, parcel, pinyin initials.

    The code of a paper, scanned or typed, finds the case that the paper is of.
    """
    if papercodes.may_be_code(text):
        with suppress(RefusedError, UnusableInputError):
            numbers = dict.fromkeys(f.document.case_no for f in papercodes.find(desk, text))
            return viewing.list_page(desk, tuple(map(desk.office.cases.get, numbers)), None)
    _see_to_tallies(desk, case_filter)
    return viewing.list_page(desk, desk.office.cases.search(text, case_filter, limit=limit), None)


def count(desk: Desk, case_filter: CaseFilter) -> int:
    """How many cases the filter leaves."""
    _see_to_tallies(desk, case_filter)
    return desk.office.cases.count(case_filter)


def _see_to_tallies(desk: Desk, case_filter: CaseFilter) -> None:
    """What figures count by is there for every case before a list is narrowed by it."""
    if case_filter.is_counted:
        tallies.catch_up(desk, NoProgress())


def count_by(desk: Desk, column: CountColumn, case_filter: CaseFilter) -> Mapping[str, int]:
    """How many cases the filter leaves for each value of `status`, `stage`, `verdict` and so on."""
    return desk.office.cases.count_by(column, case_filter)


def duplicates(desk: Desk, no: str) -> CasePage:
    """Other cases with the same value in a field that tells duplicates."""
    return viewing.list_page(desk, desk.office.cases.sharing_keys(no), None)
