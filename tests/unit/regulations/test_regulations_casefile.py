from __future__ import annotations

import json
from datetime import date
from decimal import Decimal

import pytest

from auditdesk.regulations.casefile import LARGEST_FILE, parse_case, read_case
from auditdesk.regulations.judge import judge
from auditdesk.util.faults import UnusableInputError

GOOD = {
    "format": "auditdesk.case/1",
    "case_type": "land_entry",
    "accepted_on": "2022-03-01",
    "district": "370114",
}


def raw(**changes):
    content = {**GOOD, **changes}
    return json.dumps({k: v for k, v in content.items() if v is not ...}).encode()


def test_the_least_case_file(library):
    case = parse_case(raw(), library)
    assert case.stage == "intake"
    assert case.accepted_on == date(2022, 3, 1)
    assert case.data == {}


def test_numbers_are_read_exactly(library):
    text = raw(data={}).replace(b'"data": {}', b'"data": {"parcel_area_m2": 0.1000000000000000055}')
    assert parse_case(text, library).data["parcel_area_m2"] == Decimal("0.1000000000000000055")


def test_a_byte_order_mark_does_not_matter(library):
    assert parse_case(b"\xef\xbb\xbf" + raw(), library).district == "370114"


def test_what_the_case_type_does_not_have_is_named(library):
    case = parse_case(
        raw(data={"colour": 1}, materials={"x": "present"}, justifications={"y": "z"}, note=1),
        library,
    )
    assert case.unknown == ("colour", "materials.x", "justifications.y", "note")
    assert case.data == {}


def test_a_missing_district_is_missing_not_fatal(library, calendar):
    case = parse_case(raw(district=...), library)
    report = judge(case, library.law("land_entry"), calendar)
    assert "district" in report.missing_fields
    assert report.finding("land_entry.district.reference").outcome == "unknown"
    assert "区县" in report.finding("land_entry.district.reference").message.zh


HOSTILE = {
    "empty": (b"", "JSON"),
    "not json": (b"{", "JSON"),
    "a list": (b"[]", "对象"),
    "a number": (b"5", "对象"),
    "latin": ('{"format": "é"}'.encode("latin-1"), "UTF-8"),
    "gb18030": ('{"format": "案件"}'.encode("gb18030"), "UTF-8"),
    "utf-16": ('{"format": "x"}'.encode("utf-16"), "UTF-8"),
    "nul bytes": (b"\x00" * 100, "JSON"),
    "too large": (b" " * (LARGEST_FILE + 1), "MB"),
    "nan": (raw(data={}).replace(b"{}", b'{"term_years": NaN}'), "NaN"),
    "infinity": (raw(data={}).replace(b"{}", b'{"term_years": -Infinity}'), "Infinity"),
    "twice": (b'{"format": "a", "format": "b"}', "两次"),
    "deep lists": (b"[" * 100_000, "嵌套"),
    "deep objects": (b'{"a":' * 100_000, "嵌套"),
    "deep but closed": (raw(data={"a": json.loads("[" * 50 + "]" * 50)}), "嵌套"),
    "a number of 5000 digits": (b'{"vote_total": ' + b"9" * 5000 + b"}", "数字"),
    "no format": (raw(format=...), "format"),
    "another format": (raw(format="auditdesk.case/2"), "format"),
    "unknown case type": (raw(case_type="moon"), "land_entry"),
    "case type of wrong type": (raw(case_type=5), "case_type"),
    "case type blank": (raw(case_type=" "), "case_type"),
    "case type with a path": (raw(case_type="../land_entry"), "没有事项"),
    "no day": (raw(accepted_on=...), "accepted_on"),
    "impossible day": (raw(accepted_on="2022-02-30"), "accepted_on"),
    "another way of writing a day": (raw(accepted_on="20220301"), "accepted_on"),
    "a day of wrong type": (raw(accepted_on=20220301), "accepted_on"),
    "a day in the year 9999": (raw(accepted_on="9999-12-31"), "accepted_on"),
    "district of wrong type": (raw(district=370114), "district"),
    "district of wrong length": (raw(district="3701"), "区县"),
    "unknown stage": (raw(stage="lunch"), "环节"),
    "stage of wrong type": (raw(stage=1), "stage"),
    "data of wrong type": (raw(data=[1]), "data"),
    "materials of wrong type": (raw(materials="all"), "materials"),
    "justifications of wrong type": (raw(justifications=[]), "justifications"),
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_an_unusable_file_is_refused_with_a_sentence(library, name):
    content, word = HOSTILE[name]
    with pytest.raises(UnusableInputError) as caught:
        parse_case(content, library)
    assert word in caught.value.message.zh
    assert len(caught.value.message.zh) < 300


def test_a_stage_of_another_route_is_unusable(library, calendar, bases):
    content = bases["land_entry"].case("agreement")
    case = parse_case(raw(**content, stage="trade"), library)
    with pytest.raises(UnusableInputError, match="trade"):
        judge(case, library.law("land_entry"), calendar)


def test_a_stage_of_some_route_is_judged_while_the_method_is_empty(library, calendar, bases):
    content = bases["land_entry"].case("listing")
    del content["data"]["entry_method"]
    report = judge(
        parse_case(raw(**content, stage="trade"), library), library.law("land_entry"), calendar
    )
    assert report.verdict == "incomplete"
    assert report.missing_fields == ("entry_method",)


@pytest.mark.parametrize(
    "value",
    [
        "1E+999999", "1e-400", "9" * 41, "1." + "3" * 20, 10**19, Decimal("NaN"), Decimal("1E+30"),
        "0x10", "١٢", "1_000", "--5", "", " ", True, [], {}, "１２",
    ],
)  # fmt: skip
@pytest.mark.parametrize("field", ["parcel_area_m2", "entry_price_yuan", "vote_total"])
def test_strange_numbers_are_empty_or_invalid_never_taken(library, calendar, field, value):
    content = parse_case(raw(), library)
    case = type(content)("land_entry", content.accepted_on, "370114", data={field: value})
    report = judge(case, library.law("land_entry"), calendar)
    named = [i.field for i in report.invalid_fields]
    assert named == ([] if isinstance(value, str) and not value.strip() else [field])


def test_half_characters_and_controls_are_invalid_and_can_be_printed(library, calendar):
    content = raw(data={}).replace(
        b"{}", b'{"town": "\\ud800", "village": "a\\u0000b", "x\\ud800": 1}'
    )
    report = judge(parse_case(content, library), library.law("land_entry"), calendar)
    assert [i.field for i in report.invalid_fields] == ["town", "village"]
    json.dumps(report.as_json(), ensure_ascii=False).encode("utf-8")


def test_a_table_of_too_many_rows_is_invalid(library, calendar):
    rows = [{"recipient": "甲", "share_percent": "0"}] * 5001
    case = parse_case(raw(data={"income_distribution": rows}), library)
    report = judge(case, library.law("land_entry"), calendar)
    assert [i.field for i in report.invalid_fields] == ["income_distribution"]


def test_the_report_has_the_contract_s_keys(make_report):
    report = make_report({"base": "listing", "stage": "intake"}).as_json("en")
    assert list(report) == [
        "format", "case_type", "stage", "accepted_on", "verdict", "rules", "materials",
        "missing_fields", "invalid_fields", "unknown_fields", "computed",
    ]  # fmt: skip
    assert report["format"] == "auditdesk.check/1"
    rules = [r["rule"] for r in report["rules"]]
    assert len(rules) == len(set(rules)) == 27
    assert all(r["citations"] for r in report["rules"])


def test_a_column_that_a_table_does_not_have_is_dropped_and_named(library):
    """Nothing that a case file holds may vanish without a word (interface.md)."""
    content = {
        "format": "auditdesk.case/1",
        "case_type": "land_entry",
        "accepted_on": "2022-03-01",
        "data": {"income_distribution": [{"recipient": "集体", "note": "x"}, 7, {"share": "1"}]},
    }
    case = read_case(content, library)
    assert case.unknown == ("income_distribution[0].note", "income_distribution[2].share")
    assert case.data["income_distribution"] == [{"recipient": "集体"}, 7, {}]
