"""The commands `followup` and `case resume`, as a person types them."""

from __future__ import annotations

import json

import pytest

from case_bases import enter, lead, whole_case


@pytest.fixture
def certified(at_desk):
    """A certified building that has to be put right, by 2023-02-28."""
    view = enter(at_desk, whole_case("building_certification", "certified"))
    no = lead(at_desk, view, "rectification").no
    at_desk("li").close()
    return no


def test_list_settle_and_reopen(as_user, certified):
    listed = as_user("li", "followup", "list")
    assert listed.status == 0
    assert listed.out.split() == [
        "1", "已过期", "2023-02-28", "整改期限", certified, "泉城数字大厦"
    ]  # fmt: skip
    assert as_user("li", "followup", "list", "--on", "2023-02-28", "--json").json == {
        "id": 1,
        "group": "due",
        "case": certified,
        "case_type": "building_certification",
        "title": "泉城数字大厦",
        "place": "历下区经十路1号",
        "follow_up": "rectification",
        "label": "整改期限",
        "first_day": "2022-08-31",
        "last_day": "2023-02-28",
        "days_left": 0,
    }
    assert "整改期限" in as_user("wang", "followup", "settle", "1", "--reason", "已达标").out
    assert as_user("li", "followup", "list").out == "没有已过期、期限内或即将开始的期限\n"
    assert as_user("li", "followup", "list", "--json").out == ""
    shown = as_user("li", "followup", "list", "--case", certified)
    assert "已了结 · 王建国 已达标" in shown.out
    assert as_user("li", "followup", "reopen", "1", "--reason", "误记").status == 0
    lines = as_user("li", "followup", "list", "--case", certified, "--json").json
    assert [step["label"] for step in lines["steps"]] == ["开始", "了结", "恢复"]
    assert lines["open"]
    case = as_user("li", "case", "show", certified, "--json").json
    assert case["follow_ups"] == [lines]
    assert "整改期限" in as_user("li", "case", "show", certified).out


def test_coming_up_is_looked_for_as_far_as_asked(as_user, certified):
    asked = ("followup", "list", "--on", "2022-08-21", "--json")
    assert as_user("li", *asked).json["group"] == "coming"
    assert as_user("li", *asked, "--within", "9").out == ""
    assert as_user("li", *asked, "--within", "10").json["group"] == "coming"


def test_resume(as_user, certified):
    refused = as_user("wang", "case", "resume", certified, "--reason", "达标")
    assert refused.status == 3
    assert as_user("li", "case", "resume", certified).status == 2
    done = as_user("li", "case", "resume", certified, "--reason", "达标")
    assert (done.status, done.err) == (0, "")
    again = json.loads(as_user("li", "case", "show", certified, "--json").out)
    assert again["stage"] == "certified"
    assert as_user("li", "case", "resume", certified, "--reason", "达标").status == 3


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        (("settle", "99", "--reason", "x"), 3),
        (("reopen", "1", "--reason", "x"), 3),
        (("settle", "1", "--reason", " "), 2),
        (("settle", "1", "--reason", "\ud800"), 2),
        (("settle", "1"), 2),
        (("settle", "0", "--reason", "x"), 2),
        (("settle", "-1", "--reason", "x"), 2),
        (("settle", "9" * 30, "--reason", "x"), 2),
        (("settle", "一", "--reason", "x"), 2),
        (("list", "--on", "2023-02-29"), 2),
        (("list", "--on", "9999-12-31"), 2),
        (("list", "--within", "-1"), 2),
        (("list", "--within", "999999"), 2),
        (("list", "--limit", "0"), 2),
        (("list", "--case", "LY-1999-0001"), 3),
    ],
    ids=str,
)
def test_what_cannot_be_is_refused_in_words(as_user, certified, arguments, status):
    for language in ("zh", "en"):
        answer = as_user("li", "--lang", language, "followup", *arguments)
        assert answer.status == status
        assert answer.err.strip()
        assert answer.out == ""


def test_an_administrator_looks_but_settles_nothing(as_user, certified):
    assert as_user("admin", "followup", "list").status == 0
    assert as_user("admin", "followup", "settle", "1", "--reason", "x").status == 3
