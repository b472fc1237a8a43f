"""`case clocks`, `clock` and `calendar` as a person types them."""

from __future__ import annotations

import json

import pytest

from case_bases import content_text, whole_case

NO = "SP-2026-0001"


@pytest.fixture
def approval(as_user, tmp_path):
    """An approval accepted on Monday 2 March 2026."""
    content = whole_case("land_use_approval", "collective", accepted_on="2026-03-02")
    file = tmp_path / "case.json"
    file.write_text(content_text(content), encoding="utf-8")
    assert as_user("li", "case", "import", file).status == 0
    return NO


def clocks(as_user, *more):
    return as_user("li", "case", "clocks", NO, *more)


def test_the_clocks_of_a_case(as_user, approval):
    answer = clocks(as_user)
    assert answer.status == 0
    head, line = answer.out.splitlines()
    assert head.split() == ["编号", "期限", "起算", "最后一天", "状态"]
    assert line.split() == [
        "decision",
        "作出决定",
        "2026-03-02",
        "2026-03-30",
        "计算中，还有",
        "20",
        "个工作日",
    ]


@pytest.mark.parametrize("asked", [("--format", "json"), ("--json",)])
def test_for_programs(as_user, approval, asked):
    found = clocks(as_user, *asked).json
    (clock,) = found["clocks"]
    assert (clock["clock"], clock["last_day"], clock["days_left"]) == ("decision", "2026-03-30", 20)
    assert (clock["state"], clock["provisional"], clock["binds"]) == ("running", False, "office")
    assert "counted" not in clock
    assert found["pauses"] == []
    explained = clocks(as_user, *asked, "--explain").json["clocks"][0]
    assert explained["counted"][:2] == [
        {
            "from": "2026-03-02",
            "to": "2026-03-02",
            "kind": "start",
            "days_before": 0,
            "days_counted": 0,
        },
        {
            "from": "2026-03-03",
            "to": "2026-03-06",
            "kind": "counted",
            "days_before": 0,
            "days_counted": 4,
        },
    ]
    assert sum(part["days_counted"] for part in explained["counted"]) == 20


def test_paused_resumed_taken_back_extended(as_user, approval):
    days = ("--from", "2026-03-02", "--reason", "勘测")
    done = as_user("li", "clock", "pause", NO, "--ground", "survey", *days)
    assert (done.status, done.out.strip()) == (0, f"案件 {NO} 的期限已中止")
    assert "中止中" in as_user("li", "case", "list").out
    text = clocks(as_user).out
    assert "‖ #1 勘测、检验、鉴定（行政许可法 第45条）" in text
    assert (
        as_user("wang", "clock", "resume", NO, "1", "--reason", "完成", "--on", "2026-03-06").status
        == 0
    )
    assert clocks(as_user, "--json").json["clocks"][0]["last_day"] == "2026-04-03"
    pause = clocks(as_user, "--json").json["pauses"][0]
    assert (pause["from"], pause["counts_again_from"], pause["workdays"]) == (
        "2026-03-02",
        "2026-03-07",
        5,
    )
    assert as_user("li", "clock", "extend", NO, "decision", "--reason", "x").status == 3
    assert as_user("wang", "clock", "extend", NO, "decision", "--reason", "案情复杂").status == 0
    assert "已" not in clocks(as_user, "--json").json["clocks"][0]["extended_by"]
    assert as_user("li", "clock", "revoke", NO, "1", "--reason", "误记").status == 0
    assert clocks(as_user, "--json").json["clocks"][0]["last_day"] == "2026-04-14"
    explained = clocks(as_user, "--explain").out
    assert "延长：10 个工作日（行政许可法 第42条）；2026-03-02 王建国：案情复杂" in explained


@pytest.mark.parametrize(
    ("arguments", "status", "words"),
    [
        (("pause", NO, "--ground", "lunch", "--reason", "x"), 2, "survey"),
        (("pause", NO, "--ground", "survey"), 2, "--reason"),
        (("pause", NO, "--ground", "survey", "--reason", " "), 2, "理由"),
        (("pause", NO, "--ground", "survey", "--reason", "x", "--from", "2026-02-30"), 2, "日期"),
        (
            ("pause", NO, "--ground", "survey", "--reason", "x", "--from", "9999-12-31"),
            2,
            "没有正在计算",
        ),
        (("pause", "XX-1", "--ground", "survey", "--reason", "x"), 3, "XX-1"),
        (("resume", NO, "7", "--reason", "x"), 2, "7"),
        (("resume", NO, "0", "--reason", "x"), 2, "整数"),
        (("revoke", NO, "99999999999999999999", "--reason", "x"), 2, "整数"),
        (("extend", NO, "comments", "--reason", "x"), 2, "comments"),
    ],
)
def test_what_cannot_be_done_is_said_in_words(as_user, approval, arguments, status, words):
    answer = as_user("li", "clock", *arguments)
    assert answer.status == status
    assert words in answer.err


def test_the_count_as_a_pdf(as_user, approval, tmp_path):
    target = tmp_path / "clocks.pdf"
    assert clocks(as_user, "--out", target).status == 0
    assert target.read_bytes().startswith(b"%PDF")
    text = tmp_path / "note.txt"
    text.write_text("keep me")
    assert clocks(as_user, "--out", text).status == 2
    assert text.read_text() == "keep me"


def test_a_case_shows_its_clocks(as_user, approval):
    shown = as_user("li", "case", "show", NO, "--json").json
    assert [clock["clock"] for clock in shown["clocks"]] == ["decision"]
    assert "⏲ 作出决定 · 2026-03-02 · 2026-03-30" in as_user("li", "case", "show", NO).out


def test_a_calendar_is_taken_in_and_back(as_user, tmp_path):
    file = tmp_path / "2027.toml"
    file.write_text("holidays = [2027-01-01]\nworkdays = [2027-01-09]\n")
    assert as_user("li", "calendar", "import", file).status == 3
    done = as_user("admin", "calendar", "import", file)
    assert done.status == 0
    assert "2027 年工作日历已导入" in done.out
    listed = as_user("li", "calendar", "list")
    assert listed.out.splitlines()[0].split()[:2] == ["2027", "本单元"]
    assert "01-01放假 01-09上班" in listed.out
    lines = [
        json.loads(line) for line in as_user("li", "calendar", "list", "--json").out.splitlines()
    ]
    assert lines[0]["differs"] == [
        {"day": "2027-01-01", "works": False},
        {"day": "2027-01-09", "works": True},
    ]
    assert [line["origin"] for line in lines[:2]] == ["office", "shipped"]
    assert as_user("admin", "calendar", "remove", "2027", "--reason", "有误").status == 0
    assert as_user("admin", "calendar", "remove", "2027", "--reason", "有误").status == 3
    entries = as_user("admin", "journal", "list").out
    assert "导入工作日历" in entries
    assert "撤回工作日历" in entries
    assert as_user("admin", "journal", "verify").status == 0


def test_a_bad_calendar_names_line_and_day(as_user, tmp_path):
    file = tmp_path / "2027.toml"
    file.write_text("holidays = [\n  2027-01-01,\n  2027-02-29,\n]\nworkdays = []\n")
    answer = as_user("admin", "calendar", "import", file)
    assert answer.status == 2
    assert "第 3 行" in answer.err
    assert "2027-02-29" in answer.err
    assert as_user("admin", "calendar", "import", tmp_path / "none.toml").status == 2
