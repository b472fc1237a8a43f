"""Files in an office's folder of regulations: those that are refused, and are told of."""

from __future__ import annotations

import pytest

from auditdesk.regulations.additions import with_additions
from successor_samples import (
    BUILDING,
    DEED_TAX,
    LAND,
    NEXT,
    RESERVOIR,
    changed,
    cited,
    drop_in,
    identity,
    outcome,
)

SHIPPED_ID = changed(LAND, "jinan-land-2024", "national-land-law")
# ruff: noqa: E501 – a table reads best a row a line
REFUSED = [
    ("overlap", [changed(LAND, "first_day = 2024-02-01", "first_day = 2023-11-30")], "first_day", "重叠"),
    ("overlap of a later one", [LAND, changed(NEXT, "first_day = 2026-02-01", "first_day = 2026-01-31")], "first_day", "重叠"),
    ("overlap with one without end", [changed(RESERVOIR, 'repealing_article = "30"\n', "")], "first_day", "未定"),
    ("begins before", [changed(LAND, "first_day = 2024-02-01", "first_day = 2021-12-01")], "first_day", "首日"),
    ("another kind", [changed(LAND, 'kind = "fraction"\nvalues = [{ value = "3/4"', 'kind = "integer"\nvalues = [{ value = 75')], "parameters[vote_share].kind", "fraction"),
    ("another kind two steps away", [changed(LAND, 'id = "vote_share"', 'id = "other"'), changed(NEXT, 'kind = "fraction"\nvalues = [{ value = "4/5"', 'kind = "integer"\nvalues = [{ value = 80')], "parameters[vote_share].kind", "fraction"),
    ("a share above one", [changed(LAND, '"3/4"', '"4/3"')], "parameters[vote_share].values", "0 与 1"),
    ("a figure of nought", [changed(LAND, "value = 20", "value = 0")], "parameters[lease_max_years].values", "之间"),
    ("a slip of the keyboard", [changed(LAND, "value = 20", "value = 200000")], "parameters[lease_max_years].values", "之间"),
    ("steps without a step", [changed(BUILDING, '{ "60" = 40, "80" = 90 }', "{}")], "parameters[operation_steps].values", "各档"),
    ("steps that are no numbers", [changed(BUILDING, '"60" = 40', "much = 40")], "parameters[operation_steps].values", "各档"),
    ("replaces what is not there", [changed(LAND, 'replaces = "12"', 'replaces = "99"')], "articles[5].replaces", "没有第 99 条"),
    ("succeeds nothing that is there", [changed(LAND, '"jinan-land-2021"', '"jinan-land-2020"')], "succeeds", "没有可用"),
    ("succeeds itself", [changed(LAND, '"jinan-land-2021"', '"jinan-land-2024"')], "succeeds", "成环"),
    ("says not what it succeeds", [changed(LAND, 'succeeds = "jinan-land-2021"\n', "")], "succeeds", ""),
    ("by reference", [changed(LAND, "succeeds =", 'by_reference = "41"\nsucceeds =')], "by_reference", "首日"),
    ("a shipped id", [SHIPPED_ID], "-", "自带同名"),
    ("an article of its days that is not there", [changed(LAND, 'days_article = "41"', 'days_article = "42"')], "days_article", "没有第 42"),
    ("a value without article", [changed(LAND, 'article = "8", ', "")], "article", ""),
    ("values that overlap", [changed(LAND, "last_day = 2024-12-31", "last_day = 2025-01-01")], "parameters[lease_min_years].values", "重叠"),
    ("a value before the first day", [changed(LAND, '"3/4", article = "8", first_day = 2024-02-01', '"3/4", article = "8", first_day = 2024-01-01')], "parameters[vote_share].values", "早于"),
    ("a value after the last day", [changed(LAND, 'article = "9", first_day = 2025-01-01 }', 'article = "9", first_day = 2025-01-01, last_day = 2026-02-01 }')], "parameters[lease_min_years].values", "晚于"),
    ("an article twice", [changed(LAND, 'number = "12"\n', 'number = "9"\n')], "articles[9]", "两次"),
    ("no TOML", [LAND + "]]"], "-", ""),
]  # fmt: skip


@pytest.mark.parametrize("refused", REFUSED, ids=lambda r: r[0])
def test_a_successor_that_does_not_fit_is_refused_alone_and_told(own, library, judged, refused):
    _, texts, key, zh = refused
    mine = own(*texts)
    (problem,) = mine.problems
    assert problem.key.startswith(key) or key in problem.key
    assert zh in problem.zh
    assert problem.file.endswith(".toml")
    assert "/regulations/" in problem.file
    assert set(mine.laws) == set(library.laws)
    if texts != [SHIPPED_ID]:
        assert identity(texts[-1]) not in mine.regulations
    last = judged(mine, "2027-06-01").as_json()
    if len(texts) == 1:
        assert last == judged(library, "2027-06-01").as_json()


def test_two_that_claim_one_place_are_both_refused(own, judged, library):
    rival = changed(LAND, "jinan-land-2024", "jinan-land-2025")
    mine = own(LAND, rival)
    assert [p.key for p in mine.problems] == ["succeeds", "succeeds"]
    assert mine.own == frozenset()
    assert judged(mine, "2024-06-01").as_json() == judged(library, "2024-06-01").as_json()


def test_a_successor_of_a_refused_one_is_refused_too(own):
    mine = own(changed(LAND, '"3/4"', '"4/3"'), NEXT)
    assert {p.key for p in mine.problems} == {"parameters[vote_share].values", "succeeds"}
    assert mine.own == frozenset()


def test_two_that_succeed_each_other_are_refused(own):
    round_about = changed(LAND, '"jinan-land-2021"', '"jinan-land-2026"')
    assert [p.key for p in own(round_about, NEXT).problems] == ["succeeds", "succeeds"]


def test_the_shipped_text_stays_where_an_office_claims_its_name(own, library):
    mine = own(SHIPPED_ID)
    assert mine.regulations["national-land-law"] == library.regulations["national-land-law"]
    assert mine.law("land_entry").digest == library.law("land_entry").digest


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("jinan-land-2024.toml.txt", LAND.encode()),
        ("jinan-land-2024.TOML", LAND.encode()),
        ("jinan-land-2024.docx", b"PK"),
        ("jinan-land-2024.toml", b"\xff\xfe"),
        ("other-name.toml", LAND.encode()),
        ("jinan-land-2024.toml", b""),
        ("tables/new.xlsx", b"PK"),
    ],
)
def test_a_file_that_is_not_used_is_told(library, tmp_path, name, content):
    path = tmp_path / "regulations" / name
    path.parent.mkdir(parents=True)
    path.write_bytes(content)
    mine = with_additions(library, tmp_path)
    (problem,) = mine.problems
    assert problem.file == str(path)
    assert problem.label.zh.startswith(str(path))
    assert mine.laws.keys() == library.laws.keys()


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('id = "jinan-land-2024"', 'id = = "x"', "不是有效的 TOML（第 2 行第 6 列）"),
        (
            'id = "jinan-land-2024"',
            'id = "jinan-land-2024"\nfoo = 1',
            "foo：没有这一项，请核对拼写",
        ),
        ("first_day = 2024-02-01", "first_day = 5", "first_day：应为 2026-03-01 这样的日期"),
        ("number = ", "# number = ", "number：缺少此项"),
    ],
)
def test_a_slip_in_a_file_is_told_in_chinese(library, tmp_path, old, new, told):
    folder = tmp_path / "regulations"
    folder.mkdir()
    (folder / "jinan-land-2024.toml").write_text(changed(LAND, old, new), encoding="utf-8")
    (problem,) = with_additions(library, tmp_path).problems
    assert told in problem.label.zh


def test_notes_beside_the_files_are_no_problem(library, tmp_path):
    folder = drop_in(tmp_path, LAND)
    (folder / "README.md").write_text("由法制科放入", encoding="utf-8")
    (folder / ".DS_Store").write_bytes(b"\x00")
    assert with_additions(library, tmp_path).problems == ()


def test_an_office_without_the_folder_has_the_shipped_library(library, tmp_path):
    assert with_additions(library, tmp_path) is library
    (tmp_path / "regulations").mkdir()
    assert with_additions(library, tmp_path) is library


STANDARD = """
id = "national-gb4754-2027"
number = "GB/T 4754-2027"
title = { zh = "国民经济行业分类（样例）", en = "Sample classification" }
short = { zh = "GB/T 4754-2027", en = "GB/T 4754-2027" }
issuer = { zh = "样例", en = "sample" }
first_day = 2024-01-01
succeeds = "national-gb4754-2017"
repealing_article = "1"

[[articles]]
number = "1"
gist = { zh = "代替 2017 年版", en = "replaces the edition of 2017" }
replaces = "5"

[[parameters]]
id = "industry_classes"
label = { zh = "行业代码", en = "codes" }
unit = { zh = "代码", en = "codes" }
kind = "listing"
values = [{ value = "tables/classes-2027.csv", article = "1", first_day = 2024-01-01 }]
"""


def test_a_table_lies_beside_and_is_pinned_with_the_law(library, tmp_path, judged):
    folder = drop_in(tmp_path, STANDARD)
    assert "no table" in with_additions(library, tmp_path).problems[0].reason
    (folder / "tables").mkdir()
    table = folder / "tables" / "classes-2027.csv"
    table.write_text("code,zh\n70,房地产\n701,开发\n", encoding="utf-8")
    mine = with_additions(library, tmp_path)
    assert mine.problems == ()
    law = mine.law("building_certification")
    assert "tables/classes-2027.csv" in law.texts
    for day, expected in (("2023-12-31", "pass"), ("2024-01-01", "fail")):
        report = judged(mine, day, "certified", "building_certification", leading_classes=["651"])
        assert outcome(report, "industry.classes") == expected
    assert cited(report, "industry.classes")[-1] == "national-gb4754-2027 1"


def test_a_shipped_table_keeps_its_place(library, tmp_path):
    folder = drop_in(tmp_path, LAND)
    (folder / "tables").mkdir()
    (folder / "tables" / "gb4754.csv").write_text("code,zh\n51,无\n", encoding="utf-8")
    mine = with_additions(library, tmp_path)
    assert "自带同名" in mine.problems[0].zh
    digest = library.law("building_certification").digest
    assert mine.law("building_certification").digest == digest


def test_a_table_by_name_keeps_every_name(own):
    """A use without a figure would stop the judging of every case with that use."""
    text = LAND + changed(DEED_TAX, "tourism = 30, ", "")
    (problem,) = own(text).problems
    assert problem.key == "parameters[levy_percent_by_use].values"
    assert "tourism" in problem.zh


def test_a_word_is_one_of_those_that_there_are(own):
    word = """
[[parameters]]
id = "subsidy_unit_counting"
label = { zh = "计法", en = "counting" }
unit = { zh = "词", en = "word" }
kind = "text"
values = [{ value = "rounded_up", article = "2", first_day = 2025-01-01 }]
"""
    (problem,) = own(BUILDING + word).problems
    assert "proportional / whole_units" in problem.zh
