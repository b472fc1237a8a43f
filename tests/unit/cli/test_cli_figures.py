"""The command `figures`, and `case list` with what it says of a figure's cases."""

from __future__ import annotations

import json

import openpyxl
import pytest

from desk_samples import to_approval


@pytest.fixture
def office(at_desk, entered):
    """Two approved cases of different towns, one in work, and one of a year before."""
    to_approval(at_desk, entered(data={"town": "明水街道"}))
    to_approval(at_desk, entered(data={"town": "普集街道"}))
    entered("agreement", data={"town": "明水街道"})
    entered("agreement", accepted_on="2021-12-31")
    at_desk("li").close()


MARCH = ("figures", "--from", "2022-03-01", "--to", "2022-03-31")


def lines_of(read, part, group):
    found = next(g for g in read["parts"][part]["groups"] if g["id"] == group)
    return {line["key"]: line for line in found["lines"]}


def test_json_has_counts_sums_and_the_period_before(as_user, office):
    read = as_user("li", *MARCH, "--type", "land_entry", "--format", "json").json
    assert read["format"] == "auditdesk.figures/1"
    assert read["before"] == {"from": "2022-02-01", "to": "2022-02-28"}
    total = read["parts"][0]["total"]
    assert (total["cases"], total["before"]) == (3, 0)
    assert total["sums"]["deal"] is None
    places = lines_of(read, 0, "place")
    assert places["370114.明水街道"]["cases"] == 2
    outcomes = lines_of(read, 0, "outcome")
    assert (outcomes["approved"]["cases"], outcomes["open"]["cases"]) == (2, 1)
    area = next(s for s in read["parts"][0]["sums"] if s["column"] == "area")
    assert (area["cases"], area["sum"], area["kind"]) == (3, area["sum"], "decimal")
    year = as_user("li", "figures", "--from", "2022-03-01", "--format", "json").json
    assert (year["from"], year["to"]) == ("2022-03-01", "2022-12-31")
    now = as_user("li", "figures", "--format", "json").json
    assert (now["from"], now["to"]) == ("2026-01-01", "2026-12-31")
    assert (now["parts"][0]["total"]["cases"], now["parts"][1]["total"]["cases"]) == (0, 2)


def test_case_list_shows_the_cases_of_every_figure(as_user, office):
    read = as_user("li", "figures", "--from", "2021-01-01", "--to", "2026-12-31",
                   "--format", "json").json  # fmt: skip
    tried = 0
    for part in read["parts"]:
        lines = [line for group in part["groups"] for line in group["lines"]]
        for line in [part["total"], *lines, *part["sums"]]:
            if line["cases"]:
                out = as_user("li", "case", "list", "--json", *line["list"]).out
                assert len(out.splitlines()) == line["cases"], line
                tried += 1
    assert tried > 15


def test_text_is_for_people_in_both_languages(auditdesk, as_user, office, office_folder):
    told = as_user("li", *MARCH)
    assert told.status == 0
    for words in ("本期受理的案件（按受理日期）", "按决定月份", "明水街道", "本期没有决定案件。"):
        assert words in told.out
    english = auditdesk("--lang", "en", "--office", office_folder, "--user", "li", *MARCH)
    assert "Received (by day of acceptance)" in english.out
    assert "No case was decided in the period." in english.out
    sums = as_user("li", *MARCH, "--type", "land_entry", "--measure", "area")
    assert "土地面积（平方米）" in sums.out


def test_files_are_written_whole_and_only_asked_replaced(as_user, office, tmp_path):
    for form in ("xlsx", "pdf", "json", "text"):
        target = tmp_path / f"f.{form}"
        done = as_user("li", *MARCH, "--format", form, "--output", target)
        assert (done.status, done.err) == (0, "")
        assert str(target) in done.out
        first = target.read_bytes()
        again = as_user("li", *MARCH, "--format", form, "--output", target)
        assert again.status == 2
        assert "没有覆盖" in again.err
        assert target.read_bytes() == first
        assert (
            as_user("li", *MARCH, "--format", form, "--output", target, "--overwrite").status == 0
        )
    assert (tmp_path / "f.pdf").read_bytes().startswith(b"%PDF-")
    assert "本期受理" in openpyxl.load_workbook(tmp_path / "f.xlsx").sheetnames
    assert json.loads((tmp_path / "f.json").read_text(encoding="utf-8"))["from"] == "2022-03-01"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--format", "pdf"], "--output"),
        (["--from", "2022-03-02", "--to", "2022-03-01"], "颠倒"),
        (["--from", "2022-02-30"], "--from"),
        (["--type", "nonsense"], "没有事项"),
        (["--town", "明水街道"], "区县"),
        (["--measure", "levy"], "请先选定"),
        (["--type", "land_entry", "--measure", "profit"], "levy"),
        (["--format", "xlsx", "--output", "/no/such/folder/f.xlsx"], "不能写"),
        (["--format", "pdf", "--output", "."], "不能写"),
        (["--format", "csv"], "text"),
    ],
)
def test_what_cannot_be_done_is_said(as_user, office, arguments, words):
    answer = as_user("li", "figures", *arguments)
    assert answer.status == 2
    assert words in answer.err
    assert answer.out == ""


@pytest.mark.parametrize(
    "days",
    [("0001-01-01", "9999-12-31"), ("0001-01-01", "0001-01-01"), ("9999-12-31", "9999-12-31")],
)
def test_the_ends_of_the_calendar_are_counted_too(as_user, office, days):
    first, last = days
    read = as_user("li", "figures", "--from", first, "--to", last, "--format", "json").json
    assert read["parts"][0]["total"]["cases"] == (4 if first < last else 0)


def test_case_list_takes_only_names_that_there_are(as_user, office):
    assert as_user("li", "case", "list", "--outcome", "lost").status == 2
    assert as_user("li", "case", "list", "--timeliness", "never").status == 2
    assert as_user("li", "case", "list", "--town", "没有的镇").out == ""
    assert as_user("li", "case", "list", "--town", "").status == 0
