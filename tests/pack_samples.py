"""An installation of one's own to break a pack in, and what is said of it then."""

from __future__ import annotations

import shutil

from auditdesk.regulations.library import load_library
from auditdesk.util.paths import shipped


def copied(folder):
    """The packs of an installation, copied."""
    shutil.copytree(shipped("forms"), folder / "forms")
    for name in ("regulations", "tables"):
        shutil.copytree(shipped("resources") / name, folder / "resources" / name)
    return folder


def loaded(installation):
    return load_library(installation / "forms", installation / "resources")


def edit(path, old, new):
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def refused(installation, broken):
    """Break a pack as (file, old text, new text, key, reason) says; the library without it."""
    file, old, new, key, reason = broken
    edit(installation / file, old, new)
    library = loaded(installation)
    first = library.problems[0]
    assert file.endswith(first.file)
    assert key in first.key
    assert reason in first.reason
    return library
