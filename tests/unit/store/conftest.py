"""One office made once; every test gets its own copy of the folder."""

from __future__ import annotations

import shutil

import pytest

from office_samples import make_office, open_as


@pytest.fixture(scope="session")
def template(tmp_path_factory):
    folder = tmp_path_factory.mktemp("template") / "office"
    created = make_office(folder)
    return folder, created.recovery_key


@pytest.fixture
def folder(template, tmp_path):
    return shutil.copytree(template[0], tmp_path / "office")


@pytest.fixture
def recovery_key(template):
    return template[1]


@pytest.fixture
def office(folder):
    with open_as(folder) as opened:
        yield opened
