from __future__ import annotations

from datetime import date

import pytest

from auditdesk.regulations.casefile import read_case
from auditdesk.regulations.templates import fill_template
from auditdesk.util.faults import UnusableInputError
from paper_subjects import subject_of, words


@pytest.fixture
def subject(library, calendar, bases):
    def made(base="listing", day="2022-03-01", **data):
        case = bases["land_entry"].case(base)
        case["data"] |= data
        case |= {"format": "auditdesk.case/1", "stage": "decision", "accepted_on": day}
        return subject_of(library, calendar, read_case(case, library))

    return made


@pytest.mark.parametrize("base", ["listing", "agreement", "lease", "equity"])
@pytest.mark.parametrize("day", ["2021-06-01", "2022-03-01", "2024-03-04"])
def test_every_shipped_template_can_be_filled(library, subject, base, day):
    law = library.law("land_entry")
    in_force = law.on(date.fromisoformat(day))
    for document in law.case_type.documents:
        if not all(in_force.citations((source,)) for source in document.in_force):
            continue  # no case of that day has one
        text = library.template("land_entry", document.template)
        filled = fill_template(document.template, text, subject(base, day))
        assert "{" not in repr(filled).replace("{'", "")


def test_the_approval_states_the_figures(library, subject):
    letter = fill_template("t", library.template("land_entry", "approval.toml"), subject())
    text = words(letter)
    assert "13340.5平方米（合20.0108亩、1.3341公顷）" in text
    assert "人民币4,200,000.00元（大写：肆佰贰拾万元整）" in text
    assert "应到90人，实到80人，同意70人" in text
    assert "集体提留60%；成员分配40%" in text
    assert "50%缴纳土地增值收益" in text
    assert "公开竞价" in text
    assert "租金" not in text


def test_a_lease_is_approved_by_its_rent(library, subject):
    text = words(
        fill_template("t", library.template("land_entry", "approval.toml"), subject("lease"))
    )
    assert "年租金为人民币90,000.00元（大写：玖万元整）" in text
    assert "公开竞价" not in text


def test_only_what_was_in_force_is_cited(library, subject):
    template = library.template("land_entry", "approval.toml")
    after = repr(fill_template("t", template, subject(day="2024-03-04")))
    within = repr(fill_template("t", template, subject()))
    assert "济南市集体建设用地管理办法" in within
    assert "济南市集体建设用地管理办法" not in after
    assert "1039999" not in after
    assert "中华人民共和国土地管理法" in after


def test_a_missing_value_stops_the_printing_and_names_itself(library, subject):
    with pytest.raises(UnusableInputError) as caught:
        fill_template("t", library.template("land_entry", "approval.toml"), subject(land_use=None))
    assert "土地用途" in caught.value.message.zh


def test_the_correction_notice_lists_everything_at_once(library, subject):
    wrong = subject(vote_agree=50, vote_against=26, village="", applicant_uscc="错")
    text = words(
        fill_template("t", library.template("land_entry", "correction_notice.toml"), wrong)
    )
    assert "1.未填写：村（居）。" in text
    assert "2.填写有误：统一社会信用代码" in text
    assert "3.同意50人，应到90人" in text
    assert "（依据：济政办发〔2021〕21号第十九条；《土地管理法》第六十三条）" in text


def test_the_review_sheet_lists_every_finding(library, subject):
    sheet = fill_template("t", library.template("land_entry", "review_sheet.toml"), subject())
    findings = sheet.tables[0]
    assert len(findings.rows) == len(library.law("land_entry").case_type.rules)
    assert all(len(row) == len(table.columns) for table in sheet.tables for row in table.rows)
    assert ("土地面积", "13340.5平方米") in sheet.facts


def test_values_are_never_read_as_templates(library, subject):
    text = words(
        fill_template(
            "t",
            library.template("land_entry", "approval.toml"),
            subject(parcel_location="{office.government}<b>&"),
        )
    )
    assert "{office.government}<b>&" in text


ADDS_UP_NAMES = """
form = "sheet"
title = "t"
facts = []
tables = [{ title = "t", source = "data.income_distribution", totals = ["recipient"] }]
"""


@pytest.mark.parametrize(
    "text",
    [
        "", "form = 5", "form = 'letter'\ntitle = 't'\nparagraphs = []",
        "form = 'letter'\ntitle = '{nonsense}'\nparagraphs = [{ text = 'x' }]",
        "form = 'letter'\ntitle = '{land_use:shout}'\nparagraphs = [{ text = 'x' }]",
        "form = 'letter'\ntitle = '{'\nparagraphs = [{ text = 'x' }]",
        "form = 'letter'\ntitle = '{law.moon}'\nparagraphs = [{ text = 'x' }]",
        "form = 'letter'\ntitle = '{computed.moon}'\nparagraphs = [{ text = 'x' }]",
        "form = 'letter'\ntitle = 't'\nparagraphs = [{ text = 'x', in_force = 'moon' }]",
        "form = 'sheet'\ntitle = 't'\nfacts = []\ntables = [{ title = 't', source = 'moon' }]",
        "form = 'sheet'\ntitle = 't'\nfacts = []\ntables = [{ title = 't', source = 'data.moon' }]",
        "form = 'sheet'\ntitle = 't'\nfacts = ['moon']",
        ADDS_UP_NAMES,
    ],
)  # fmt: skip
def test_a_broken_template_is_a_clear_refusal(subject, text):
    with pytest.raises(UnusableInputError, match="template is broken"):
        fill_template("broken.toml", text, subject())


def test_a_missing_template_file_is_named(library):
    with pytest.raises(UnusableInputError, match=r"moon\.toml"):
        library.template("land_entry", "moon.toml")


def test_the_levy_notice_states_rate_and_sum(library, subject):
    letter = fill_template("t", library.template("land_entry", "levy_notice.toml"), subject())
    text = words(letter)
    assert "土地净收益为人民币1,000,000.00元（大写：壹佰万元整）" in text
    assert "按土地净收益的50%缴纳，应缴土地增值收益人民币500,000.00元（大写：伍拾万元整）" in text
    assert "收入科目1039999，全额缴入区级国库" in text


@pytest.mark.parametrize(
    ("base", "price"),
    [
        ("listing", "成交价款：人民币4,500,000.00元"),
        ("agreement", "入市价格：人民币4,200,000.00元"),
        ("lease", "年租金：人民币"),
    ],
)
def test_the_public_notice_states_the_price_of_its_method(library, subject, base, price):
    template = library.template("land_entry", "publicity_notice.toml")
    text = words(fill_template("t", template, subject(base)))
    assert price in text
    assert sum(word in text for word in ("成交价款", "入市价格", "年租金")) == 1
