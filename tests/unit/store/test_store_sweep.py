from __future__ import annotations

import os
from datetime import timedelta

import pytest

from auditdesk.util.faults import OfficeFaultError
from office_samples import add_case, clock_at, open_as

NOW = clock_at().now()


def age(path, **ago):
    moment = (NOW - timedelta(**ago)).timestamp()
    os.utime(path, (moment, moment))


def test_temporary_files_of_a_killed_program_go_at_the_next_opening(folder):
    for place in (folder, folder / "attachments"):
        (place / ".part-0123").write_bytes(b"half")
    (folder / "letter.txt").write_bytes(b"not ours")
    (folder / "attachments" / ".part-folder").mkdir()
    open_as(folder).close()
    assert not (folder / ".part-0123").exists()
    assert [p.name for p in (folder / "attachments").iterdir()] == [".part-folder"]
    assert (folder / "letter.txt").exists()


def test_what_nothing_has_mentioned_for_a_day_goes_to_the_trash(office):
    case = add_case(office)
    mentioned, old, young = (office.attachments.keep(c) for c in (b"in use", b"old", b"young"))
    with office.write("material.attach", case.no, {}) as writer:
        writer.add_attachment(case.no, "m", mentioned, file_name="a", media_type="b")
        made = writer.insert_document(
            case.no, "a", year=2026, number_of=str, content=lambda _: b"document"
        )
    paths = {
        name: office._files.path(k.digest)
        for name, k in {"mentioned": mentioned, "old": old, "young": young, "made": made}.items()
    }
    for name, path in paths.items():
        age(path, hours=23 if name == "young" else 25)
    assert office.sweep(NOW) == 1
    assert {name for name, path in paths.items() if path.exists()} == {"mentioned", "young", "made"}
    assert [p.name for p in (office.folder / "trash").iterdir()] == [paths["old"].name]
    assert office.sweep(NOW) == 0


def test_a_content_kept_again_is_as_new(office):
    kept = office.attachments.keep(b"scan")
    age(office._files.path(kept.digest), days=365)
    office.attachments.keep(b"scan")
    assert office.sweep(NOW) == 0
    assert office._files.path(kept.digest).exists()


def test_a_trash_that_is_gone_is_a_fault_and_loses_nothing(office):
    kept = office.attachments.keep(b"scan")
    age(office._files.path(kept.digest), days=2)
    (office.folder / "trash").rmdir()
    with pytest.raises(OfficeFaultError):
        office.sweep(NOW)
    assert office._files.path(kept.digest).exists()
