"""A batch to which something happens: a full disk, a killed process, a case that changed.

Nothing is half-done, the report says what was done, numbers have no gaps.
"""

from __future__ import annotations

import multiprocessing
import os
import shutil
import signal
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from auditdesk.operations import batches, cases, documents, reviews
from auditdesk.operations.documents import SigningKey
from auditdesk.operations.verification import verify_bytes
from auditdesk.util.progress import NoProgress
from desk_samples import (  # noqa: F401 – fixtures are found by their names
    PASSWORD,
    at_desk,
    entered,
    office_template,
    plan,
    shipped_law,
    surroundings,
    to_approval,
)
from office_samples import fill_up, small_disk

KEY = SigningKey(PASSWORD)
COUNT = 5
MARK = "章政土批〔2026〕{}号"


@pytest.fixture
def office_folder(office_template, tmp_path):  # noqa: F811 – as above
    """The office on a small disk of its own."""
    with small_disk(tmp_path / "disk", "12m") as disk:
        yield Path(shutil.copytree(office_template, disk / "office"))


@pytest.fixture
def approved(at_desk, entered):  # noqa: F811 – as above
    views = [entered(data={"village": f"某{n}村"}) for n in range(COUNT)]
    return [to_approval(at_desk, view).no for view in views]


class Doing:
    """Does something once so many are done."""

    def __init__(self, after, deed) -> None:
        self.after, self.deed = after, deed

    def step(self, done, _total):
        if done == self.after:
            self.deed()


def wanted(numbers):
    return [(no, "approval") for no in numbers]


def numbers_kept(desk):
    found = desk.office.documents.of_year("approval", 2026)
    for document in found:
        content = documents.content(desk, document.id)
        made = verify_bytes(content, desk).verification
        assert (made.intact, made.clean, made.number) == (True, True, document.number)
    assert desk.office.journal.verify(NoProgress()).ok
    return [document.number for document in found]


def marks(count):
    return [MARK.format(n) for n in range(1, count + 1)]


def test_a_disk_that_fills_up_ends_the_batch_and_loses_nothing(at_desk, approved, office_folder):  # noqa: F811
    desk, disk = at_desk("li"), office_folder.parent
    filling = Doing(2, lambda: fill_up(disk, leave=40_000))
    report, changes = batches.sign(desk, wanted(approved), KEY, filling)
    assert "磁盘空间不足" in report.stopped.zh
    assert [d.number for d in report.done] == marks(2)
    assert (report.failed, report.cancelled, report.untouched) == ([], False, COUNT - 2)
    assert changes.cases == frozenset(approved[:2])
    assert numbers_kept(desk) == marks(2)
    (disk / "filler").unlink()
    report, _ = batches.sign(desk, wanted(approved[2:]), KEY, NoProgress())
    assert (report.stopped, report.untouched) == (None, 0)
    assert numbers_kept(desk) == marks(COUNT)


def test_a_disk_that_fills_up_while_countersigning(at_desk, approved, office_folder):  # noqa: F811
    batches.sign(at_desk("li"), wanted(approved), KEY, NoProgress())
    desk, disk = at_desk("wang"), office_folder.parent
    filling = Doing(1, lambda: fill_up(disk, leave=40_000))
    report, _ = batches.sign(desk, wanted(approved), KEY, filling)
    assert report.stopped is not None
    assert [d.number for d in report.done] == marks(1)
    assert report.untouched == COUNT - 1
    states = [documents.issued(desk, no)[0].state for no in approved]
    assert states == ["issued"] + ["certified"] * (COUNT - 1)
    (disk / "filler").unlink()
    report, _ = batches.sign(desk, wanted(approved[1:]), KEY, NoProgress())
    assert len(report.done) == COUNT - 1


def kill_the_second_process():
    (process,) = multiprocessing.active_children()
    os.kill(process.pid, signal.SIGKILL)
    process.join()


@pytest.mark.parametrize("after", [0, 2])
def test_with_the_second_process_killed_the_first_goes_on_alone(at_desk, approved, after):  # noqa: F811
    desk = at_desk("li")
    killing = Doing(after, kill_the_second_process) if after else NoProgress()
    report, _ = batches.sign(desk, wanted(approved), KEY, killing)
    assert [d.number for d in report.done] == marks(COUNT)
    assert (report.failed, report.stopped) == ([], None)
    assert numbers_kept(desk) == marks(COUNT)


def test_a_case_that_was_changed_since_it_was_counted_is_told(at_desk, approved):  # noqa: F811
    """Counted by the clerk, then one withdrawn, and one signed by a colleague."""
    desk = at_desk("li")
    found = batches.waiting(desk, approved, NoProgress(), "approval")
    assert len(found) == COUNT
    documents.certify(at_desk("zhao"), approved[0], "approval", KEY)
    desk = at_desk("li")
    view = cases.view(desk, approved[2])
    reviews.withdraw(desk, view.no, view.record.version, reviews.Reasons("申请人撤回"))
    report, _ = batches.sign(desk, wanted(approved), KEY, NoProgress())
    assert [no for no, _ in report.failed] == [approved[0], approved[2]]
    assert all(why.zh and why.en for _, why in report.failed)
    assert numbers_kept(desk) == marks(COUNT - 1)


def test_a_kept_file_that_is_damaged_is_told_and_the_others_are_signed(
    at_desk,  # noqa: F811 – as above
    approved,
    office_folder,
):
    batches.sign(at_desk("li"), wanted(approved), KEY, NoProgress())
    desk = at_desk("wang")
    (spoilt,) = documents.issued(desk, approved[1])
    path = desk.office.documents._files.path(spoilt.digest)
    path.write_bytes(path.read_bytes()[:-9])
    report, _ = batches.sign(desk, wanted(approved), KEY, NoProgress())
    assert [no for no, _ in report.failed] == [approved[1]]
    assert len(report.done) == COUNT - 1


CHILD = textwrap.dedent("""
    import sys
    from datetime import datetime
    from pathlib import Path
    if __name__ == "__main__":
        sys.path.insert(0, sys.argv[1])
        from auditdesk.operations import batches, offices
        from auditdesk.operations.documents import SigningKey
        from auditdesk.regulations.shipped import shipped_calendar, shipped_library
        from auditdesk.util.clock import CHINA, FixedClock
        from auditdesk.util.paths import shipped
        from desk_samples import CHEAP, PASSWORD

        class Telling:
            def step(self, done, total):
                print(done, flush=True)

        clock = FixedClock(datetime(2026, 3, 2, 9, 30, tzinfo=CHINA))
        around = offices.Surroundings(
            shipped_library(), shipped_calendar(), clock, CHEAP, shipped("resources")
        )
        desk = offices.sign_in(Path(sys.argv[2]), "li", PASSWORD, around)
        wanted = [(no, "approval") for no in sys.argv[3:]]
        batches.sign(desk, wanted, SigningKey(PASSWORD), Telling())
""")


def test_both_processes_end_when_the_first_is_killed(at_desk, approved, office_folder, tmp_path):  # noqa: F811
    at_desk("li").close()
    script = tmp_path / "child.py"
    script.write_text(CHILD, encoding="utf-8")
    tests = str(Path(__file__).parents[1])
    command = [sys.executable, str(script), tests, str(office_folder), *approved]
    with subprocess.Popen(command, stdout=subprocess.PIPE, encoding="utf-8") as child:
        heard = [child.stdout.readline() for _ in range(3)]
        child.kill()
        # this ends when nobody holds the other end any more, the second process neither
        heard += child.stdout.read().splitlines()
    told = max(int(line) for line in heard if line.strip())
    kept = numbers_kept(at_desk("li"))
    assert kept == marks(len(kept))
    assert told <= len(kept) <= told + 1
