"""The cover sheet of every workbook that leaves the office."""

from __future__ import annotations

from typing import TYPE_CHECKING

from auditdesk.exchange.content import Cover
from auditdesk.operations.checkpoints import checkpoint_text

if TYPE_CHECKING:
    from datetime import date

    from auditdesk.operations.desk import Desk


def cover_of(desk: Desk, first: date, last: date) -> Cover:
    """The cover of a workbook of the office, for a period."""
    profile = desk.profile
    district = desk.library.districts.get(profile.district)
    return Cover(
        office=profile.name,
        district=f"{profile.district} {district.zh}" if district else profile.district,
        period_from=first,
        period_to=last,
        made_by=desk.user.full_name,
        made_at=desk.now(),
        lines=(),
        checkpoint=checkpoint_text(desk.office.journal.last_checkpoint()),
        sample=profile.sample,
    )
