"""Entering, changing, finding and reading cases."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from auditdesk.domain.case import CaseFile
    from auditdesk.domain.report import CheckReport
    from auditdesk.operations.changes import Changes
    from auditdesk.operations.desk import Desk
    from auditdesk.operations.views import CasePage, CaseView
    from auditdesk.store.records import CaseFilter


def import_case(desk: Desk, case_file: CaseFile) -> tuple[CaseView, Changes]:
    """Enter a case: it gets its number, begins at intake, and pins today's law.

    Also how the window saves a new case for the first time. Incomplete and wrong values are
    kept as they are; the report says what is wrong.

    Raises:
        RefusedError: the person is no clerk.
        UnusableInputError: the case type is unknown.
        OfficeFaultError: the office cannot be written.
    """
    raise NotImplementedError


def save_case(
    desk: Desk,
    no: str,
    version: int,
    *,
    data: Mapping[str, Any],
    materials: Mapping[str, str],
    accepted_on: date | None = None,
) -> tuple[CaseView, Changes]:
    """Replace the case's data and material verdicts by what the form holds.

    Args:
        desk: who and where.
        no: the case number.
        version: `CaseView.record.version` that the form was filled from.
        data: all fields of the case, raw as typed or typed (Decimal, date, bool, list).
        materials: material id to `present`, `missing` or `not_applicable`.
        accepted_on: a new acceptance date; None keeps it.

    Raises:
        RefusedError: not allowed now, the version moved, or a fact that was approved would
            change; nothing is written then.
    """
    raise NotImplementedError


def judge_draft(desk: Desk, no: str | None, case_file: CaseFile) -> CheckReport:
    """Judge what is being typed, without writing: by the law of case `no`, else today's."""
    raise NotImplementedError


def view(desk: Desk, no: str) -> CaseView:
    """One case with everything about it.

    Raises:
        UnusableInputError: the office has no such case.
    """
    raise NotImplementedError


def page(
    desk: Desk,
    case_filter: CaseFilter,
    *,
    sort: str = "due",
    after: object | None = None,
    limit: int = 50,
) -> CasePage:
    """One page of the list, by key; `sort` is `due`, `no` or `updated`."""
    raise NotImplementedError


def search(desk: Desk, text: str, case_filter: CaseFilter, *, limit: int = 50) -> CasePage:
    """Cases that match every word of `text`: number, name, place, parcel, pinyin initials."""
    raise NotImplementedError


def count(desk: Desk, case_filter: CaseFilter) -> int:
    """How many cases the filter leaves."""
    raise NotImplementedError


def duplicates(desk: Desk, no: str) -> tuple[str, ...]:
    """Numbers of other cases with the same values in the fields that tell duplicates."""
    raise NotImplementedError
