"""Row tables: what a spreadsheet's user expects of them, with keys, mouse and clipboard."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QMenu
from test_gui_clerk import begin

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
HEADS = "企业名称\t统一社会信用代码\t工商注册\t税务登记\t主导产业\t使用面积（平方米）"
NAME, CODE, REGISTERED, TAXED, LEADING, AREA = range(6)


@pytest.fixture
def table(person):
    """The table of tenants of a new case, with the keyboard in it."""
    person.sign_in("li")
    begin(person, "特色产业楼宇认定")
    person.case.form.go_to("tenants")
    return Table(person, "tenants")


class Table:
    """Somebody at one row table."""

    def __init__(self, person, name) -> None:
        self.person, self.editor = person, person.field(name)
        self.view, self.model = self.editor.table, self.editor.model

    def paste(self, text, key=Qt.Key.Key_V):
        QApplication.clipboard().setText(text)
        self.person.press(key, CTRL)

    def copied(self):
        self.person.press(Qt.Key.Key_C, CTRL)
        return QApplication.clipboard().text()

    def click(self, row, column, modifier=Qt.KeyboardModifier.NoModifier):
        self.view.scrollTo(self.model.index(row, column))
        middle = self.view.visualRect(self.model.index(row, column)).center()
        viewport, left = self.view.viewport(), Qt.MouseButton.LeftButton
        self.person.qtbot.mouseClick(viewport, left, modifier, middle)

    def here(self):
        return self.view.currentIndex().row(), self.view.currentIndex().column()

    def column(self, name):
        return [row.get(name) for row in self.editor.value() or []]

    def told(self):
        return self.editor._told.text()


def firms(count, **cells):
    row = {"uscc": "", "registered": "是", "taxed": "是", "leading": "是", "area": "1,200.5"}
    row |= cells
    return "".join(f"第{n}家\t" + "\t".join(row.values()) + "\r\n" for n in range(1, count + 1))


def test_a_list_from_excel_is_taken_with_its_headings(table):
    table.paste(f"{HEADS}\r\n{firms(3)}")
    assert table.column("name") == ["第1家", "第2家", "第3家"]
    assert table.column("used_area_m2") == ["1200.5"] * 3
    assert table.column("leading") == [True] * 3
    assert table.told() == "已粘贴 3 行，各列按表头对应。"
    assert table.editor._totals.text() == "共 3 行 · 使用面积合计 3,601.5 平方米"


def test_what_cannot_be_right_stays_as_it_came_and_is_counted_and_marked(table):
    table.paste(firms(2, leading="也许", area="约一千\t12\t否\t多出来"))
    assert table.column("leading") == ["也许", "也许"]
    assert table.column("used_area_m2") == ["约一千", "约一千"]
    assert "4 个单元格有误，已标出，内容原样留着" in table.told()
    table.person.judged()
    table.click(1, AREA)
    table.editor.deeds.go_to((1, AREA))
    assert table.editor._said.text() == "✕ 应为数字"
    index = table.model.index(1, AREA)
    assert index.data(Qt.ItemDataRole.ToolTipRole) == "应为数字"
    assert not index.data(Qt.ItemDataRole.DecorationRole).isNull()
    assert index.data(Qt.ItemDataRole.AccessibleTextRole).startswith("✕ 应为数字")


def test_columns_without_a_place_are_told(table):
    table.paste("序号\t企业名称\t备注\n1\t甲\t新\n2\t乙\t\n")
    assert table.column("name") == ["甲", "乙"]
    assert "2 列没有对应的栏目，没有粘贴" in table.told()


def test_more_rows_than_a_table_takes_are_told_and_not_pasted(table):
    table.paste("甲\n" * 1001)
    assert table.editor.value() is None
    assert "1,001 行" in table.told()
    assert "没有粘贴" in table.told()
    table.paste("甲\n" * 1000)
    assert len(table.editor.value()) == 1000


def test_one_value_fills_all_that_is_chosen(table):
    table.paste(firms(3))
    table.click(0, TAXED)
    table.click(2, LEADING, SHIFT)
    table.paste("否")
    assert table.column("tax_registered") == table.column("leading") == [False] * 3


def test_cells_go_to_a_spreadsheet_and_come_back(table):
    table.paste(firms(3, area="12,000"))
    table.click(0, NAME)
    table.click(2, AREA, SHIFT)
    text = table.copied()
    assert text == "".join(f"第{n}家\t\t是\t是\t是\t12000\r\n" for n in (1, 2, 3))
    before = table.editor.value()
    table.person.press(Qt.Key.Key_X, CTRL)
    assert table.editor.value() is None
    table.paste(text)
    assert table.editor.value() == before


def test_filling_down_and_filling_all_that_is_chosen(table):
    table.paste("甲\n乙\n丙")
    table.click(0, AREA)
    table.person.type("7")
    table.person.press(Qt.Key.Key_Return)
    table.click(0, AREA)
    table.click(2, AREA, SHIFT)
    table.person.press(Qt.Key.Key_D, CTRL)
    assert table.column("used_area_m2") == ["7", "7", "7"]
    table.click(2, AREA)
    table.person.type("9")
    table.person.press(Qt.Key.Key_Escape)
    assert table.column("used_area_m2") == ["7", "7", "7"], "Escape takes back what was typed"
    table.click(1, AREA)
    table.person.type("8")
    table.person.press(Qt.Key.Key_Return)
    table.click(1, AREA)
    table.click(2, AREA, SHIFT)
    menu = table.editor.deeds.make_menu()
    next(a for a in menu.actions() if "填满" in a.text()).trigger()
    assert table.column("used_area_m2") == ["7", "8", "8"]


def test_rows_are_put_in_and_taken_out_by_keys_and_by_the_menu(table):
    table.paste("甲\n乙\n丙")
    table.click(1, NAME)
    table.person.press(Qt.Key.Key_Plus, CTRL)
    assert (table.model.rowCount(), table.here()) == (4, (1, NAME))
    table.person.type("新")
    table.person.press(Qt.Key.Key_Return)
    assert table.column("name") == ["甲", "新", "乙", "丙"]
    table.click(2, NAME)
    menu = table.editor.deeds.make_menu()
    next(a for a in menu.actions() if "删除所选行" in a.text()).trigger()
    assert table.column("name") == ["甲", "新", "丙"]
    table.click(0, NAME)
    table.click(1, NAME, SHIFT)
    table.person.press(Qt.Key.Key_Minus, CTRL)
    assert table.column("name") == ["丙"]


def test_a_right_click_opens_the_menu(table):
    table.paste("甲")
    at = table.view.visualRect(table.model.index(0, 0)).center()
    table.view.asked_menu.emit(table.view.viewport().mapToGlobal(QPoint(at)))
    (menu,) = [m for m in table.view.findChildren(QMenu) if m.isVisible()]
    assert [a.text().split("\t")[0] for a in menu.actions()][:3] == ["剪切", "复制", "粘贴"]
    menu.close()


def test_rows_are_typed_with_tab_and_enter(table):
    table.person.press(Qt.Key.Key_Return)
    for cells in (("a1", "b1"), ("a2", "b2")):
        table.person.type(cells[0])
        table.person.press(Qt.Key.Key_Tab)
        table.person.type(cells[1])
        table.person.press(Qt.Key.Key_Return)
    assert [(r["name"], r["uscc"]) for r in table.editor.value()] == [("a1", "B1"), ("a2", "B2")]
    assert table.here() == (2, NAME), "Enter begins the next row where the typing began"
    table.person.press(Qt.Key.Key_Return, SHIFT)
    assert table.here() == (1, NAME)


def test_tab_goes_through_the_lists_and_leaves_after_the_last_cell(table):
    table.person.press(Qt.Key.Key_Return)
    table.click(0, TAXED)
    table.person.press(Qt.Key.Key_F2)
    assert isinstance(QApplication.focusWidget(), QComboBox)
    table.person.press(Qt.Key.Key_Down)
    table.person.press(Qt.Key.Key_Tab)
    table.person.press(Qt.Key.Key_Down)
    table.person.press(Qt.Key.Key_Down)
    assert table.editor.value() == [{"tax_registered": True, "leading": False}]
    table.person.press(Qt.Key.Key_Backtab)
    assert table.here() == (0, TAXED)
    for _ in range(table.model.columnCount() - TAXED):
        table.person.press(Qt.Key.Key_Tab)
    assert not table.view.isAncestorOf(QApplication.focusWidget())
    table.editor.deeds.go_to((0, NAME))
    table.person.press(Qt.Key.Key_Tab)
    assert not table.view.hasFocus(), "no cell is being typed into: Tab leads out"


def test_enter_on_an_empty_last_row_adds_no_other(table):
    table.person.press(Qt.Key.Key_Return)
    with table.person.qtbot.waitSignal(table.editor.finished):
        table.person.press(Qt.Key.Key_Return)
    assert table.model.rowCount() == 1


def test_a_block_pasted_into_a_cell_that_is_being_typed_into_goes_into_the_table(table):
    table.paste("甲")
    table.click(0, NAME)
    table.person.press(Qt.Key.Key_F2)
    assert isinstance(QApplication.focusWidget(), QLineEdit)
    table.paste("乙\t\n丙\t")
    assert table.column("name") == ["乙", "丙"]
    table.person.press(Qt.Key.Key_F2)
    table.paste("丁")
    assert table.column("name") == ["丁", "丙"], "a single value goes into the cell's own line"


def test_each_key_in_a_cell_is_judged(table):
    table.paste(firms(1))
    table.click(0, AREA)
    table.person.type("12x")
    table.person.judged()
    assert table.editor.value()[0]["used_area_m2"] == "12x"
    assert [i.field for i in table.person.case.report.invalid_fields] == ["tenants[0].used_area_m2"]
    assert QApplication.focusWidget().text() == "12x", "what is being typed is left alone"


def test_a_finding_leads_to_the_very_cell_past_empty_rows(table):
    table.paste("甲\n\n乙\n")
    table.editor.deeds.go_to((2, AREA))
    table.person.type("viel")
    table.person.press(Qt.Key.Key_Return)
    table.person.judged()
    table.person.case.form.go_to("building_name")
    findings = table.person.case.findings
    line = next(n for n, ln in enumerate(findings.model.lines()) if "应为数字" in ln.text)
    at = findings.view.visualRect(findings.model.index(line)).center()
    left = Qt.MouseButton.LeftButton
    table.person.qtbot.mouseClick(findings.view.viewport(), left, pos=at)
    assert (table.here(), table.view.hasFocus()) == ((2, AREA), True)
    assert table.editor._said.text() == "✕ 应为数字"


def test_f4_goes_from_one_wrong_cell_to_the_next_and_round(table):
    table.paste("甲\n乙\n丙")
    table.editor.deeds.go_to((0, AREA))
    table.paste("x\n1\ny")
    table.person.judged()
    wrong = [place for place in table.model.marked() if place[1] == AREA]
    assert wrong == [(0, AREA), (2, AREA)]
    table.editor.deeds.go_to((1, LEADING))
    seen = []
    while not seen or table.here() != seen[0]:
        seen.append(table.here())
        table.person.press(Qt.Key.Key_F4)
    assert set(seen) >= set(wrong)
    assert table.editor.next.text().startswith(f"{len(table.model.marked())} ")


def test_a_row_put_in_takes_its_marks_along(table):
    table.paste("甲\n乙")
    table.editor.deeds.go_to((1, AREA))
    table.paste("x")
    table.person.judged()
    table.editor.deeds.go_to((0, NAME))
    table.person.press(Qt.Key.Key_Plus, CTRL)
    assert table.model.mark_at((2, AREA)).sentence == "应为数字"
    table.person.press(Qt.Key.Key_Minus, CTRL)
    table.person.judged()
    assert table.model.mark_at((1, AREA)).sentence == "应为数字"


def test_a_table_that_is_only_read_can_be_copied_and_not_changed(table):
    table.paste(firms(2))
    before = table.editor.value()
    table.editor.set_read_only(True)
    table.click(0, NAME)
    assert table.copied() == "第1家\r\n"
    for key in (Qt.Key.Key_X, Qt.Key.Key_V, Qt.Key.Key_D, Qt.Key.Key_Minus, Qt.Key.Key_Plus):
        table.person.press(key, CTRL)
    table.person.press(Qt.Key.Key_Delete)
    table.person.press(Qt.Key.Key_F2)
    assert table.view.hasFocus(), "no cell opens"
    assert table.editor.value() == before


@pytest.mark.parametrize(
    "text", ["", "\n", "\t\t\n", '"' * 5000, "1e999999\t1e-999999\n" * 3, "王𬭎\t㐂", "\x07\t\x00"]
)
def test_odd_clipboards_break_nothing(table, text):
    table.editor.deeds.add_row()
    for column in (AREA, NAME):
        table.editor.deeds.go_to((0, column))
        table.paste(text)
    table.person.judged()
    assert len(table.editor._totals.text()) < 200
