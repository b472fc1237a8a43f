"""A register in the window: its table on a day, its rows, and cases about them."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QPushButton

from auditdesk.operations import registers
from auditdesk.ui.dialogs.leave import LeaveDialog
from kept_rows import REGISTER, kept_rows  # noqa: F401 – a fixture is found by its name


@pytest.fixture
def page(person, kept_rows):  # noqa: F811 – as above
    person.sign_in("li")
    person.click(person.desk.nav[f"register.{REGISTER}"])
    person.settle()
    return person.desk.register_pages[REGISTER]


def codes(page):
    model = page.list.table.model()
    return [model.index(n, 1).data() for n in range(model.rowCount())]


def shown(page, code):
    """What the table shows of a row, by the head of the column."""
    model = page.list.table.model()
    heads = [model.headerData(n, Qt.Orientation.Horizontal) for n in range(model.columnCount())]
    line = codes(page).index(code)
    return {head: model.index(line, n).data() for n, head in enumerate(heads)}


def open_row(person, page, code):
    page.list.table.select(code)
    page.list.table.setFocus()
    person.press(Qt.Key.Key_Return)
    person.until(lambda: page.on_row and page.row.view is not None)
    person.settle()
    return page.row


def counts(page):
    return {name: made.text().rpartition(" ")[2] for name, made in page.list.views.items()}


def test_the_table_shows_the_rows_as_they_stand_today(person, page):
    assert codes(page) == ["K-001", "K-002", "K-003", "K-004"]
    wohu = shown(page, "K-001")
    assert wohu["水库名称"] == "卧虎水库"
    assert wohu["规模"] == "小（1）型"
    assert wohu["安全鉴定到期日"] == "2026-05-20"
    assert shown(page, "K-003")["审查"] == "✕ 否决"
    assert shown(page, "K-002")["审查"] == "i 提示", "an overdue one is not simply passed"
    assert shown(page, "K-001")["审查"] == "i 提示", "nor one that falls due this year"


def test_views_narrow_the_table_and_say_how_many(person, page):
    assert counts(page)[""] == "4"
    assert counts(page)["overdue"] == "1"
    person.click(page.list.views["overdue"])
    assert codes(page) == ["K-002"]
    person.click(page.list.views["officers_lacking"])
    assert codes(page) == ["K-003"]
    person.click(page.list.views[""])
    assert len(codes(page)) == 4


def test_another_day_is_another_state(person, page):
    assert counts(page)["overdue"] == "1"
    person.type_into(page.list.day_editor.line, "2026.5.21")
    person.until(lambda: counts(page)["overdue"] == "2")
    person.type_into(page.list.day_editor.line, "下周")
    person.settle()
    assert counts(page)["overdue"] == "2"
    person.type_into(page.list.day_editor.line, "20240101")
    person.until(lambda: counts(page)["overdue"] == "1")
    person.click(page.list.views["overdue"])
    assert codes(page) == ["K-003"], "its appraisal of 2025 had not happened yet"
    person.click(page.list.views[""])
    row = open_row(person, page, "K-001")
    assert row.form.editable == frozenset()
    assert "2024-01-01" in row.header.notice.text()


def test_search_finds_by_town(person, page):
    person.type_into(page.list.search, "桃园")
    person.until(lambda: codes(page) == ["K-003", "K-004"])
    assert counts(page)[""] == "2"


def test_a_head_sorts_by_what_the_column_means(person, page):
    header = page.list.table.horizontalHeader()
    place = next(
        n
        for n in range(header.count())
        if header.model().headerData(n, Qt.Orientation.Horizontal) == "上次安全鉴定日期"
    )
    x = header.sectionViewportPosition(place) + 20
    where = header.rect().center()
    where.setX(x)
    person.qtbot.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=where)
    assert codes(page) == ["K-002", "K-001", "K-003", "K-004"]
    person.qtbot.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=where)
    assert codes(page) == ["K-003", "K-001", "K-002", "K-004"], "empty ones stay last"


def test_a_row_is_judged_while_it_is_typed_and_saved_with_its_history(person, page):
    row = open_row(person, page, "K-003")
    assert any(line.group == "block" for line in row.findings.model.lines())
    editor = row.form.rows["administrative_officer.name"].editor
    person.type_into(editor.line, "李行")
    for officer in ("technical_officer", "patrol_officer", "dam_safety_officer"):
        person.type_into(row.form.rows[f"{officer}.name"].editor.line, "王某")
    person.until(lambda: not row._judging.isActive())
    assert not any(line.group == "block" for line in row.findings.model.lines())
    assert "未保存" in row.header.state.text()
    person.press(Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    person.settle()
    assert "已存盘" in row.header.state.text()
    assert row.view.entry.version == 2
    assert "李行" in row.history.text.toPlainText()
    person.press(Qt.Key.Key_Escape)
    person.until(lambda: not page.on_row)
    person.settle()
    assert counts(page)["officers_lacking"] == "0"


def test_what_is_not_saved_is_asked_about(person, page):
    row = open_row(person, page, "K-001")
    person.type_into(row.form.rows["river"].editor.line, "无名河")
    person.click(person.desk.nav["cases"])
    dialog = person.dialog(LeaveDialog)
    assert "卧虎水库" in person.words(dialog)
    person.click(dialog.dismiss)
    person.no_dialog(LeaveDialog)
    assert page.on_row
    person.press(Qt.Key.Key_Escape)
    person.click(person.dialog(LeaveDialog).discard)
    person.until(lambda: not page.on_row)
    person.settle()
    assert open_row(person, page, "K-001").form.data()["river"] == "绣江"


def test_a_new_row_needs_a_code_of_its_own(person, page):
    person.press(Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    person.until(lambda: page.on_row)
    row = page.row
    assert row.form.rows["reservoir_code"].editor.line.hasFocus()
    person.type_into(row.form.rows["reservoir_code"].editor.line, "K-001")
    person.type_into(row.form.rows["name"].editor.line, "新水库")
    person.click(row.header.save)
    assert "K-001" in person.confirm()
    assert row.form.data()["name"] == "新水库", "what was typed is still there"
    person.type_into(row.form.rows["reservoir_code"].editor.line, "K-009")
    person.click(row.header.save)
    person.settle()
    assert row.view.entry.code == "K-009"
    person.press(Qt.Key.Key_Escape)
    person.until(lambda: "K-009" in codes(page))


def test_a_supervisor_reads_and_does_not_write(person, kept_rows):  # noqa: F811 – as above
    person.sign_in("wang")
    person.click(person.desk.nav[f"register.{REGISTER}"])
    person.settle()
    page = person.desk.register_pages[REGISTER]
    assert page.list.new.isHidden()
    assert page.list.take_in.isHidden()
    row = open_row(person, page, "K-001")
    assert row.header.save.isHidden()
    assert row.form.editable == frozenset()


def begin(person, row, words):
    """Choose a case type in the menu of the button."""
    action = next(a for a in row.header.begins.actions() if words in a.text())
    assert isinstance(action, QAction)
    action.trigger()
    person.until(lambda: person.desk.pages.currentWidget() is person.case)
    person.settle()


def test_a_case_begun_from_a_row_takes_its_data_and_is_found_from_it(person, page):
    row = open_row(person, page, "K-001")
    begin(person, row, "鉴定")
    data = person.case.form.data()
    assert data["reservoir_code"] == "K-001"
    assert data["scale"] == "small_1"
    assert data["previous_appraisal_on"] == "2016-05-20"
    person.do("enter")
    person.settle()
    no = person.shown_no()
    assert no is not None
    person.press(Qt.Key.Key_Escape)
    person.until(lambda: person.desk.pages.currentWidget() is page)
    person.settle()
    assert page.on_row
    assert no in row.cases.list.item(0).text()
    person.qtbot.mouseClick(
        row.cases.list.viewport(),
        Qt.MouseButton.LeftButton,
        pos=row.cases.list.visualItemRect(row.cases.list.item(0)).center(),
    )
    person.until(lambda: person.shown_no() == no)


def case_on(person, case_type):
    person.desk._begin(case_type)
    person.settle()


def appraisal(person):
    """The case type that takes most from the register."""
    types = [t for t in person.desk.session.library.case_types if t.register]
    return max(types, key=lambda t: len(t.register.takes)).id


def test_leaving_the_code_fills_what_is_empty_and_says_what_differs(person, page):
    case_on(person, appraisal(person))
    person.enter_value("built_year", 1999)
    person.enter_value("reservoir_code", "K-001")
    person.press(Qt.Key.Key_Tab)
    person.settle()
    data = person.case.form.data()
    assert data["scale"] == "small_1"
    assert data["previous_appraisal_on"] == "2016-05-20"
    assert data["built_year"] == 1999, "what was typed stays"
    rows = person.case.form.rows
    assert "1972" in person.words(rows["built_year"])
    assert "取自台账" in person.words(rows["scale"])
    adopt = rows["built_year"].findChild(QPushButton)
    person.click(adopt)
    assert person.case.form.data()["built_year"] == 1972
    person.until(lambda: "1972" not in person.words(rows["built_year"]))


def test_an_unknown_code_is_said_and_loses_nothing(person, page):
    case_on(person, appraisal(person))
    person.enter_value("built_year", 1999)
    person.enter_value("reservoir_code", "K-777")
    person.press(Qt.Key.Key_Tab)
    person.settle()
    rows = person.case.form.rows
    assert "没有这个编码" in person.words(rows["reservoir_code"])
    assert person.case.form.data()["built_year"] == 1999
    person.enter_value("reservoir_code", "K-002")
    person.press(Qt.Key.Key_Tab)
    person.settle()
    assert "没有这个编码" not in person.words(rows["reservoir_code"])
    assert "青石水库" in person.words(rows["reservoir_code"])


def test_a_saved_case_says_at_once_where_it_differs(person, page, at_desk):
    case_on(person, appraisal(person))
    person.enter_value("reservoir_code", "K-001")
    person.press(Qt.Key.Key_Tab)
    person.settle()
    person.do("enter")
    person.settle()
    no = person.shown_no()
    person.click(person.desk.nav["sign_out"])
    person.settle()
    desk = at_desk("li")
    now = registers.entry(desk, REGISTER, "K-001", desk.today())
    data = dict(now.current) | {"built_year": 1975}
    registers.save(desk, REGISTER, "K-001", now.entry.version, data)
    desk.close()
    person.sign_in("li")
    person.open(no)
    assert "1975" in person.words(person.case.form.rows["built_year"])
    assert person.case.form.data()["built_year"] == 1972
    assert not person.case.draft.dirty
