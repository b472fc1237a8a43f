"""The commands `check` and `types`, as another program calls them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from auditdesk.cli.main import run
from auditdesk.cli.program import Outside

BASE = Path(__file__).parents[2] / "rules" / "land_entry.bases.toml"


def no_window(_office, _language):
    raise AssertionError("no window is asked for")


def no_office():
    raise AssertionError("check and types need no office")


@pytest.fixture
def call(capsys):
    def called(*arguments):
        status = run([str(a) for a in arguments], Outside(no_office, no_window))
        printed = capsys.readouterr()
        return status, printed.out, printed.err

    return called


@pytest.fixture
def case_file(tmp_path):
    def written(name="case.json", **changes):
        listing = tomllib.loads(BASE.read_text(encoding="utf-8"))["listing"]
        data = listing["data"] | changes.pop("data", {})
        content = listing | {"format": "auditdesk.case/1", "stage": "intake", "data": data}
        path = tmp_path / name
        path.write_text(json.dumps(content | changes, ensure_ascii=False), encoding="utf-8")
        return path

    return written


def test_a_good_case_passes(call, case_file):
    status, out, err = call("check", case_file())
    assert status == 0
    assert "通过" in out
    assert err == ""


def test_a_wrong_case_falls_short_and_says_why_with_its_article(call, case_file):
    status, out, _ = call("check", case_file(data={"vote_agree": 59, "vote_against": 17}))
    assert status == 1
    assert "59/90 小于 2/3，至少需 60 人同意" in out
    assert "jinan-land-2021 19" in out


def test_english(call, case_file):
    path = case_file(data={"vote_agree": 59, "vote_against": 17, "village": None})
    for arguments in (["--lang", "en", "check", path], ["check", "--lang", "en", path]):
        status, out, _ = call(*arguments)
        assert status == 1
        assert "59/90 is less than 2/3; at least 60 must agree" in out
        assert "empty: Village (village)" in out
        assert not any("一" <= char <= "鿿" for char in out.replace("济", ""))


def test_reports_come_a_line_a_file_in_the_order_given(call, case_file, tmp_path):
    good, wrong = case_file("good.json"), case_file("wrong.json", data={"planned_use": "public"})
    broken = tmp_path / "broken.json"
    broken.write_text("{", encoding="utf-8")
    status, out, err = call("check", "--json", wrong, broken, good)
    lines = [json.loads(line) for line in out.splitlines()]
    assert status == 2
    assert [line.get("verdict") for line in lines] == ["block", None, "pass"]
    assert lines[1]["format"] == "auditdesk.error/1"
    assert "broken.json" in err
    assert "Traceback" not in err


def test_everything_lacking_is_listed(call, case_file):
    materials = {"vote_record": "missing"}
    path = case_file(
        data={"village": "", "colour": "red", "applicant_uscc": "X"}, materials=materials
    )
    status, out, _ = call("check", path)
    assert status == 1
    assert "未填: 村（居） (village)" in out
    assert "缺材料: 集体经济组织表决情况 (vote_record)" in out
    assert "无效: 统一社会信用代码 (applicant_uscc)" in out
    assert "不予保存: colour" in out


@pytest.mark.parametrize(
    ("content", "word"), [(b"{", "JSON"), (b"\xff\xfe", "UTF-8"), (b"[]", "JSON"), (b"", "JSON")]
)
def test_an_unusable_file_is_named_and_refused(call, tmp_path, content, word):
    path = tmp_path / "case.json"
    path.write_bytes(content)
    status, out, err = call("check", path)
    assert status == 2
    assert out == ""
    assert "case.json" in err
    assert word in err


def test_a_file_that_is_not_there_or_is_a_folder(call, tmp_path):
    assert call("check", tmp_path / "none.json")[0] == 2
    assert call("check", tmp_path)[0] == 2
    assert call("check")[0] == 2


@pytest.mark.skipif(sys.platform != "linux", reason="reads the peak of memory from /proc")
def test_a_file_of_fifty_megabytes_is_refused_without_reading_it_whole(tmp_path):
    path = tmp_path / "large.json"
    path.write_bytes(b'{"format": "' + b"a" * 50_000_000 + b'"}')
    program = (
        "import pathlib, sys; from auditdesk.__main__ import main; status = main();"
        "lines = pathlib.Path('/proc/self/status').read_text(encoding='utf-8').splitlines();"
        "print(next(x for x in lines if 'VmHWM' in x).split()[1], file=sys.stderr);"
        "sys.exit(status)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, "check", str(path)],
        capture_output=True, text=True, check=False, encoding="utf-8",
        env={**os.environ, "PYTHONUTF8": "1"},
    )  # fmt: skip
    assert done.returncode == 2
    assert "MB" in done.stderr
    assert "Traceback" not in done.stderr
    assert int(done.stderr.splitlines()[-1]) < 150_000, "kilobytes of memory"


def test_check_starts_without_office_window_or_papers(case_file):
    code = (
        "import sys; from auditdesk.__main__ import main\n"
        f"sys.argv = ['auditdesk', 'check', {str(case_file())!r}]\n"
        "status = main()\n"
        "heavy = {'PySide6', 'sqlite_utils', 'sqlcipher3', 'reportlab', 'pikepdf', 'pyhanko',"
        " 'openpyxl', 'pypinyin'}\n"
        "print(sorted(heavy & set(sys.modules)))\n"
        "sys.exit(status)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False, encoding="utf-8"
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[-1] == "[]"


def test_types_lists_rules_with_their_sources(call):
    status, out, _ = call("types")
    assert status == 0
    assert "land_entry.vote.two_thirds" in out
    assert "济政办发〔2021〕21号" in out
    assert "2023-11-30" in out


def test_types_as_json(call):
    status, out, _ = call("types", "--json")
    content = json.loads(out)
    assert status == 0
    described = {t["id"]: t for t in content["case_types"]}["land_entry"]
    assert len(described["rules"]) == 27
    assert all(rule["citations"] for rule in described["rules"])
    assert all(material["citations"] for material in described["materials"])
    shares = next(f for f in described["fields"] if f["id"] == "income_distribution")
    assert [c["id"] for c in shares["columns"]] == ["recipient", "share_percent"]
    trade = next(r for r in described["routes"] if r["id"] == "competitive")["stages"]
    assert "trade" in trade
