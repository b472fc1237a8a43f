"""Bad files, bad offices, a second program, full disks: a sentence, a status, nothing half-done."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
import sys
import time
from contextlib import ExitStack

import pytest

from auditdesk.operations import cases
from auditdesk.store.records import CaseFilter
from desk_samples import PASSWORD
from office_samples import fill_up, make_read_only, make_writable, small_disk
from scan_samples import pdf_of

NO = "RS-2022-0001"
MEGABYTE = 1024 * 1024


def process(*arguments, cwd):
    """The program as another process, with the password in its environment."""
    return subprocess.run(
        [sys.executable, "-m", "auditdesk", *map(str, arguments)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        cwd=cwd,
        env={**os.environ, "AUDITDESK_PASSWORD": PASSWORD},
        timeout=60,
        check=False,
    )


def no_case_was_entered(as_user):
    return as_user("li", "case", "list").out == ""


BAD_FILES = {
    "empty": b"",
    "no json": b"{",
    "gbk": '{"format": "auditdesk.case/1", "district": "章丘"}'.encode("gbk"),
    "utf-16": '{"format": "auditdesk.case/1"}'.encode("utf-16"),
    "a list": b"[]",
    "another format": b'{"format": "auditdesk.case/2"}',
    "deep": b'{"format": "auditdesk.case/1", "data": ' + b"[" * 100_000 + b"]" * 100_000 + b"}",
    "not a number": b'{"format": "auditdesk.case/1", "data": {"vote_total": NaN}}',
    "long number": b'{"format": "auditdesk.case/1", "data": {"vote_total": ' + b"9" * 9999 + b"}}",
    "twice": b'{"format": "auditdesk.case/1", "format": "auditdesk.case/1"}',
    "pdf": b"%PDF-1.7",
    "zeros": bytes(4096),
}


@pytest.mark.parametrize("name", BAD_FILES)
def test_a_file_that_is_no_case_is_refused(as_user, tmp_path, name):
    path = tmp_path / "case.json"
    path.write_bytes(BAD_FILES[name])
    answer = as_user("li", "case", "import", path)
    assert answer.status == 2
    assert "case.json" in answer.err
    assert "没有录入任何案件" in answer.err
    assert no_case_was_entered(as_user)


BAD_PARTS = {
    "unknown type": {"case_type": "no_such"},
    "type of another kind": {"case_type": 7},
    "no day": {"accepted_on": "2022-02-30"},
    "day of another kind": {"accepted_on": 20220301},
    "unknown stage": {"stage": "no_such"},
    "stage of another kind": {"stage": ["intake"]},
    "district": {"district": "章丘"},
    "data": {"data": []},
    "materials": {"materials": "present"},
    "justifications": {"justifications": 1},
}


@pytest.mark.parametrize("name", BAD_PARTS)
def test_an_envelope_that_cannot_be_used_is_refused(as_user, plan, tmp_path, name):
    path = tmp_path / "case.json"
    content = plan() | BAD_PARTS[name]
    path.write_text(json.dumps(content, default=str), encoding="utf-8")
    answer = as_user("li", "case", "import", path)
    assert answer.status == 2
    assert no_case_was_entered(as_user)


BAD_VALUES = {
    "applicant_name": ["x" * 10_000, 7, {"a": 1}, "\u0000"],
    "applicant_uscc": ["N2370114MA3K7Q2L40", "１２３", 12],
    "parcel_area_m2": ["0", "-1", "1e400", "viel", True, [1], "1" * 5000],
    "entry_price_yuan": ["1.005", "-0.01", "１００", "viel"],
    "vote_total": ["60", 1.5, -1, 2**70],
    "vote_date": ["2022-02-30", "0000-01-01", "9999-12-31", 20220210],
    "site_cleared": ["ja", 1],
    "entry_method": ["gift", 3, ["lease"]],
    "vote_topics": ["entry", ["entry", "nonsense"], [["entry"]]],
    "income_distribution": ["60", [60], [{"recipient": "a", "share_percent": "101"}], {"a": 1}],
}


@pytest.mark.parametrize("field", BAD_VALUES)
def test_every_wrong_value_is_kept_told_and_never_passes(as_user, plan, tmp_path, field):
    for value in BAD_VALUES[field]:
        path = tmp_path / "case.json"
        path.write_text(json.dumps(plan(data={field: value})), encoding="utf-8")
        answer = as_user("li", "case", "import", path, "--json")
        assert answer.status == 0, answer.err
        checked = as_user("li", "case", "check", answer.json["no"], "--json")
        assert checked.status == 1
        assert any(i["field"].startswith(field) for i in checked.json["invalid_fields"]), value
        assert as_user("li", "case", "advance", answer.json["no"]).status == 1
        assert as_user("li", "case", "show", answer.json["no"]).status == 0


def test_a_character_that_nothing_can_keep_is_refused_before_any_case(
    as_user, plan, lease, tmp_path
):
    path = tmp_path / "half.json"
    path.write_text(json.dumps(plan(data={"village": "\ud800"})), encoding="utf-8")
    answer = as_user("li", "case", "import", lease, path)
    assert answer.status == 2
    assert "half.json" in answer.err
    assert no_case_was_entered(as_user)


def test_a_case_file_of_50_mb_is_refused_at_once(as_user, tmp_path):
    path = tmp_path / "large.json"
    with path.open("wb") as file:
        file.write(b'{"format": "auditdesk.case/1", "data": {"village": "')
        for _ in range(50):
            file.write(b"x" * MEGABYTE)
        file.write(b'"}}')
    begun = time.monotonic()
    answer = as_user("li", "case", "import", path)
    assert answer.status == 2
    assert "MB" in answer.err
    assert time.monotonic() - begun < 5
    assert no_case_was_entered(as_user)


def foreign(folder):
    (folder / "office.json").write_text('{"format": "somebody.else/1"}', encoding="utf-8")


def plain(folder):
    (folder / "office.db").unlink()
    with sqlite3.connect(folder / "office.db") as database:
        database.execute("CREATE TABLE case_ (no TEXT)")
    database.close()


def without_database(folder):
    (folder / "office.db").unlink()


def damaged(folder):
    content = bytearray((folder / "office.db").read_bytes())
    content[4096:8192] = bytes(4096)
    (folder / "office.db").write_bytes(content)


def without_keys(folder):
    (folder / "keys.json").write_text("{}", encoding="utf-8")


@pytest.mark.parametrize(
    "spoil", [shutil.rmtree, foreign, plain, without_database, damaged, without_keys]
)
def test_an_office_that_cannot_be_opened_is_a_fault_of_the_office(as_user, office_folder, spoil):
    spoil(office_folder)
    answer = as_user("li", "case", "list")
    assert answer.status == 4
    assert len(answer.err.strip()) > 10
    if spoil is shutil.rmtree:
        assert not office_folder.exists()


def test_an_office_of_a_newer_program_is_not_touched(as_user, at_desk, office_folder):
    desk = at_desk("admin")
    desk.office._session.database.execute("PRAGMA user_version = 999")
    desk.close()
    before = (office_folder / "keys.json").read_bytes()
    answer = as_user("li", "case", "list")
    assert answer.status == 4
    assert "新版" in answer.err
    assert (office_folder / "keys.json").read_bytes() == before


@pytest.mark.parametrize(("name", "password"), [("li", "falsch-falsch"), ("nobody", PASSWORD)])
def test_wrong_passwords_and_unknown_users_are_refused(as_user, monkeypatch, name, password):
    monkeypatch.setenv("AUDITDESK_PASSWORD", password)
    answer = as_user(name, "case", "list")
    assert answer.status == 3
    assert password not in answer.err


def test_a_second_program_is_told_who_holds_the_office(at_desk, office_folder, tmp_path):
    desk = at_desk("li")
    answer = process("--office", office_folder, "--user", "wang", "case", "list", cwd=tmp_path)
    assert answer.returncode == 4
    assert "li" in answer.stderr
    assert "Traceback" not in answer.stderr
    assert cases.count(desk, CaseFilter()) == 0
    desk.close()
    answer = process("--office", office_folder, "--user", "wang", "case", "list", cwd=tmp_path)
    assert answer.returncode == 0, answer.stderr


HOLDER = """
import sys
from pathlib import Path
from auditdesk.operations import offices
from auditdesk.operations.surroundings import shipped_surroundings
desk = offices.sign_in(Path(sys.argv[1]), "li", sys.argv[2], shipped_surroundings())
print("open", flush=True)
sys.stdin.read()
"""


def test_a_killed_program_does_not_keep_the_office(as_user, office_folder):
    with ExitStack() as stack:
        holder = subprocess.Popen(
            [sys.executable, "-c", HOLDER, str(office_folder), PASSWORD],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        stack.callback(holder.stdout.close)
        stack.callback(holder.stdin.close)
        stack.callback(holder.wait)
        stack.callback(holder.kill)
        assert holder.stdout.readline() == b"open\n"
        assert as_user("wang", "case", "list").status == 4
    assert as_user("wang", "case", "list").status == 0


@pytest.fixture
def on_a_stick(auditdesk, office_folder, tmp_path):
    """The office on a small disk of its own: the folder, and a command in it."""
    with small_disk(tmp_path / "stick", "8m") as disk:
        folder = disk / "office"
        shutil.copytree(office_folder, folder)

        def call(name, *arguments):
            return auditdesk("--office", folder, "--user", name, *arguments)

        yield disk, call


def test_a_read_only_office_is_shown_and_not_written(on_a_stick, lease):
    disk, call = on_a_stick
    assert call("li", "case", "import", lease).status == 0
    make_read_only(disk)
    try:
        assert NO in call("li", "case", "list").out
        assert call("li", "journal", "verify").status == 0
        shown = call("li", "case", "show", NO, "--json").json
        assert [a for a in shown["actions"] if a["enabled"]] == []
        assert call("li", "case", "advance", NO).status == 3
        answer = call("li", "case", "import", lease)
        assert answer.status == 4
        assert answer.err.strip()
    finally:
        make_writable(disk)
    assert len(call("li", "case", "list", "--json").out.splitlines()) == 1


def test_a_full_disk_keeps_no_part_of_a_scan(on_a_stick, lease, tmp_path):
    disk, call = on_a_stick
    assert call("li", "case", "import", lease).status == 0
    scan = tmp_path / "scan.pdf"
    scan.write_bytes(pdf_of(ballast=2 * MEGABYTE))
    filler = fill_up(disk, leave=MEGABYTE)
    attach = ("material", "attach", NO, "vote_record", scan)
    answer = call("li", *attach)
    assert answer.status == 4
    assert "空间" in answer.err
    filler.unlink()
    assert call("li", "case", "show", NO, "--json").json["attachments"] == []
    assert call("li", *attach).status == 0
    assert call("li", "journal", "verify").status == 0


def test_a_full_disk_under_the_workbook_leaves_no_file(as_user, lease, tmp_path):
    assert as_user("li", "case", "import", lease).status == 0
    with small_disk(tmp_path / "stick", "1m") as disk:
        fill_up(disk)
        out = disk / "city.xlsx"
        words = ("--from", "2022-01-01", "--to", "2022-12-31", "--out", out)
        answer = as_user("li", "export", "city", *words)
        assert answer.status == 4
        assert not out.exists()
    last = json.loads(as_user("li", "journal", "list", "--limit", 1, "--json").out)
    assert last["kind"] == "case.import"


def test_a_document_that_could_not_be_written_out_is_not_lost(as_user, lease, tmp_path):
    assert as_user("li", "case", "import", lease).status == 0
    assert as_user("li", "case", "advance", NO).status == 0
    issue = ("document", "issue", NO, "review_sheet", "--out")
    with small_disk(tmp_path / "stick", "1m") as disk:
        fill_up(disk)
        assert as_user("li", *issue, disk / "a.pdf").status == 4
    out = tmp_path / "a.pdf"
    answer = as_user("li", *issue, out, "--json")
    assert (answer.status, answer.json["number"]) == (0, "章政土审〔2026〕1号")
    assert out.read_bytes().startswith(b"%PDF-")


def test_whoever_stops_reading_gets_no_complaint(as_user, at_desk, lease, office_folder, tmp_path):
    assert as_user("li", "case", "import", lease).status == 0
    program = f"{sys.executable} -m auditdesk --office {office_folder} --user li"
    answer = subprocess.run(
        ["sh", "-c", f"{program} case show {NO} --json | true"],
        capture_output=True,
        cwd=tmp_path,
        env={**os.environ, "AUDITDESK_PASSWORD": PASSWORD},
        timeout=60,
        check=False,
    )
    assert answer.stderr == b""


@pytest.mark.skipif(sys.platform != "linux", reason="other systems always have a screen")
def test_without_a_screen_the_window_says_so(tmp_path):
    screens = {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"}
    answer = subprocess.run(
        [sys.executable, "-m", "auditdesk"],
        capture_output=True,
        text=True,
        encoding="utf-8",
        cwd=tmp_path,
        env={name: value for name, value in os.environ.items() if name not in screens},
        timeout=60,
        check=False,
    )
    assert (answer.returncode, answer.stdout) == (2, "")
    assert "没有图形界面" in answer.stderr


def test_nothing_of_the_office_is_imported_for_check(tmp_path):
    program = (
        "import sys; from auditdesk.cli.main import run; from auditdesk.cli.program import Outside;"
        "run(['types', '--json'], Outside(None, None));"
        "bad = [m for m in sys.modules if m.split('.')[0] in {'PySide6', 'sqlcipher3',"
        " 'sqlite_utils', 'reportlab', 'pikepdf', 'pyhanko', 'openpyxl', 'argon2'}"
        " or m.startswith(('auditdesk.store', 'auditdesk.operations', 'auditdesk.documents'))];"
        "sys.exit(str(bad) if bad else 0)"
    )
    answer = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, cwd=tmp_path, check=False
    )
    assert answer.returncode == 0, answer.stderr
