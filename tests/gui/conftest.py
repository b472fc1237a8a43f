"""A real office on disk, a real window on it, and people who click."""

from __future__ import annotations

import pytest
from person import WAIT, Person

from auditdesk.app import make_context, make_window
from desk_samples import (  # noqa: F401 – fixtures are found by their names
    PASSWORD,
    at_desk,
    entered,
    office_folder,
    office_template,
    plan,
    shipped_law,
    surroundings,
)


@pytest.fixture
def ctx(qapp, tmp_path, clock):
    made = make_context(tmp_path / "settings" / "window.json", clock)
    yield made
    made.worker.close()


@pytest.fixture
def window(qapp, qtbot, ctx, surroundings):  # noqa: F811 – as above
    made = make_window(qapp, ctx, lambda: surroundings)
    qtbot.addWidget(made)
    made.resize(1366, 768)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow, timeout=WAIT)
    yield made
    if made.desk is not None:
        made._close_now()
    qtbot.waitUntil(lambda: ctx.worker.idle, timeout=WAIT)


@pytest.fixture
def person(window, qtbot, ctx, office_folder):  # noqa: F811 – as above
    return Person(window, qtbot, ctx, office_folder, PASSWORD)


@pytest.fixture
def enter(at_desk, entered, office_folder):  # noqa: F811 – as above
    """Enters a case as clerk `li` and signs out; gives its number."""

    def do(name="agreement", **data):
        no = entered(name, data=data).no
        at_desk("li").close()
        return no

    return do
