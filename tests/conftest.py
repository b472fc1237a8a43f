"""What every test starts from: no screen, a clock that stands still, no unexpected log line."""

from __future__ import annotations

import logging
import os
import re
from datetime import datetime

import pytest
from hypothesis import HealthCheck, settings

from auditdesk.util.clock import CHINA, FixedClock

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

# The same examples in every run: a failure seen by one person is seen by all. `--long` looks
# for new ones. No deadline, because a busy machine is no bug.
_SAME = {"derandomize": True, "deadline": None, "suppress_health_check": [HealthCheck.too_slow]}
settings.register_profile("same", max_examples=100, **_SAME)
settings.register_profile("long", max_examples=2000, **{**_SAME, "derandomize": False})


def pytest_addoption(parser):
    parser.addoption("--long", action="store_true", help="run the long form of slow suites")


def pytest_configure(config):
    settings.load_profile("long" if config.getoption("--long") else "same")


def pytest_collection_modifyitems(config, items):
    if config.getoption("--long"):
        return
    skip = pytest.mark.skip(reason="the long form runs with --long")
    for item in items:
        if "long" in item.keywords:
            item.add_marker(skip)


class LogWatch(logging.Handler):
    """Collects log records of level WARNING and above; those not expected fail the test."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self._messages: list[str] = []
        self._expected: list[str] = []

    def emit(self, record):
        self._messages.append(f"{record.name}: {record.levelname}: {record.getMessage()}")

    def __call__(self, pattern) -> None:
        """Declare that a message that matches this regular expression must come."""
        self._expected.append(pattern)

    def complaints(self):
        unexpected = [
            f"unexpected log line: {message}"
            for message in self._messages
            if not any(re.search(pattern, message) for pattern in self._expected)
        ]
        absent = [
            f"expected log line did not come: {pattern}"
            for pattern in self._expected
            if not any(re.search(pattern, message) for message in self._messages)
        ]
        return unexpected + absent


@pytest.fixture(autouse=True)
def expect_log():
    """Call it with a regular expression to expect a log line; any other one is a failure."""
    watch = LogWatch()
    root = logging.getLogger()
    root.addHandler(watch)
    yield watch
    root.removeHandler(watch)
    complaints = watch.complaints()
    assert not complaints, "\n".join(complaints)


@pytest.fixture
def clock():
    """A clock that stands at half past nine on a working Monday in China."""
    return FixedClock(datetime(2026, 3, 2, 9, 30, tzinfo=CHINA))
