"""The commands `register`, as a person types them."""

from __future__ import annotations

import json

import pytest

from auditdesk.operations import cases, registers
from auditdesk.regulations.casefile import read_case
from register_samples import RESERVOIRS, TODAY, add, reservoir


@pytest.fixture
def file(tmp_path):
    def write(content, name="row.json"):
        path = tmp_path / name
        text = content if isinstance(content, str) else json.dumps(content, ensure_ascii=False)
        path.write_text(text, encoding="utf-8")
        return path

    return write


def test_rows_are_entered_changed_listed_and_shown(as_user, file):
    done = as_user("li", "register", "set", RESERVOIRS, file(reservoir(colour="蓝")))
    assert (done.status, "CQ-0031 已保存 · 通过" in done.out) == (0, True)
    assert "台账没有此字段，未保存：colour" in done.out
    more = {"rows": [{"reservoir_code": "CQ-0031", "river": "汇河", "built_year": None}]}
    more["rows"].append(reservoir(reservoir_code="CQ-0032", last_appraisal_on="2012-02-29"))
    done = as_user("li", "register", "set", RESERVOIRS, file(more), "--json")
    assert [json.loads(x)["code"] for x in done.out.splitlines()] == ["CQ-0031", "CQ-0032"]
    listed = as_user("wang", "register", "list", RESERVOIRS)
    assert listed.status == 0
    assert "小（1）型" in listed.out
    assert "共 2 条" in listed.out
    overdue = as_user("li", "register", "list", RESERVOIRS, "--view", "overdue", "--json")
    assert [json.loads(x)["code"] for x in overdue.out.splitlines()] == ["CQ-0032"]
    eve = ("--on", "2022-02-28", "--view", "overdue", "--json")
    assert as_user("li", "register", "list", RESERVOIRS, *eve).out == ""
    found = as_user("li", "register", "list", RESERVOIRS, "--search", "0032", "--json")
    assert found.json["computed"]["due_on"] == "2022-02-28"
    shown = as_user("li", "register", "show", RESERVOIRS, "CQ-0031", "--json").json
    assert (shown["current"]["river"], "built_year" in shown["current"]) == ("汇河", False)
    assert [v["version"] for v in shown["versions"]] == [2, 1]
    assert shown["begins"] == ["reservoir_appraisal", "reservoir_project"]
    assert "提示  CQ-0032" in listed.out, "an overdue row does not stand there as passed"
    text = as_user("li", "register", "show", RESERVOIRS, "CQ-0032").out
    assert "[提示] 安全鉴定于 2022-02-28 到期" in text
    assert "鉴定逾期: 是" in text
    assert "李晓彤" in text
    english = as_user("li", "--lang", "en", "register", "show", RESERVOIRS, "CQ-0032")
    assert "Overdue: yes" in english.out


def test_a_case_is_begun_from_a_row(as_user, at_desk, file):
    add(at_desk("li"))
    at_desk("li").close()
    done = as_user("li", "register", "take", "reservoir_appraisal", "CQ-0031", "--on", "2026-02-01")
    begun = done.json
    assert (done.status, begun["accepted_on"]) == (0, "2026-02-01")
    assert begun["data"]["previous_appraisal_on"] == "2018-05-20"
    entered = as_user("li", "case", "import", file(begun), "--json")
    assert entered.status == 0
    desk = at_desk("li")
    view = cases.view(desk, entered.json["no"])
    assert view.register.found
    assert [c.no for c in registers.entry(desk, RESERVOIRS, "CQ-0031", TODAY).cases] == [view.no]
    assert read_case(begun, desk.library).case_type == "reservoir_appraisal"


@pytest.mark.parametrize(
    ("arguments", "status", "sentence"),
    [
        (("list", "lakes"), 2, "没有台账 'lakes'"),
        (("list", RESERVOIRS, "--view", "wet"), 2, "没有视图 'wet'"),
        (("list", RESERVOIRS, "--on", "2022-02-30"), 2, "的值不能用：应为 2026-03-01 这样的日期"),
        (("list", RESERVOIRS, "more"), 2, "多出了参数：more。"),
        (("burn", RESERVOIRS), 2, "没有命令 burn。"),
        (("show", RESERVOIRS, "X"), 3, "没有编码为 X 的记录"),
        (("take", "land_entry", "X"), 2, "不取用台账"),
        (("take", "lakes", "X"), 2, "没有事项 'lakes'"),
        (("take", "reservoir_project", "X"), 3, "没有编码为 X 的记录"),
        (("set", RESERVOIRS, "/no/such/file"), 2, "/no/such/file：没有这个文件。"),
        (("set", RESERVOIRS, "/"), 2, "这是文件夹，不是文件。"),
    ],
)
def test_what_cannot_be_done_is_a_clear_sentence(as_user, arguments, status, sentence):
    done = as_user("li", "register", *arguments)
    assert done.status == status
    assert sentence in done.err
    assert done.out == ""


def test_a_row_that_is_kept_with_wrong_values_names_them(as_user, file):
    row = reservoir(capacity_wan_m3="九", management_mode="胡乱")
    done = as_user("li", "register", "set", RESERVOIRS, file(row))
    assert done.status == 0
    assert "[填写有误] 总库容：应为数字" in done.out
    assert "[填写有误] 管护模式：应为 own_staff 专管、regional 区域集中管护" in done.out


HOSTILE = {
    "no JSON": ("{", "台账文件无法使用：不是有效的 JSON"),
    "a list": ("[]", "内容应为一个 JSON 对象"),
    "a number": ("7", "内容应为一个 JSON 对象"),
    "rows of numbers": ({"rows": [1]}, "rows 应为一列记录"),
    "rows as text": ({"rows": "x"}, "rows 应为一列记录"),
    "a field twice": ('{"name": "a", "name": "b"}', "出现两次"),
    "nested for ever": ("[" * 100_000, "台账文件无法使用"),
    "not a number": ('{"reservoir_code": NaN}', "不允许 NaN"),
    "no key": ({"name": "石店水库"}, "水库编码不能用：未填写"),
    "a key of another kind": ({"reservoir_code": {"a": 1}}, "水库编码不能用：应为文字"),
    "the same key twice": ({"rows": [reservoir(), reservoir()]}, "编码 CQ-0031 出现两次"),
    "half a character": ('{"reservoir_code": "A", "name": "\\ud800"}', "残缺字符"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_file_that_cannot_be_used_leaves_the_register_as_it_was(as_user, file, name):
    content, sentence = HOSTILE[name]
    good = file(reservoir(reservoir_code="GOOD"), "good.json")
    done = as_user("li", "register", "set", RESERVOIRS, good, file(content))
    assert done.status == 2
    assert sentence in done.err
    assert as_user("li", "register", "list", RESERVOIRS, "--json").out == ""


def test_wild_values_are_kept_and_reported(as_user, file):
    wild = {"reservoir_code": "W", "capacity_wan_m3": 1e15, "built_year": [], "name": "=1+1"}
    wild |= {"last_appraisal_on": {"a": [1, {"b": 2}]}, "safety_monitoring": "也许"}
    done = as_user("li", "register", "set", RESERVOIRS, file(wild))
    assert (done.status, "否决" in done.out) == (0, True)
    shown = as_user("li", "register", "show", RESERVOIRS, "W", "--on", "2000-01-01", "--json").json
    assert {i["field"] for i in shown["invalid_fields"]} == {
        "capacity_wan_m3",
        "built_year",
        "last_appraisal_on",
        "safety_monitoring",
    }


def test_a_supervisor_looks_and_does_not_write(as_user, file):
    done = as_user("wang", "register", "set", RESERVOIRS, file(reservoir()))
    assert (done.status, "只有" in done.err) == (3, True)
