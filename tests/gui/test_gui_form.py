"""The form follows the declaration, whatever it declares; typed values go in and come out."""

from __future__ import annotations

import pytest
from made_up import CASE_TYPE, FAIL, PASS, finding, report
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLineEdit

from auditdesk.domain.declaration import Severity
from auditdesk.ui.forms.form import CaseForm
from auditdesk.ui.forms.sections import SectionState, field_marks

EVERY = frozenset(f.id for f in CASE_TYPE.fields)
FULL = {
    "name": "某某社",
    "code": "N2370114MF1234567P",
    "story": "一\n二",
    "count": 3,
    "area": "2000",
    "price": "12.30",
    "day": "2022-03-01",
    "good": False,
    "colour": "blue",
    "town": "e",
    "topics": ["x", "z"],
    "tenants": [{"tenant": "甲", "rent": "5.00", "paid": True, "kind": "shop"}],
    "later": "以后",
}


@pytest.fixture
def form(qtbot, ctx):
    made = CaseForm(ctx, CASE_TYPE)
    qtbot.addWidget(made)
    made.resize(900, 700)
    made.show()
    qtbot.waitExposed(made)
    return made


def test_every_kind_of_field_gives_back_what_it_was_given(form):
    form.fill("2026-03-02", FULL, EVERY)
    assert form.data() == FULL
    assert {name: row.editor.value() for name, row in form.rows.items()} == FULL


def test_an_empty_case_is_empty(form):
    form.fill("2026-03-02", {}, EVERY)
    assert form.data() == {}
    assert {name: row.editor.value() for name, row in form.rows.items()} == dict.fromkeys(EVERY)


def test_strange_values_are_kept_until_somebody_changes_them(form):
    strange = {
        "count": "viele",
        "good": "vielleicht",
        "colour": "green",
        "town": "z",
        "topics": ["x", "q"],
        "day": "2022-02-30",
        "price": "1.234",
    }
    form.fill("2026-03-02", strange, EVERY)
    assert {name: form.rows[name].editor.value() for name in strange} == strange


def test_refilling_leaves_nothing_of_the_case_before(form):
    form.fill("2026-03-02", FULL, EVERY)
    form.fill("2026-03-03", {"name": "另一社"}, EVERY)
    assert form.data() == {"name": "另一社"}
    assert form.rows["tenants"].editor.value() is None
    assert form.accepted() == "2026-03-03"


def test_a_strange_value_goes_with_its_case(form):
    form.fill("2026-03-02", {"town": "z"}, EVERY)
    combo = form.rows["town"].editor.combo
    assert combo.currentText() == "z"
    form.fill("2026-03-02", {"town": "a"}, EVERY)
    assert combo.findText("z") < 0


def test_filling_is_no_change_and_typing_is_one(form, qtbot):
    with qtbot.assertNotEmitted(form.changed):
        form.fill("2026-03-02", FULL, EVERY)
    with qtbot.waitSignal(form.changed):
        qtbot.keyClicks(form.rows["count"].editor.line, "7")
    assert form.data()["count"] == 37


def test_what_cannot_be_edited_is_read_only(form):
    form.fill("2026-03-02", FULL, EVERY - {"name", "good", "tenants"})
    assert form.rows["name"].editor.line.isReadOnly()
    assert not form.rows["good"].editor.segments.buttons[0].isEnabled()
    assert not form.rows["tenants"].editor.model.editable
    assert not form.rows["count"].editor.line.isReadOnly()


def test_fields_of_later_stages_stay_folded_until_asked_for(form, qtbot):
    form.fill("2026-03-02", {}, EVERY, {"later"})
    assert not form.rows["later"].isVisible()
    form.unfold.setChecked(True)
    assert form.rows["later"].isVisible()
    form.fill("2026-03-02", {"later": "已有"}, EVERY, {"later"})
    assert form.rows["later"].isVisible(), "what has a value is shown"


def test_marks_and_section_states_follow_the_report(form):
    form.fill("2026-03-02", {"name": "某社", "count": 3}, EVERY)
    form.show_report(
        report(
            finding("bt.count", FAIL, ("count",)),
            finding("bt.price", PASS, ("price",)),
            missing=("day",),
            invalid=("tenants[0].rent",),
        )
    )
    assert form.rows["count"]._mark.text() == "✕"
    assert form.rows["day"]._mark.text() == "○"
    assert form.rows["tenants"]._mark.text() == "✕"
    assert form.rows["price"]._mark.text() == ""
    assert form.sections.shown_state("one") is SectionState.FINDING
    assert form.sections.shown_state("two") is SectionState.FINDING
    form.show_report(report(missing=("code",)))
    assert form.rows["count"]._mark.text() == ""
    assert form.sections.shown_state("one") is SectionState.WORK
    assert form.sections.shown_state("two") is SectionState.EMPTY
    form.show_report(report())
    assert form.sections.shown_state("one") is SectionState.COMPLETE


def test_the_worst_finding_of_a_field_is_shown():
    marks = field_marks(
        report(finding("bt.price", FAIL, ("count",)), finding("bt.count", FAIL, ("count",)))
    )
    assert marks["count"].severity is Severity.BLOCK


def test_clicking_a_mark_asks_for_its_finding(form, qtbot):
    form.fill("2026-03-02", {"count": 3}, EVERY)
    form.show_report(report(finding("bt.count", FAIL, ("count",))))
    with qtbot.waitSignal(form.asked) as asked:
        qtbot.mouseClick(form.rows["count"]._mark, Qt.MouseButton.LeftButton)
    assert asked.args == ["bt.count"]


def test_going_to_a_cell_goes_to_its_table(form, qtbot):
    form.fill("2026-03-02", FULL, EVERY)
    form.activateWindow()
    qtbot.waitUntil(form.isActiveWindow)
    form.go_to("tenants[0].rent")
    assert form.rows["tenants"].editor.table.hasFocus()
    form.go_to_section("one")
    qtbot.waitUntil(form.rows["name"].editor.line.hasFocus)


class TestRows:
    @pytest.fixture
    def editor(self, form):
        form.fill("2026-03-02", {}, EVERY)
        return form.rows["tenants"].editor

    def paste(self, qtbot, editor, text):
        QGuiApplication.clipboard().setText(text)
        qtbot.keyClick(editor.table, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)

    def test_cells_from_excel_are_understood(self, qtbot, editor):
        self.paste(qtbot, editor, '甲\t1,200.5\t是\tshop\n"乙ltd"\t１万\t否\tworks in English\n')
        assert editor.value() == [
            {"tenant": "甲", "rent": "1200.5", "paid": True, "kind": "shop"},
            {"tenant": "乙ltd", "rent": "10000", "paid": False, "kind": "works"},
        ]
        assert "11,200.50" in editor._totals.text()

    def test_pasting_at_a_cell_overwrites_from_there(self, qtbot, editor):
        self.paste(qtbot, editor, "甲\t1\n乙\t2")
        editor.table.setCurrentIndex(editor.model.index(1, 1))
        self.paste(qtbot, editor, "9\n8")
        assert [row["rent"] for row in editor.value()] == ["1", "9", "8"]

    def test_rows_are_added_and_removed(self, qtbot, editor, form):
        qtbot.mouseClick(editor.add, Qt.MouseButton.LeftButton)
        assert editor.value() is None, "an empty row is no value"
        index = editor.model.index(0, 0)
        editor.table.edit(index)
        line = editor.table.findChild(QLineEdit)
        qtbot.keyClicks(line, "abc")
        qtbot.keyClick(line, Qt.Key.Key_Return)
        qtbot.waitUntil(lambda: form.data().get("tenants") == [{"tenant": "abc"}])
        qtbot.waitUntil(lambda: editor.table.currentIndex().row() == 1)
        editor.table.selectRow(0)
        qtbot.mouseClick(editor.remove, Qt.MouseButton.LeftButton)
        assert form.data() == {}

    def test_enter_in_the_last_row_begins_another(self, qtbot, editor):
        self.paste(qtbot, editor, "甲\t1")
        editor.table.setCurrentIndex(editor.model.index(0, 0))
        qtbot.keyClick(editor.table, Qt.Key.Key_Return)
        qtbot.waitUntil(lambda: editor.model.rowCount() == 2)
        assert editor.table.currentIndex().row() == 1

    def test_the_wrong_cell_is_marked(self, form, editor, qtbot):
        self.paste(qtbot, editor, "甲\t1\n乙\tviel")
        form.show_report(report(invalid=("tenants[1].rent",)))
        wrong, right = editor.model.index(1, 1), editor.model.index(0, 1)
        assert wrong.data(Qt.ItemDataRole.ToolTipRole) == "不对"
        assert wrong.data(Qt.ItemDataRole.BackgroundRole) is not None
        assert right.data(Qt.ItemDataRole.BackgroundRole) is None

    def test_an_empty_list_is_a_value_of_its_own(self, form):
        form.fill("2026-03-02", {"tenants": []}, EVERY)
        assert form.rows["tenants"].editor.value() == []
