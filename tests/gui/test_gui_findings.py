"""The findings panel: worst first, folded, and every line leads somewhere."""

from __future__ import annotations

import pytest
from made_up import CASE_TYPE, FAIL, PASS, UNKNOWN, finding, report
from PySide6.QtCore import Qt

from auditdesk.ui.panels.findings import FindingsPanel


@pytest.fixture
def panel(qtbot, ctx):
    made = FindingsPanel(ctx, lambda citation: f"第{citation.article}条")
    qtbot.addWidget(made)
    made.resize(400, 500)
    made.show()
    qtbot.waitExposed(made)
    return made


def heads(panel):
    return [(line.group, line.count) for line in panel.model.lines() if line.head]


def line_at(panel, text):
    lines = panel.model.lines()
    row = next(i for i, line in enumerate(lines) if text in line.text)
    return panel.model.index(row)


def click(qtbot, panel, text):
    point = panel.view.visualRect(line_at(panel, text)).center()
    qtbot.mouseClick(panel.view.viewport(), Qt.MouseButton.LeftButton, pos=point)


def everything():
    return report(
        finding("bt.day", FAIL, ("day",)),
        finding("bt.price", FAIL, ("price",)),
        finding("bt.count", FAIL, ("count",)),
        missing=("name", "tenants[1].rent"),
        invalid=("code",),
        lacking=("letter",),
    )


def test_the_worst_stand_first(panel):
    panel.show_report(CASE_TYPE, everything())
    assert heads(panel) == [("block", 2), ("justify", 1), ("missing", 3), ("notice", 1)]
    assert "否决" in panel.verdict.text()


def test_a_missing_cell_is_named_by_row_and_column(panel):
    panel.show_report(CASE_TYPE, everything())
    assert any("tenants第 2 行“rent”" in line.text for line in panel.model.lines())


def test_passed_rules_are_folded_and_unfold(panel, qtbot):
    panel.show_report(CASE_TYPE, report(finding("bt.count", PASS), finding("bt.day", UNKNOWN)))
    assert heads(panel) == [("unknown", 1), ("pass", 1)]
    assert len(panel.model.lines()) == 2
    click(qtbot, panel, "通过")
    assert [line.rule for line in panel.model.lines() if not line.head] == ["bt.count"]
    click(qtbot, panel, "通过")
    assert len(panel.model.lines()) == 2


def test_clicks_lead_to_the_field_or_the_material(panel, qtbot):
    panel.show_report(CASE_TYPE, everything())
    with qtbot.waitSignal(panel.field_wanted) as field:
        click(qtbot, panel, "bt.count")
    assert field.args == ["count"]
    with qtbot.waitSignal(panel.material_wanted) as material:
        click(qtbot, panel, "申请书")
    assert material.args == ["letter"]


def test_the_keyboard_leads_there_too(panel, qtbot):
    panel.show_report(CASE_TYPE, everything())
    panel.view.setCurrentIndex(line_at(panel, "bt.price"))
    with qtbot.waitSignal(panel.field_wanted) as field:
        qtbot.keyClick(panel.view, Qt.Key.Key_Return)
    assert field.args == ["price"]
    with qtbot.waitSignal(panel.detail_wanted) as rule:
        qtbot.keyClick(panel.view, Qt.Key.Key_F1)
    assert rule.args == ["bt.price"]


def test_only_what_can_be_justified_offers_it(panel):
    panel.show_report(CASE_TYPE, everything())
    panel.view.setCurrentIndex(line_at(panel, "bt.count"))
    assert not panel.justify.isEnabled()
    panel.view.setCurrentIndex(line_at(panel, "bt.price"))
    assert panel.justify.isEnabled()


def test_the_same_report_moves_nothing(panel, qtbot):
    panel.show_report(CASE_TYPE, everything())
    panel.view.setCurrentIndex(line_at(panel, "bt.price"))
    with qtbot.assertNotEmitted(panel.model.modelReset):
        panel.show_report(CASE_TYPE, everything())
    assert panel.view.currentIndex().isValid()


def test_every_line_says_its_sign_in_words(panel):
    panel.show_report(CASE_TYPE, everything())
    index = line_at(panel, "bt.count")
    assert index.data(Qt.ItemDataRole.AccessibleTextRole).startswith("否决")
