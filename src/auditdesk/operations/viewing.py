"""One case and one line of a list, as the person at the desk sees them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from auditdesk.operations import clocks, follow_up_views, papers, register_links, rights
from auditdesk.operations.situation import FINAL, situation
from auditdesk.operations.timeline import changed_since_opinion, timeline
from auditdesk.operations.views import CasePage, CaseRow, CaseView
from auditdesk.operations.words import STATUSES, word
from auditdesk.util.label import Label

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from auditdesk.operations.desk import Desk
    from auditdesk.operations.register_views import RegisterLinkView
    from auditdesk.operations.situation import Situation
    from auditdesk.store import records


def view(desk: Desk, no: str) -> CaseView:
    """One case with everything about it.

    Raises:
        RefusedError: the office has no such case.
        OfficeFaultError: its law cannot be loaded.
    """
    return view_of(situation(desk, no))


def view_of(case: Situation) -> CaseView:
    """The view of a case that has just been read."""
    desk, record = case.desk, case.record
    return CaseView(
        record=record,
        case_type=case.case_type,
        regulations=case.law.regulations,
        case_file=case.case_file,
        route=case.route,
        stage=case.stage,
        report=case.report,
        justifications=case.body.justifications,
        actions=rights.actions(case),
        editable=rights.editable_fields(case),
        editable_materials=rights.editable_materials(case),
        noted=case.body.handed_in,
        handed_in=case.handed_in(),
        changed=changed_since_opinion(case),
        opinions=case.opinions,
        attachments=desk.office.attachments.of_case(record.no),
        documents=papers.offers(case),
        timeline=timeline(case),
        duplicates=tuple(row.no for row in desk.office.cases.sharing_keys(record.no)),
        register=_linked(case),
        follow_ups=follow_up_views.of_case(case),
        clocks=clocks.view_of(case),
        days_left=days_left(desk, record.status, record.due_on),
    )


def _linked(case: Situation) -> RegisterLinkView | None:
    """The row that the case is about; one that is over is compared with nothing any more."""
    day = case.record.accepted_on
    link = register_links.linked(case.desk, case.case_type, case.body.data, day)
    return replace(link, differences=()) if link and case.final else link


def days_left(desk: Desk, status: str, due_on: date | None) -> int | None:
    """Working days left; None where nothing runs: no day is set, or it stands still."""
    if due_on is None or status in FINAL:
        return None
    return desk.calendar.left_until(desk.today(), due_on)


def list_page(
    desk: Desk, rows: Iterable[records.CaseRow], next_key: records.PageKey | None
) -> CasePage:
    """Lines of a list as they are shown."""
    return CasePage(tuple(_row(desk, row) for row in rows), next_key)


def _row(desk: Desk, row: records.CaseRow) -> CaseRow:
    return CaseRow(
        no=row.no,
        case_type=row.case_type,
        case_type_label=case_type_label(desk, row.case_type),
        title=row.title,
        place=row.place,
        stage=row.stage,
        stage_label=stage_label(desk, row.case_type, row.stage),
        status=row.status,
        status_label=word(STATUSES, row.status),
        verdict=row.verdict,
        accepted_on=row.accepted_on,
        due_on=row.due_on,
        days_left=days_left(desk, row.status, row.due_on),
        created_by=row.created_by,
        updated_at=row.updated_at,
        version=row.version,
        paused=row.paused,
    )


def case_type_label(desk: Desk, case_type: str) -> Label:
    """A case type's name; its id where its pack is gone."""
    law = desk.library.laws.get(case_type)
    return law.case_type.label if law else Label(case_type, case_type)


def stage_label(desk: Desk, case_type: str, stage: str) -> Label:
    """A stage's name; its id where the present pack does not have it."""
    law = desk.library.laws.get(case_type)
    stages = law.case_type.stages if law else ()
    return next((s.label for s in stages if s.id == stage), Label(stage, stage))
