"""A case with a period that stands still at times, and a day to look at it."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from auditdesk.operations import cases, pauses, reviews
from auditdesk.operations.reviews import Reasons
from auditdesk.util.clock import CHINA
from case_bases import enter, whole_case

APPROVAL = "land_use_approval"


def at(clock, day, hour=9):
    clock.moment = datetime.fromisoformat(f"{day}T{hour:02d}:30").replace(tzinfo=CHINA)


def day(text):
    return date.fromisoformat(text)


@pytest.fixture
def approval(at_desk, clock):
    """An approval accepted on Monday 2 March 2026; twenty working days end on the 30th."""
    at(clock, "2026-03-02")
    return enter(at_desk, whole_case(APPROVAL, "collective", accepted_on="2026-03-02"))


def decision(view):
    return view.clocks.clock("decision")


def told(view):
    one = decision(view)
    last = str(one.last_day) if one.last_day else None
    return one.state, last, one.days_left


def held(desk, view, first, last=None, reason="宗地界址复核"):
    days = {"first": day(first), "last": day(last) if last else None}
    return pauses.pause(desk, view.no, "survey", reason, **days)[0]


def sent_back(desk, view, reason="缺会议纪要"):
    view = cases.view(desk, view.no)
    return reviews.return_case(desk, view.no, view.record.version, Reasons(reason))[0]
