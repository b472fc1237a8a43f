"""A program killed at any moment: every write that it acknowledged is there, whole.

A child process commits cases, scans and documents in a loop and acknowledges each on its
standard output after the commit. It is killed without warning some moments later; then the
office must open, verify, and hold everything that was acknowledged, and at most the one
write that was under way.
"""

from __future__ import annotations

import random
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from auditdesk.store.attachments import ATTACHMENTS
from auditdesk.store.records import CaseFilter
from auditdesk.util.progress import NoProgress
from office_samples import make_office, open_as

SHORT, LONG = 10, 150
SEED = 20211101
MOST_WRITES = 12  # acknowledged before a kill
LAST_MOMENT = 0.03  # seconds from the last of them to the kill: a few writes' time

CHILD = textwrap.dedent("""
    import sys
    from pathlib import Path
    sys.path.insert(0, sys.argv[1])
    from office_samples import add_case, open_as
    from auditdesk.store.registers import RowContent

    with open_as(Path(sys.argv[2])) as office:
        print("open", flush=True)
        while True:
            case = add_case(office)
            print("case", case.no, flush=True)
            kept = office.attachments.keep(case.no.encode() * 2000)
            with office.write("material.attach", case.no, {}) as writer:
                added = writer.add_attachment(
                    case.no, "m", kept, file_name="a.pdf", media_type="application/pdf"
                )
            print("scan", added.id, case.no, flush=True)
            with office.write("document.certify", case.no, {}) as writer:
                made = writer.insert_document(
                    case.no, "approval", year=2026, number_of="批{}号".format,
                    content=lambda number: number.encode() * 3000,
                )
            print("document", made.id, made.number, flush=True)
            with office.write("case.save", case.no, {}) as writer:
                writer.save_case(case.no, 1, stage="review", due_on=None)
                row = RowContent(case.no, "石店水库", "", {"data": {}})
                writer.insert_register_row("reservoir", row, source=case.no)
            print("saved", case.no, flush=True)
""")


def killed_after(folder, writes, seconds):
    """Let the child acknowledge so many writes and work on for a moment; what it acknowledged."""
    tests = Path(__file__).parents[1]
    command = [sys.executable, "-c", CHILD, str(tests), str(folder)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, encoding="utf-8") as child:
        assert child.stdout.readline() == "open\n"
        lines = [child.stdout.readline() for _ in range(writes)]
        with pytest.raises(subprocess.TimeoutExpired):
            child.wait(seconds)
        child.kill()
        lines += child.stdout.read().splitlines(keepends=True)
    return [line.split() for line in lines if line.endswith("\n")]


def check(office, acknowledged):
    """Everything acknowledged is there; the number of things that are."""
    for kind, *what in acknowledged:
        if kind == "case":
            assert office.cases.get(what[0]).title == "王庄村股份经济合作社"
        elif kind == "scan":
            assert office.attachments.content(int(what[0])) == what[1].encode() * 2000
        elif kind == "document":
            assert office.documents.get(int(what[0])).number == what[1]
            assert office.documents.content(int(what[0])) == what[1].encode() * 3000
        else:
            assert kind == "saved"
            assert office.cases.get(what[0]).version == 2
            assert office.registers.get("reservoir", what[0]).source == what[0]
    return len(acknowledged)


def written(office):
    return office.journal.last_checkpoint().seq


def test_every_acknowledged_write_survives_a_kill(tmp_path, request, record_property):
    kills = LONG if request.config.getoption("--long", default=False) else SHORT
    chance = random.Random(SEED)  # noqa: S311 – the same moments in every run, more or less
    folder = tmp_path / "office"
    make_office(folder)
    acknowledged: list[list[str]] = []
    before = 3
    for _ in range(kills):
        new = killed_after(folder, chance.randrange(MOST_WRITES), chance.random() * LAST_MOMENT)
        acknowledged += new
        with open_as(folder, "wangfang") as office:
            # At most one write more than acknowledged: the one that was under way.
            assert len(new) <= written(office) - before <= len(new) + 1
            before = written(office)
            verdict = office.journal.verify(NoProgress())
            assert verdict.ok, verdict
            assert office._session.value("PRAGMA integrity_check") == "ok"
            check(office, new)
    with open_as(folder, "wangfang") as office:
        assert check(office, acknowledged) > 3 * kills
        numbers = [record.no for record in office.cases.each(CaseFilter())]
        assert numbers == [f"LRS-2022-{i:04d}" for i in range(1, len(numbers) + 1)]
        # A case and the row that it writes back to come together or not at all.
        saved = [r.no for r in office.cases.each(CaseFilter()) if r.version == 2]
        assert [row.code for row in office.registers.rows("reservoir")] == saved
        serials = [d.serial for d in office.documents.of_year("approval", 2026)]
        assert serials == list(range(1, len(serials) + 1))
    record_property("kills survived", kills)
    record_property("acknowledged writes", len(acknowledged))
    record_property("acknowledged writes lost", 0)


@pytest.mark.parametrize("writes", [1, 3])
def test_a_kill_leaves_no_half_written_scan_under_a_scans_name(tmp_path, writes):
    folder = tmp_path / "office"
    make_office(folder)
    killed_after(folder, writes, 0.002)
    with open_as(folder) as office:
        for path in (folder / ATTACHMENTS).glob("??/*"):
            content = path.read_bytes()
            assert content.startswith(b"auditdesk.file/1\n"), path
        for record in office.cases.each(CaseFilter()):
            for attachment in office.attachments.of_case(record.no):
                office.attachments.content(attachment.id)
