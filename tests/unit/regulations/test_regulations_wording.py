"""How values and sources are written in papers."""

from __future__ import annotations

import pytest

from auditdesk.domain.declaration import Citation
from auditdesk.regulations.casefile import read_case
from auditdesk.regulations.citing import (
    official_article,
    official_articles,
    official_title,
    short_title,
    sources_text,
)
from auditdesk.regulations.templates import fill_template
from auditdesk.regulations.wording import as_sentence, percent
from auditdesk.util.faults import UnusableInputError
from paper_subjects import subject_of, words

LAND, BUILDING, RESERVOIR = "jinan-land-2021", "jinan-building-2021", "jinan-reservoir-2021"


@pytest.mark.parametrize(
    ("ratio", "written"),
    [
        ("70/90", "77.78%（70/90）"),
        ("39/60", "65%（39/60）"),
        ("2/3", "66.67%（2/3）"),
        ("1/3", "33.33%（1/3）"),
        ("199999/300000", "66.67%（199999/300000）"),  # short of two thirds: the fraction says so
        ("1/8", "12.5%（1/8）"),
        ("1/20000", "0.01%（1/20000）"),
        ("0/90", "0%（0/90）"),
        ("90/90", "100%（90/90）"),
        ("0/0", "0/0"),
    ],
)
def test_a_ratio_is_a_percentage_with_the_exact_fraction(ratio, written):
    assert percent(ratio) == written


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("同意", "同意。"),
        ("同意。", "同意。"),
        ("同意。\n", "同意。"),
        ("同意（附件）", "同意（附件）。"),
        ("同意吗？", "同意吗？"),
        ("等等…", "等等…"),
    ],
)
def test_a_sentence_has_one_full_stop(text, sentence):
    assert as_sentence(text) == sentence


@pytest.mark.parametrize(
    ("regulation", "number", "cited"),
    [
        (LAND, "19", "第十九条"),
        (LAND, "22(3)", "第二十二条第（三）项"),
        (LAND, "101", "第一百零一条"),
        (BUILDING, "二(一)", "第二部分第（一）项"),
        (BUILDING, "二(一)4", "第二部分第（一）项第4点"),
        (BUILDING, "二(一)末段", "第二部分第（一）项末段"),
        (BUILDING, "末段", "末段"),
        (RESERVOIR, "一", "第一部分"),
        ("national-sl252", "2.1.1", "2.1.1"),
        (LAND, "99999", "第99999条"),
    ],
)
def test_a_piece_of_a_regulation(library, regulation, number, cited):
    assert official_article(library.regulations[regulation], number) == cited


def test_items_of_one_article_follow_it(library):
    land, building = library.regulations[LAND], library.regulations[BUILDING]
    cited = official_articles(land, ("19", "22(3)", "22(4)", "24", "22(5)"))
    assert cited == "第十九条、第二十二条第（三）项、第（四）项、第二十四条、第二十二条第（五）项"
    assert official_articles(land, ("22", "22(4)")) == "第二十二条、第二十二条第（四）项"
    assert official_articles(land, ("22(4)", "22")) == "第二十二条第（四）项、第二十二条"
    assert official_articles(building, ("二(一)4", "二(二)1", "三(二)")) == (
        "第二部分第（一）项第4点、第（二）项第1点、第三部分第（二）项"
    )


def test_a_law_goes_by_its_title_and_a_document_by_its_number(library):
    law, measure = library.regulations["national-land-law"], library.regulations[LAND]
    assert official_title(law) == "《中华人民共和国土地管理法》"
    assert short_title(law) == "《土地管理法》"
    assert (
        official_title(measure) == "《济南市集体建设用地管理办法（试行）》（济政办发〔2021〕21号）"
    )
    assert short_title(measure) == "济政办发〔2021〕21号"


def test_sources_of_a_list(library):
    law = library.law("land_entry")
    cited = [("jinan-land-2021", "22(3)"), ("national-land-law", "63"), ("jinan-land-2021", "24")]
    assert sources_text(law, [Citation(*c) for c in cited]) == (
        "济政办发〔2021〕21号第二十二条第（三）项、第二十四条；《土地管理法》第六十三条"
    )
    assert sources_text(law, [Citation("practice", "合同")]) == "办理惯例：合同"


NUMBERED = """
form = "letter"
title = "t"
paragraphs = [
    { kind = "heading1", text = "一、甲" },
    { kind = "list", text = "{list.number}子" },
    { kind = "list", text = "{list.number}丑", when = { equals = { entry_method = ["lease"] } } },
    { kind = "list", text = "{list.number}寅" },
    { kind = "heading1", text = "二、乙" },
    { kind = "list", text = "{list.number}卯" },
]
"""


@pytest.fixture
def filled(library, calendar, bases):
    def made(template, base="agreement", **data):
        case = bases["land_entry"].case(base)
        case["data"] |= data
        case |= {"format": "auditdesk.case/1", "stage": "decision"}
        subject = subject_of(library, calendar, read_case(case, library))
        return words(fill_template("t", template, subject)).split("\n")

    return made


def test_requirements_are_numbered_by_what_is_printed_anew_under_each_heading(filled):
    assert filled(NUMBERED) == ["一、甲", "（一）子", "（二）寅", "二、乙", "（一）卯"]
    assert filled(NUMBERED, "lease")[1:4] == ["（一）子", "（二）丑", "（三）寅"]


def test_nobody_said_which_way_the_case_goes(filled):
    with pytest.raises(UnusableInputError) as caught:
        filled(NUMBERED, entry_method=None)
    assert "案件缺少“拟入市方式”" in caught.value.message.zh


PHRASED = """
form = "letter"
title = "t"
paragraphs = [{ text = "{phrase.which}" }]
[[phrases]]
id = "which"
text = "租"
when = { equals = { entry_method = ["lease"] } }
[[phrases]]
id = "which"
text = "让"
when = { equals = { entry_method = ["agreement"] } }
"""


def test_the_first_way_of_a_phrase_that_holds_is_taken(filled):
    assert filled(PHRASED) == ["让"]
    assert filled(PHRASED, "lease") == ["租"]
    with pytest.raises(UnusableInputError) as caught:
        filled(PHRASED, entry_method=None)
    assert "案件缺少“拟入市方式”" in caught.value.message.zh
    with pytest.raises(UnusableInputError) as caught:
        filled(PHRASED, "equity")
    assert "says nothing for this case" in caught.value.message.en


def test_a_phrase_of_the_template_comes_before_the_shared_one(filled):
    template = PHRASED.replace("phrase.which", "phrase.contact").replace('"which"', '"contact"')
    assert filled(template) == ["让"]


def test_a_paragraph_that_says_nothing_is_not_printed(filled):
    template = 'form = "letter"\ntitle = "t"\nparagraphs = [{ text = "{phrase.contact}" }, '
    assert filled(template + '{ text = "x" }]') == ["x"]


def test_what_is_written_where_there_is_none(filled):
    template = 'form = "letter"\ntitle = "t"\nparagraphs = [{ text = "{parcel_code:else 无号}" }]'
    assert filled(template) == ["无号"]
    code = "370114001001GB00001W00000000"
    assert filled(template, parcel_code=code) == [code]
