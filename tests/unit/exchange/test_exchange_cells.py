"""What goes into cells and sheet names."""

from __future__ import annotations

from decimal import Decimal
from xml.etree import ElementTree as ET
from xml.sax.saxutils import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditdesk.exchange.cells import (
    CELL_LENGTH,
    SHORTENED,
    cell_text,
    number_text,
    reads_as_formula,
    sheet_names,
    survives_as_number,
)


def units(text):
    return len(text.encode("utf-16-le")) // 2


@given(st.text(st.characters(exclude_categories=[])))
def test_every_text_becomes_one_that_xml_can_hold(text):
    clean, _ = cell_text(text)
    # A parser turns the line ends of old systems into \n, as cell_text does beforehand.
    assert ET.fromstring(f"<t>{escape(clean)}</t>").text in {clean, None}


@pytest.mark.parametrize(
    ("text", "held"),
    [
        ("章丘区\r\n文祖街道\r某村", "章丘区\n文祖街道\n某村"),
        ("a\x00b\x0bc\ufffed", "a\ufffdb\ufffdc\ufffdd"),
        ("half \ud83d of a pair", "half \ufffd of a pair"),
        ("tab\tstays", "tab\tstays"),
        ("_x0041_ is no A", "_x005F_x0041_ is no A"),
        ("_x00_ is plain", "_x00_ is plain"),
        ("𠀀 beyond the basic plane", "𠀀 beyond the basic plane"),
    ],
)
def test_text_as_a_cell_holds_it(text, held):
    assert cell_text(text) == (held, False)


def test_a_text_of_exactly_the_limit_is_whole():
    assert cell_text("长" * CELL_LENGTH) == ("长" * CELL_LENGTH, False)


@pytest.mark.parametrize("letter", ["长", "𠀀"])
def test_a_longer_text_is_shortened_and_says_so(letter):
    held, shortened = cell_text(letter * (CELL_LENGTH + 1))
    assert shortened
    assert held.endswith(SHORTENED)
    assert units(held) <= CELL_LENGTH
    assert "\ufffd" not in held
    assert units(held) >= CELL_LENGTH - 1


@pytest.mark.parametrize("first", ["=", "+", "-", "@", "\t", "\n", "\r", "\x01"])
def test_text_that_a_spreadsheet_would_run(first):
    assert reads_as_formula(f"{first}1+1")


@pytest.mark.parametrize("text", ["", "1+1", " =1", "村", "N2370181MF000001X"])
def test_text_that_no_spreadsheet_runs(text):
    assert not reads_as_formula(text)


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (Decimal("13340.50"), "13340.50"),
        (Decimal("1E+3"), "1000"),
        (Decimal("-0.001"), "-0.001"),
        (Decimal("1E-7"), "0.0000001"),
    ],
)
def test_numbers_are_written_without_exponent(number, text):
    assert number_text(number) == text


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity"])
def test_what_is_no_number_is_refused(number):
    with pytest.raises(ValueError, match="no number"):
        number_text(Decimal(number))


@pytest.mark.parametrize(
    ("text", "survives"),
    [
        ("999999999999999", True),
        ("1234567890123456", False),
        ("9999999999999.99", True),
        ("99999999999999.99", False),
        ("10000000000000000.00", True),
        ("-0.000000000000000001", True),
        ("0.00", True),
    ],
)
def test_numbers_of_more_than_15_digits_do_not_survive(text, survives):
    assert survives_as_number(text) is survives


@given(st.integers(-(10**15) + 1, 10**15 - 1))
def test_amounts_that_survive_come_back_from_a_binary_float(fen):
    text = number_text(Decimal(fen).scaleb(-2))
    assert survives_as_number(text)
    assert Decimal(f"{float(text):.15g}") == Decimal(text)


@pytest.mark.parametrize(
    ("titles", "names"),
    [
        (["入市", "入市"], ("入市", "入市 (2)")),
        (["a/b:c*d?e[f]g\\h"], ("a b c d e f g h",)),
        (["'quoted'"], ("quoted",)),
        (["", "///"], ("表", "表 (2)")),
        (["History"], ("History (2)",)),
        (["Case", "CASE"], ("Case", "CASE (2)")),
        (["长" * 40, "长" * 40], ("长" * 31, "长" * 27 + " (2)")),
        (["a" * 30 + "' x"], ("a" * 30,)),
    ],
)
def test_sheet_names(titles, names):
    assert sheet_names(titles) == names


@given(st.lists(st.text(st.characters(exclude_categories=[]), max_size=40), max_size=12))
def test_sheet_names_are_always_allowed(titles):
    names = sheet_names(titles)
    assert len({name.casefold() for name in names}) == len(titles)
    for name in names:
        assert 1 <= units(name) <= 31
        assert not set("[]:*?/\\") & set(name)
        assert not name.startswith("'")
        assert not name.endswith("'")
