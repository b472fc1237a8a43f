"""Blocks of cells from Excel and LibreOffice, as their clipboards hold them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditdesk.domain.declaration import Field, FieldKind
from auditdesk.ui.forms.pasting import is_block, lay_over, lines_of, text_of
from auditdesk.util.label import Label


def column(name, zh, en, kind=FieldKind.TEXT):
    return Field(name, Label(zh, en), kind)


COLUMNS = (
    column("name", "企业名称", "Firm"),
    column("area", "使用面积", "Used area", FieldKind.DECIMAL),
    column("leading", "主导产业", "Leading industry", FieldKind.BOOLEAN),
)


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("甲\t1\r\n乙\t2\r\n", [("甲", "1"), ("乙", "2")]),
        ("甲\t1\n乙\t2", [("甲", "1"), ("乙", "2")]),
        ("甲\r乙\r", [("甲",), ("乙",)]),
        ('"甲\n分公司"\t1\n', [("甲 分公司", "1")]),
        ('"甲\r\n乙"\r\n', [("甲 乙",)]),
        ('"叫""甲""的\t店"\t1', [('叫"甲"的\t店', "1")]),
        ('6" 管\t1\n', [('6" 管', "1")]),
        ('"甲\t1\n乙\t2', [('"甲', "1"), ("乙", "2")]),
        ('"甲"社\t1', [('"甲"社', "1")]),
        ("甲\n\n乙\n", [("甲",), ("",), ("乙",)]),
        ("甲\t\t\n", [("甲", "", "")]),
        ("甲\n\n", [("甲",), ("",)]),
        ("\r\n", [("",)]),
        ("", []),
        ("王𬭎\t㐂\0\n", [("王𬭎", "㐂")]),
    ],
)
def test_copied_cells_are_taken_apart(text, lines):
    assert lines_of(text) == lines


@given(st.lists(st.lists(st.text(st.characters(exclude_categories=["Cs", "Cc"])), min_size=1)))
def test_what_is_handed_over_comes_back(table):
    lines = [tuple(line) for line in table]
    assert lines_of(text_of(lines)) == lines


def test_a_cell_with_a_line_end_or_a_quote_is_quoted_and_comes_back():
    assert text_of([["a\tb", 'c"d', "e"]]) == '"a\tb"\t"c""d"\te\r\n'
    assert lines_of(text_of([["a\tb", 'c"d', "e"]])) == [("a\tb", 'c"d', "e")]


@pytest.mark.parametrize(
    ("text", "block"), [("甲", False), ("甲\r\n", False), ("甲\t", True), ("甲\n乙", True)]
)
def test_more_than_one_cell_is_a_block(text, block):
    assert is_block(text) is block


def laid(text, at=0):
    return lay_over(lines_of(text), COLUMNS, at)


def test_without_headings_the_block_lies_beside_the_cell_it_is_pasted_at():
    block = laid("1\t是\n2\t否", at=1)
    assert block.lines == ({1: "1", 2: "是"}, {1: "2", 2: "否"})
    assert (block.headings, block.spare) == (0, 0)


@pytest.mark.parametrize(
    "headings",
    [
        "企业名称\t使用面积\t主导产业",
        "企业名称\t使用面积（平方米）\t主导产业",
        " 企业 名称\t使用面积/平方米\t主导产业*",
        "Firm\tUsed area (m²)\tLEADING INDUSTRY",
        "name\tarea\tleading",
    ],
)
def test_headings_are_known_and_left_out(headings):
    block = laid(f"{headings}\n甲\t1\t是\n")
    assert (block.headings, block.lines) == (1, ({0: "甲", 1: "1", 2: "是"},))


def test_each_column_goes_under_its_heading_wherever_it_is_pasted():
    block = laid("序号\t主导产业\t企业名称\t备注\n1\t是\t甲\t\n2\t否\t乙\t新\n", at=1)
    assert block.lines == ({2: "是", 0: "甲"}, {2: "否", 0: "乙"})
    assert block.spare == 2, "the numbers and the remarks have no column here"


def test_a_title_above_the_headings_goes_with_them():
    block = laid("入驻企业名单\t\t\n企业名称\t使用面积\t主导产业\n甲\t1\t是")
    assert (block.headings, len(block.lines)) == (2, 1)


@pytest.mark.parametrize(
    "text",
    [
        "企业名称",  # alone it is a value like any other
        "甲\t1\n企业名称\t2\n",  # nothing stands under it
        "某某社\t企业名称有误\t其他\t第四\n甲\t1\t是\t无",
        "企业名称\t企业名称\n甲\t乙",
    ],
)
def test_what_only_looks_like_headings_is_pasted(text):
    assert laid(text).headings == 0


def test_columns_beyond_the_last_are_counted_where_they_hold_something():
    assert laid("甲\t1\t是\t多\t\n乙\t2\t否\t\t\n").spare == 1
    assert laid("甲\t1", at=2).spare == 1
