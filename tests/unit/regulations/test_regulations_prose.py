"""Sentences of findings as papers print them: Chinese prose, no blanks around days and figures."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from string import Formatter

import pytest

from auditdesk.regulations import messages
from auditdesk.regulations.prose import behind, official
from auditdesk.regulations.shipped import shipped_library
from auditdesk.util.label import Label

DAY = date(2022, 5, 6)
# What a sentence may be filled with where it has a blank before or behind it.
FIGURES = (DAY, Decimal("1234567.5"), 48, (DAY, DAY))
CHINESE = r"[—‘-”…\u3000-\u9fff\uff00-\uffef\U00020000-\U0003ffff]"
BLANK = re.compile(rf"{CHINESE} | {CHINESE}")


def templates():
    """Every sentence that a rule of a case type or a register may say."""
    library = shipped_library()
    declared = [t.rules for t in library.case_types]
    declared += [r.register.rules for r in library.registers.values()]
    found = {m.zh for rules in declared for rule in rules for m in rule.messages.values()}
    return sorted(found)


@pytest.mark.parametrize("value", FIGURES, ids=str)
def test_no_sentence_of_any_rule_is_printed_with_blanks_around_days_and_figures(value):
    for template in templates():
        names = {name for _, name, _, _ in Formatter().parse(template) if name is not None}
        filled = messages.fill(Label(template, ""), dict.fromkeys(names, value)).zh
        assert not BLANK.search(official(filled)), official(filled)


@pytest.mark.parametrize(
    ("said", "printed"),
    [
        (
            "公示 2022-05-16 至 2022-05-20 共 5 个工作日，达到 5 个",
            "公示2022年5月16日至2022年5月20日共5个工作日，达到5个",
        ),
        (
            "受理日 2022-03-01 在济政办发〔2021〕21号有效期内（2021-12-01 至 2023-11-30）",
            "受理日2022年3月1日在济政办发〔2021〕21号有效期内（2021年12月1日至2023年11月30日）",
        ),
        ("入市价格 4268960.5 元", "入市价格4,268,960.50元"),
        ("自2022-01-02起", "自2022年1月2日起"),
        ("王𬭎 2022-01-02 签订", "王𬭎2022年1月2日签订"),
        ("合同 LE-2022-01-02 与 A-2022-01-02-B", "合同LE-2022-01-02与A-2022-01-02-B"),
        ("不是 GB/T 4754-2017 中的代码", "不是GB/T 4754-2017中的代码"),
        ("by Smith 2022-01-02", "by Smith 2022年1月2日"),
        ("法定代表人王 强说明", "法定代表人王 强说明"),
        ("", ""),
    ],
)
def test_blanks_of_the_screen_are_left_out_and_others_kept(said, printed):
    assert official(said) == printed


@pytest.mark.parametrize(
    ("unit", "written"), [("年", "年"), ("%", "%"), ("万m³", "万m³"), ("m", " m"), ("", "")]
)
def test_only_a_symbol_in_letters_stands_apart_from_its_figure(unit, written):
    assert behind(unit) == written
