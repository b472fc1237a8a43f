"""What a transaction can do (given by `Office.write`)."""

from __future__ import annotations

from auditdesk.store.write_cases import CaseWrites
from auditdesk.store.write_certificates import CertificateWrites
from auditdesk.store.write_clocks import ClockWrites
from auditdesk.store.write_follow_ups import FollowUpWrites
from auditdesk.store.write_papers import PaperWrites
from auditdesk.store.write_people import PeopleWrites
from auditdesk.store.write_registers import RegisterWrites


class Writer(
    CaseWrites,
    CertificateWrites,
    ClockWrites,
    FollowUpWrites,
    PaperWrites,
    PeopleWrites,
    RegisterWrites,
):
    """The only way to change an office. Valid inside its `with` block only.

    Its parts: cases, opinions and law (`CaseWrites`); follow-ups (`FollowUpWrites`);
    pauses, extensions and calendars (`ClockWrites`); scans and documents (`PaperWrites`);
    accounts and settings (`PeopleWrites`); certificates (`CertificateWrites`); rows of
    registers (`RegisterWrites`); notes for the journal (`WriteBase`).

    Attributes:
        case_no: the case that the journal entry is about.
        body: the journal entry's body; `note` and `note_private` add to it.
    """
