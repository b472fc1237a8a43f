from __future__ import annotations

import pytest

from auditdesk.store import search
from auditdesk.store.records import CaseFilter
from office_samples import add_case

ALL = CaseFilter()


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("章丘区", "章丘 丘区 章 丘 区"),
        ("章", "章"),
        ("A座12号", "a 座 12 号"),
        ("ＬＲＳ－２０２６", "lrs 2026"),
        ("", ""),
        ("，。", ""),
        ("𠮷野家", "𠮷野 野家 𠮷 野 家"),
    ],
)
def test_text_is_cut_into_pairs_and_single_characters(text, tokens):
    assert search.words([text]) == tokens


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("章丘区", "zq qq"),
        ("丘", "q"),
        ("长清区", "cq qq"),
        ("单县", "sx"),
        ("王庄 abc", "wz"),
        ("abc", ""),
        ("𠮷王庄", "wz"),
    ],
)
def test_initials_are_cut_the_same_way(text, tokens):
    assert search.initials([text]).split(" ") == tokens.split(" ") or tokens == ""
    assert set(tokens.split()) <= set(search.initials([text]).split())


def test_a_family_name_is_found_by_both_of_its_readings():
    assert set(search.initials(["仇家庄"]).split()) == {"cj", "qj", "jz"}


def test_nothing_to_search_for_is_no_query():
    for text in ("", "   ", "，。！", '"', "*"):
        assert search.query(text, ALL) is None


@pytest.fixture
def desk(office):
    add_case(
        office,
        title="王庄村股份经济合作社",
        place="相公庄街道王庄村",
        search=("王庄村股份经济合作社", "相公庄街道王庄村", "N2370181MF1234567X"),
    )
    add_case(
        office,
        title="长清区马山镇双泉村",
        place="马山镇",
        status="closed",
        due_on=None,
        search=("长清区马山镇双泉村", "单志强"),
    )
    return office


def found(office, text, case_filter=ALL):
    return [row.no[-4:] for row in office.cases.search(text, case_filter)]


@pytest.mark.parametrize(
    ("typed", "numbers"),
    [
        ("王庄", ["0001"]),
        ("庄村", ["0001"]),
        ("王", ["0001"]),
        ("村", ["0001", "0002"]),
        ("王庄村股份经济合作社", ["0001"]),
        ("王村", []),
        ("庄王", []),
        ("王庄 街道", ["0001"]),
        ("王庄 马山", []),
        ("LRS-2022-0002", ["0002"]),
        ("lrs-2022", ["0001", "0002"]),
        ("2022-0001", ["0001"]),
        ("n237", ["0001"]),
        ("wz", ["0001"]),
        ("wzc", ["0001"]),
        ("WZC", ["0001"]),
        ("cqq", ["0002"]),
        ("szq", ["0002"]),
        ("dzq", ["0002"]),
        ("m", ["0002"]),
        ("zzzz", []),
        ("，。", []),
        ('王庄" OR "马山', []),
        ("words : 马山", []),
        ("NEAR(王庄)", []),
        ("王庄*", ["0001"]),
    ],
)
def test_what_is_typed_finds_its_cases(desk, typed, numbers):
    assert found(desk, typed) == numbers


def test_filters_narrow_a_search(desk):
    assert found(desk, "村", CaseFilter(status="open")) == ["0001"]
    assert found(desk, "村", CaseFilter(status="closed", case_type="land_entry")) == ["0002"]
    assert found(desk, "村", CaseFilter(place="马山镇")) == ["0002"]
    assert found(desk, "村", CaseFilter(created_by="wangfang")) == []
    assert found(desk, "村", CaseFilter(stage='intake" OR "')) == []


def test_hits_come_by_due_day_and_no_more_than_asked(desk):
    assert [r.due_on for r in desk.cases.search("村", ALL)][-1] is None
    assert len(desk.cases.search("村", ALL, limit=1)) == 1


def test_the_index_follows_every_change(desk):
    with desk.write("case.save", "LRS-2022-0001", {}) as writer:
        writer.save_case("LRS-2022-0001", 1, search=("李庄村",), status="returned", due_on=None)
    assert found(desk, "王庄") == []
    assert found(desk, "李庄") == ["0001"]
    assert found(desk, "lz") == ["0001"]
    assert found(desk, "村", CaseFilter(status="open")) == []
    with desk.write("case.save", "LRS-2022-0001", {}) as writer:
        writer.save_case("LRS-2022-0001", 2, body={"data": {}})
    assert found(desk, "李庄", CaseFilter(status="returned")) == ["0001"]


def test_a_very_long_text_is_no_trouble(desk):
    assert found(desk, "王庄村" * 5000) == []
