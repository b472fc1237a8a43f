"""Offices, people and cases for the tests of the store: made up, small, quick to open."""

from __future__ import annotations

import os
import subprocess
from contextlib import contextmanager
from datetime import date, datetime

import pytest

from auditdesk.store.keys import KdfCost
from auditdesk.store.office import create_office, open_office
from auditdesk.store.records import NewCase, NewUser
from auditdesk.util.clock import CHINA, FixedClock

# Eight KiB a lane is the least that Argon2 takes: a sign-in of no time, for tests only.
CHEAP = KdfCost(memory_kib=8, iterations=1, lanes=1)
PASSWORD = "correct horse 7"
PROGRAM = "auditdesk tests"
LAW = "0" * 64


def clock_at(hour=9, minute=30, day=2):
    return FixedClock(datetime(2026, 3, day, hour, minute, tzinfo=CHINA))


def make_office(folder, *, people=True):
    """An office with an administrator `admin`, a clerk `lihua` and a supervisor `wangfang`."""
    created = create_office(
        folder,
        name="章丘区样例办公室",
        district="370114",
        sample=True,
        settings={"number_prefix": "章政土"},
        admin=NewUser("admin", "管理员甲", "administrator", PASSWORD),
        cost=CHEAP,
        clock=clock_at(9, 0),
    )
    if people:
        with open_as(folder, "admin", clock_at(9, 5)) as office:
            with office.write("user.add", None, {}) as writer:
                writer.add_user(NewUser("lihua", "李华", "clerk", PASSWORD))
            with office.write("user.add", None, {}) as writer:
                writer.add_user(NewUser("wangfang", "王芳", "supervisor", PASSWORD))
    return created


def open_as(folder, name="lihua", clock=None, password=PASSWORD):
    return open_office(folder, name, password, clock=clock or clock_at(), program=PROGRAM)


def new_case(**changes):
    values = {
        "case_type": "land_entry",
        "code": "LRS",
        "district": "370114",
        "stage": "intake",
        "status": "open",
        "accepted_on": date(2022, 3, 1),
        "title": "王庄村股份经济合作社",
        "place": "相公庄街道王庄村",
        "due_on": date(2022, 3, 9),
        "verdict": "pass",
        "law": LAW,
        "body": {"data": {"parcel_area_m2": "13340.50"}},
        "report": {"verdict": "pass"},
        "search": ("王庄村股份经济合作社", "章丘区相公庄街道王庄村"),
        "keys": (),
    }
    return NewCase(**(values | changes))


def add_case(office, **changes):
    with office.write("case.import", None, {}) as writer:
        writer.put_law(LAW, "{}")
        return writer.insert_case(new_case(**changes))


def files_below(folder):
    """Every file and folder below, with the files' bytes: to show that nothing has changed."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() if path.is_file() else None
        for path in folder.rglob("*")
    }


@contextmanager
def small_disk(folder, size="4m"):
    """A real disk of that size at `folder`; skips the test where mounting is not permitted."""
    folder.mkdir()
    if os.name != "posix" or os.geteuid() != 0:
        pytest.skip("a small disk can be mounted by root on Linux only")
    done = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder)],
        capture_output=True,
        check=False,
    )
    if done.returncode:
        pytest.skip(f"mounting is not permitted here: {done.stderr.decode().strip()}")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


def make_read_only(disk):
    """Turn a small disk into a read-only medium, and back."""
    subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)


def make_writable(disk):
    subprocess.run(["mount", "-o", "remount,rw", str(disk)], check=True)


def fill_up(disk, leave=0):
    """Fill a small disk with a file of its own, but for `leave` bytes."""
    filler = disk / "filler"
    with filler.open("wb") as file:
        facts = os.statvfs(disk)
        rest = facts.f_bavail * facts.f_frsize - leave
        try:
            while rest > 0:
                rest -= file.write(b"\0" * min(rest, 1 << 16))
            file.flush()
        except OSError:
            file.truncate()
    return filler
