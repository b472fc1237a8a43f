"""What a paper prints against what its data say."""

from __future__ import annotations

import pytest

from auditdesk.documents.figures import (
    Figure,
    code_problem,
    contradictions,
    figures_on,
    order_problem,
    spellings,
)
from auditdesk.documents.papercode import code_of
from auditdesk.documents.printed import PrintedText, printed_text
from paper_samples import LETTER, approval, plain_letter

PAGE = "价格4,268,960.00元，面积13340.50平方米，50年，2022年3月18\n日，王𬭎，比例12.5%"
CASE = {
    "data": {
        "price": "4268960",
        "area": "13340.50",
        "years": 50,
        "day": "2022-03-18",
        "name": "王𬭎",
        "gone": "没有印",
        "flag": True,
        "rows": [{"a": 1}],
        "empty": None,
    }
}
CHECK = {"computed": {"ratio": "12.5"}}


def page(text=PAGE):
    return PrintedText((text,), ("".join(text.split()),))


def noted(**changes):
    figures = figures_on(page(), {"case": CASE, "check": CHECK}, {"case.price": "价格"})
    listed = [{"of": f.of, "name": f.name, "text": f.text} for f in figures]
    return {"figures": listed} | changes


def problems(text=PAGE, case=CASE, check=CHECK, **changes):
    return contradictions(page(text), noted(**changes), {"case": case, "check": check})


def test_every_value_that_is_printed_is_noted_as_it_is_printed():
    found = figures_on(page(), {"case": CASE, "check": CHECK}, {"case.price": "价格"})
    assert found == (
        Figure("case.price", "价格", "4,268,960.00"),
        Figure("case.area", "case.area", "13340.50"),
        Figure("case.years", "case.years", "50"),
        Figure("case.day", "case.day", "2022年3月18日"),
        Figure("case.name", "case.name", "王𬭎"),
        Figure("check.ratio", "check.ratio", "12.5"),
    )
    assert problems() == ()


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (PAGE.replace("4,268,960.00", "4,268,961.00"), "价格"),
        (PAGE.replace("4,268,960.00", "14,268,960.00"), "价格"),
        (PAGE.replace("4,268,960.00", "4,268,960.005"), "价格"),
        (PAGE.replace("13340.50", "13340.5"), "case.area"),
        (PAGE.replace("，50年", "，150年"), "case.years"),
        (PAGE.replace("3月18", "3月19"), "case.day"),
        (PAGE.replace("王𬭎", "王弘"), "case.name"),
        (PAGE.replace("12.5", "12.55"), "check.ratio"),
    ],
)
def test_a_changed_page_is_told_by_the_value_that_is_missing(text, name):
    (problem,) = problems(text)
    assert name in problem.zh
    assert "no page prints it" in problem.en


@pytest.mark.parametrize(
    ("key", "value"),
    [("price", "4268961"), ("day", "2022-03-19"), ("name", "王弘"), ("years", None)],
)
def test_changed_data_are_told_with_both_values(key, value):
    (problem,) = problems(case={"data": CASE["data"] | {key: value}})
    assert "内含数据却是" in problem.zh
    assert str(value or "—") in problem.zh


def test_data_and_report_of_two_cases_are_told():
    case, check = CASE | {"accepted_on": "2022-03-01"}, CHECK | {"accepted_on": "2022-03-02"}
    (problem,) = problems(case=case, check=check)
    assert "not of one case" in problem.en


def test_number_title_and_checkpoint_have_to_be_printed():
    found = problems(number="章政土批〔2022〕17号", title="批复", checkpoint="12 3f7a")
    assert [p.en.split("”")[0].split("“")[1] for p in found] == ["number", "title", "checkpoint"]


def test_a_list_of_figures_that_is_none_does_no_harm():
    for figures in (None, "x", [1], {}):
        assert contradictions(page(), {"figures": figures}, {}) == ()
    (told,) = contradictions(page(), {"figures": [1, {"name": "地价", "of": 3}]}, {})
    assert "地价" in told.zh


def test_the_code_has_to_be_that_of_the_data():
    case, report = b'{"a": 1}', b"{}"
    code = code_of("1号", "章丘区", case, report).printed
    assert code_problem(page(code), case + report) is None
    assert "another paper's" in code_problem(page(code), case + b"{ }").en
    assert "no printed code" in code_problem(page("没有"), case + report).en
    assert "no printed code" in code_problem(PrintedText((), ()), case + report).en


@pytest.mark.parametrize(
    ("value", "first"),
    [
        ("1e3", "1e3"),
        ("2022-13-01", ()),
        (0, "0.00"),
        ("-5.10", "-5.10"),
        ("两\n行", ()),
        ("9" * 40, "9" * 40),
        (True, ()),
    ],
)
def test_values_of_every_kind(value, first):
    found = spellings(value)
    assert (found[0] if found else ()) == first


def test_the_text_of_a_real_paper_with_its_stamps():
    printed = printed_text(approval())
    for text in (LETTER.number, LETTER.title, "4,268,960.00", "王𬭎", "2022-03-18 13:00:00"):
        assert printed.holds(text)
    assert not printed.holds("268,960.00")
    assert not printed_text(plain_letter()).holds("电子签名")


def pages(*texts):
    return PrintedText(texts, tuple("".join(text.split()) for text in texts))


HEAD, SECOND, THIRD = "章政受〔2022〕1 号 受理通知书", "续 — 2 —", "完 — 3 —"
LETTER_OF_THREE = {"form": "correspondence", "number": "章政受〔2022〕1号"}


@pytest.mark.parametrize(
    ("texts", "document", "wrong"),
    [
        ((HEAD, SECOND, THIRD), LETTER_OF_THREE, None),
        ((HEAD,), LETTER_OF_THREE, None),
        ((SECOND, HEAD, THIRD), LETTER_OF_THREE, 1),
        ((HEAD, THIRD, SECOND), LETTER_OF_THREE, 2),
        ((HEAD, HEAD, THIRD), LETTER_OF_THREE, 2),
        ((SECOND, THIRD), LETTER_OF_THREE, 1),
        (("没有文号", SECOND), LETTER_OF_THREE, 1),
        ((HEAD, SECOND), LETTER_OF_THREE | {"number": ""}, 1),
        ((HEAD, SECOND), LETTER_OF_THREE | {"form": "letter"}, 1),
        ((HEAD, SECOND), {"number": "章政受〔2022〕1号"}, 1),
        ((HEAD + " — 1 —", SECOND), {"number": "章政受〔2022〕1号"}, None),
    ],
)
def test_the_first_page_of_correspondence_has_the_document_s_number_for_its_own(
    texts, document, wrong
):
    problem = order_problem(pages(*texts), document)
    assert (problem is None) == (wrong is None)
    assert wrong is None or f"Page {wrong} of {len(texts)}" in problem.en
