"""The towns that a form suggests: Jinan's, of the right district, by characters or initials."""

from __future__ import annotations

import csv

import pytest
from pypinyin import Style, lazy_pinyin

from auditdesk.domain.declaration import FieldKind
from auditdesk.domain.suggestion import MOST_SUGGESTED, Suggestion, matching
from auditdesk.regulations.suggestions import suggestions
from auditdesk.util.paths import shipped

# Source: National Bureau of Statistics, codes as of 2023-06-30: sub-districts and towns.
# The sums, 132 and 29, are those of the city's own statistics for 2022.
COUNTS = {
    "370102": (13, 0), "370103": (17, 0), "370104": (16, 0), "370105": (15, 0),
    "370112": (17, 0), "370113": (8, 2), "370114": (17, 1), "370115": (8, 2),
    "370116": (8, 7), "370117": (5, 0), "370124": (2, 6), "370126": (1, 11), "370176": (5, 0),
}  # fmt: skip
# What the dictionary reads otherwise than people here do
LOCAL = {"东阿镇": "dez"}


@pytest.fixture(scope="module")
def towns():
    path = shipped("resources") / "tables" / "towns.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_there_are_132_sub_districts_and_29_towns(towns):
    assert sum(row["zh"].endswith("街道") for row in towns) == 132
    assert sum(row["zh"].endswith("镇") for row in towns) == 29
    assert len(towns) == 161


def test_every_district_has_its_own(towns):
    found = {}
    for row in towns:
        streets, places = found.get(row["district"], (0, 0))
        is_street = row["zh"].endswith("街道")
        found[row["district"]] = (streets + is_street, places + (not is_street))
    assert found == COUNTS


def test_codes_are_in_order_and_begin_with_their_district(towns, library):
    codes = [row["code"] for row in towns]
    assert codes == sorted(set(codes))
    assert all(len(code) == 9 and code.isdigit() for code in codes)
    assert all(row["code"].startswith(row["district"]) for row in towns)
    # sub-districts are numbered from 001, towns from 100
    assert all((row["code"][6] == "0") == row["zh"].endswith("街道") for row in towns)
    assert {row["district"] for row in towns} <= set(library.districts)


def test_initials_are_those_of_the_pinyin(towns):
    wrong = {
        row["zh"]: row["initials"]
        for row in towns
        if row["initials"]
        != LOCAL.get(row["zh"], "".join(lazy_pinyin(row["zh"], style=Style.FIRST_LETTER)))
    }
    assert wrong == {}


@pytest.mark.parametrize(
    ("district", "name"),
    [
        ("370114", "垛庄镇"), ("370112", "柳埠街道"), ("370116", "雪野街道"),
        ("370124", "东阿镇"), ("370126", "玉皇庙镇"), ("370171", "舜华路街道"),
        ("370176", "舜华路街道"),
    ],
)  # fmt: skip
def test_a_district_suggests_its_own(library, district, name):
    found = [s.name for s in suggestions(library, "towns", district)]
    assert name in found
    assert len(found) == sum(COUNTS["370176" if district == "370171" else district])


def test_an_area_without_own_towns_suggests_all(library):
    assert len(suggestions(library, "towns", "370199")) == 161
    assert suggestions(library, "no_such_table", "370114") == ()


def test_every_field_of_towns_suggests_them(library):
    declared = [law.case_type for law in library.laws.values()]
    declared += [register.law.case_type for register in library.registers.values()]
    asked = {(t.id, f.id) for t in declared for f in t.fields if f.suggest == "towns"}
    assert asked == {(t.id, f.id) for t in declared for f in t.fields if f.id == "town"}
    for case_type in declared:
        for field in case_type.fields:
            if field.suggest:
                assert field.kind is FieldKind.TEXT
                assert suggestions(library, field.suggest, "370114")


NAMES = (
    Suggestion("1", "文祖街道", "wzjd"),
    Suggestion("1", "双山街道", "ssjd"),
    Suggestion("1", "曹范街道", "cfjd"),
    Suggestion("1", "垛庄镇", "dzz"),
    Suggestion("1", "官庄街道", "gzjd"),
)


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("文", ("文祖街道",)),
        ("庄", ("垛庄镇", "官庄街道")),
        ("官庄", ("官庄街道",)),
        ("ss", ("双山街道",)),
        (" DZ ", ("垛庄镇",)),
        ("jd", ()),
        ("", ()),
        ("  ", ()),
        ("明水", ()),
    ],
)
def test_names_match_by_characters_or_initials(typed, names):
    assert matching(NAMES, typed) == names


def test_the_list_stays_short():
    many = [Suggestion("1", f"第{n}街道", f"d{n}jd") for n in range(40)]
    assert len(matching(many, "街道")) == MOST_SUGGESTED
