"""The office that these tests work in, and the command line as a person types it."""

from __future__ import annotations

import json
from dataclasses import dataclass

import pytest

from auditdesk.cli.main import run
from auditdesk.cli.program import Outside
from desk_samples import (  # noqa: F401 – fixtures are found by their names
    CASES,
    PASSWORD,
    at_desk,
    entered,
    office_folder,
    office_template,
    plan,
    shipped_law,
    surroundings,
)


@dataclass(frozen=True)
class Answer:
    """What a command did."""

    status: int
    out: str
    err: str

    @property
    def json(self):
        return json.loads(self.out)


@pytest.fixture
def auditdesk(surroundings, capsys, monkeypatch):  # noqa: F811 – the imported fixture
    """Runs the program with the arguments; no password but the one in the environment."""
    for name in ("OFFICE", "USER", "LANG", "PASSPHRASE"):
        monkeypatch.delenv(f"AUDITDESK_{name}", raising=False)
    monkeypatch.setenv("AUDITDESK_PASSWORD", PASSWORD)
    monkeypatch.setenv("AUDITDESK_NEW_PASSWORD", PASSWORD)
    opened = []

    def open_window(folder, language):
        opened.append((folder, language))
        return 0

    def call(*arguments):
        status = run([str(a) for a in arguments], Outside(lambda: surroundings, open_window))
        captured = capsys.readouterr()
        assert "Traceback" not in captured.err
        return Answer(status, captured.out, captured.err)

    call.opened = opened
    return call


@pytest.fixture
def as_user(auditdesk, office_folder):  # noqa: F811 – the imported fixture
    """Runs a command in the office as one of its people."""

    def call(name, *arguments):
        return auditdesk("--office", office_folder, "--user", name, *arguments)

    return call


@pytest.fixture
def lease():
    """A case file that passes at intake."""
    return CASES / "lease.json"
