"""Templates that an office words itself: used where they can be, told and left out where not."""

from __future__ import annotations

import pytest

from auditdesk.regulations.additions import with_additions
from auditdesk.regulations.casefile import read_case
from auditdesk.regulations.law_words import not_used
from auditdesk.regulations.own_templates import TemplateError
from paper_subjects import filled_paper, subject_of, words
from successor_samples import LAND, drop_in
from template_samples import REFUSAL, put_template

OURS = "land_entry/refusal.toml"


@pytest.fixture
def put(library, tmp_path):
    """The library of an office with these templates, by their place in its folder."""

    def made(*files):
        for name, text in files:
            put_template(tmp_path, name, text)
        return with_additions(library, tmp_path)

    return made


@pytest.fixture
def refusal(calendar, bases):
    def made(library, **data):
        case = bases["land_entry"].case("agreement") | {"format": "auditdesk.case/1"}
        case["data"] |= data
        return filled_paper(
            library, subject_of(library, calendar, read_case(case, library)), "refusal"
        )

    return made


def test_the_offices_words_take_the_place_of_the_programs(put, refusal, library):
    mine = put((OURS, REFUSAL))
    assert mine.problems == ()
    text = words(refusal(mine, planned_use="homestead"))
    assert text.startswith("经本机关审查，依据《中华人民共和国土地管理法》第六十三条")
    assert "1.规划确定的用途不是经营性" in text
    assert "如不服本决定，可以自收到本决定之日起六十日内" in text
    assert mine.own_template("land_entry", "refusal.toml") == REFUSAL
    assert mine.own_template("land_entry", "approval.toml") is None
    assert mine.template("land_entry", "approval.toml") == library.template(
        "land_entry", "approval.toml"
    )


def test_templates_and_regulations_hold_side_by_side(put, tmp_path):
    drop_in(tmp_path, LAND)
    mine = put((OURS, REFUSAL))
    assert mine.problems == ()
    assert mine.own == {"jinan-land-2024"}
    assert mine.own_template("land_entry", "refusal.toml") == REFUSAL


def test_an_office_without_a_folder_of_templates_has_the_programs(library, tmp_path):
    assert with_additions(library, tmp_path) is library
    (tmp_path / "templates" / "land_entry").mkdir(parents=True)
    (tmp_path / "templates" / "README.md").write_text("x", encoding="utf-8")
    (tmp_path / "templates" / "land_entry" / ".hidden").write_bytes(b"x")
    assert with_additions(library, tmp_path) is library


# ruff: noqa: E501 – a table reads best a row a line
REFUSED = [
    ("no TOML", ("land_entry/refusal.toml", REFUSAL + "]]"), "不是有效的 TOML", ""),
    ("no UTF-8", ("land_entry/refusal.toml", REFUSAL.encode("gb18030")), "不是 UTF-8", "cannot be read"),
    ("empty", ("land_entry/refusal.toml", ""), "缺少此项", ""),
    ("an unknown key", ("land_entry/refusal.toml", "colour = 'red'\n" + REFUSAL), "colour：没有这一项", "colour"),
    ("a misspelt name", ("land_entry/refusal.toml", REFUSAL.replace("applicant_name", "applicant")), "recipient {applicant}", "no such value"),
    ("an article that there is not", ("land_entry/refusal.toml", REFUSAL.replace("law 63", "law 630")), "no such article", "no such article"),
    ("no remedies", ("land_entry/refusal.toml", REFUSAL.replace("{phrase.remedies}", "此致。")), "请加一段 {phrase.remedies}", "does not tell the remedies"),
    ("remedies in a comment only", ("land_entry/refusal.toml", "# {phrase.remedies}\n" + REFUSAL.replace('text = "{phrase.remedies}"', 'text = "此致。"')), "请加一段", "does not tell"),
    ("remedies of its own", ("land_entry/refusal.toml", REFUSAL + '[[phrases]]\nid = "remedies"\ntext = "三日内申请"\n'), "不能改写", "are law"),
    ("no such template", ("land_entry/refuse.toml", REFUSAL), "没有这份模板；可用：acceptance_notice.toml", "no such template"),
    ("no such case type", ("land/refusal.toml", REFUSAL), "没有事项 land；可用", "no case type land"),
    ("in no folder", ("refusal.toml", REFUSAL), "应放在以事项编号命名的文件夹里", "lies not in a folder"),
    ("another ending", ("land_entry/refusal.toml.txt", REFUSAL), "没有这份模板", "no such template"),
    ("a template of another case type", ("reservoir_appraisal/refusal.toml", REFUSAL), "{applicant_name}", "no such value"),
]  # fmt: skip


@pytest.mark.parametrize("refused", REFUSED, ids=lambda r: r[0])
def test_one_that_cannot_be_used_is_told_with_its_path_and_left_out(
    put, refusal, library, tmp_path, refused
):
    _, file, zh, en = refused
    mine = put(file)
    (problem,) = mine.problems
    assert isinstance(problem, TemplateError)
    assert problem.file.startswith(str(tmp_path / "templates"))
    told = not_used(problem)
    assert told.zh.startswith("文书模板有误，没有采用，仍用程序自带的：")
    assert zh in told.zh
    assert en in told.en
    assert refusal(mine) == refusal(library)
    assert mine.laws == library.laws


def test_one_broken_template_takes_no_other_with_it(put, refusal):
    mine = put(
        (OURS, REFUSAL), ("land_entry/approval.toml", ""), ("building_reward/moon.toml", REFUSAL)
    )
    assert len(mine.problems) == 2
    assert words(refusal(mine)).startswith("经本机关审查")
