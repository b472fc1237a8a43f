"""How people type: every way of writing that a clerk uses, and nothing thrown away."""

from __future__ import annotations

import pytest

from auditdesk.domain.declaration import Field, FieldKind
from auditdesk.ui.forms import reading
from auditdesk.ui.forms.manners import manner_of
from auditdesk.util.label import Label

SQUARE_METRES = Label("m²", "m²")


def field(kind, unit=None, form=""):
    return Field("f", Label("字段", "field"), kind, unit=unit, format=form)


@pytest.mark.parametrize(
    "typed",
    [
        "20220301",
        "2022-3-1",
        "2022.3.1",
        "2022/03/01",
        "2022年3月1日",
        "２０２２．３．１",
        "2022。3。1",
        " 2022 3 1 ",
        "22.3.1",
        "220301",
    ],
)
def test_a_date_is_understood_however_it_is_typed(typed):
    assert reading.read_date(typed) == "2022-03-01"


@pytest.mark.parametrize("typed", ["2022-02-30", "20221301", "明天", "2022-3", "3.1"])
def test_what_is_no_date_stays_as_it_was_typed(typed):
    assert reading.read_date(f" {typed} ") == typed


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("13340.50", "13340.50"),
        ("13,340.50", "13340.50"),
        ("１３，３４０．５０", "13340.50"),
        ("13340.5 平方米", "13340.5"),
        ("13.3亩", "8866.67"),
        ("１３．３ 亩", "8866.67"),
        ("1.2公顷", "12000"),
        ("3亩", "2000"),
        ("-5", "-5"),
        (".5", "0.5"),
        ("12.", "12"),
        ("1,23", "1,23"),
        ("1.2.3", "1.2.3"),
        ("13 顷", "13 顷"),
        ("约13", "约13"),
    ],
)
def test_an_area_is_understood_in_every_unit(typed, value):
    assert manner_of(field(FieldKind.DECIMAL, SQUARE_METRES)).read(typed) == value


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("4200000", "4200000"),
        ("4,200,000.00", "4200000.00"),
        ("¥4,200,000", "4200000"),
        ("420万", "4200000"),
        ("420万元", "4200000"),
        ("0.001万", "10"),
        ("1.2亿元", "120000000"),
        ("12.345", "12.345"),
        ("四百万", "四百万"),
    ],
)
def test_money_is_understood_in_wan_too(typed, value):
    assert manner_of(field(FieldKind.MONEY)).read(typed) == value


def test_an_integer_becomes_one_and_everything_else_stays_text():
    read = manner_of(field(FieldKind.INTEGER, Label("人", "people"))).read
    assert read("１２ 人") == 12
    assert read("1,200") == 1200
    assert read("-3") == -3
    assert read("1.5") == "1.5"
    assert read("二") == "二"


def test_an_area_unit_means_nothing_for_other_numbers():
    assert manner_of(field(FieldKind.DECIMAL, Label("年", "years"))).read("13亩") == "13亩"
    assert manner_of(field(FieldKind.DECIMAL, Label("年", "years"))).read("40 年") == "40"


def test_a_code_is_half_width_capital_and_without_spaces():
    read = manner_of(field(FieldKind.TEXT, form="uscc")).read
    assert read("ｎ2370114 mf1234567p") == "N2370114MF1234567P"


def test_money_shows_capitals_and_areas_show_mu_and_hectares():
    assert manner_of(field(FieldKind.MONEY)).note("4200000", "zh") == "肆佰贰拾万元整"
    area = manner_of(field(FieldKind.DECIMAL, SQUARE_METRES))
    assert area.note("13340.50", "zh") == "合 20.0108 亩，1.3341 公顷"
    assert area.show("13340.50") == "13,340.50"
    assert manner_of(field(FieldKind.DATE)).note("2022-03-01", "zh") == "周二"


@pytest.mark.parametrize("value", [None, "", "abc", "-1", "1.234", "1e30"])
def test_no_capitals_for_what_is_no_sum_of_money(value):
    assert manner_of(field(FieldKind.MONEY)).note(value, "zh") == ""


@pytest.mark.parametrize("typed", ["651、652", "651, 652", "651，652", "６５１ 652", " 651;652、"])
def test_several_codes_in_one_line(typed):
    manner = manner_of(field(FieldKind.TEXTS))
    assert manner.read(typed) == ["651", "652"]
    assert manner.show(["651", "652"]) == "651、652"


def test_no_codes_in_a_line_are_empty():
    manner = manner_of(field(FieldKind.TEXTS))
    assert manner.read(" 、") == ""
    assert (manner.show(None), manner.show("651")) == ("", "651")
