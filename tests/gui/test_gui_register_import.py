"""A register's workbook in the window: what it would change is seen before anything is written."""

from __future__ import annotations

import openpyxl
import pytest

from auditdesk.ui.dialogs.progress import ProgressDialog
from auditdesk.ui.dialogs.register_import import ImportDialog
from kept_rows import REGISTER, kept_rows  # noqa: F401 – a fixture is found by its name
from workbook_samples import headed, parts, write


@pytest.fixture
def page(person, kept_rows):  # noqa: F811 – as above
    person.sign_in("li")
    person.click(person.desk.nav[f"register.{REGISTER}"])
    person.settle()
    return person.desk.register_pages[REGISTER]


@pytest.fixture
def workbook(person, page, tmp_path):
    """The register's workbook, saved through the window."""
    path = tmp_path / "台账.xlsx"
    person.click(page.list.hand_out)
    person.choose_file(path)
    progress = person.dialog(ProgressDialog)
    person.until(progress.confirm.isVisible)
    assert "4 行" in progress.text.text()
    person.click(progress.confirm)
    person.no_dialog(ProgressDialog)
    return path


def change(path, **cells):
    book = openpyxl.load_workbook(path)
    columns = {cell.value: cell.column_letter for cell in book["水库台账"][1]}
    for place, value in cells.items():
        name, _, number = place.partition("_")
        book["水库台账"][f"{columns[name]}{number}"] = value
    book.save(path)


def ask_import(person, page, path):
    person.click(page.list.take_in)
    person.choose_file(path)


def preview(person, page, path):
    ask_import(person, page, path)
    dialog = person.dialog(ImportDialog)
    person.settle()
    return dialog


def shown(dialog):
    model = dialog.table.model()
    return [
        tuple(model.index(n, place).data() for place in (0, 1, 2, 4))
        for n in range(model.rowCount())
    ]


def test_an_import_is_seen_first_and_then_written(person, page, workbook):
    change(workbook, 所在河流_2="巴漏河", 水库编码_6="K-020", 水库名称_6="新塘")
    dialog = preview(person, page, workbook)
    assert "新增 1，变更 1，相同 3，不收 0" in dialog.summary.text()
    assert ("2", "→ 变更", "K-001", "所在河流: 绣江 → 巴漏河") in shown(dialog)
    person.click(dialog.states["new"])
    assert [line[2] for line in shown(dialog)] == ["K-020"]
    person.click(dialog.confirm)
    progress = person.dialog(ProgressDialog)
    person.until(progress.confirm.isVisible)
    person.click(progress.confirm)
    person.settle()
    codes = [page.list.model.entry(n).code for n in range(page.list.model.rowCount())]
    assert codes == ["K-001", "K-002", "K-003", "K-004", "K-020"]
    assert page.list.model.entry(0).raw["river"] == "巴漏河"


def test_refused_rows_have_reasons_and_are_left_out_on_request_only(
    person, page, workbook, tmp_path
):
    change(workbook, 建成年份_2="=1+1", 上次安全鉴定日期_3="去年", 所在河流_4="巴漏河")
    dialog = preview(person, page, workbook)
    assert [line[:3] for line in shown(dialog)] == [
        ("2", "✕ 不收", "K-001"),
        ("3", "✕ 不收", "K-002"),
    ]
    assert "公式" in shown(dialog)[0][3]
    assert "去年" in shown(dialog)[1][3]
    assert not dialog.confirm.isEnabled()
    person.click(dialog.save_refused)
    person.choose_file(tmp_path / "未收.xlsx")
    person.settle()
    page_of_refused = openpyxl.load_workbook(tmp_path / "未收.xlsx")["水库台账"]
    assert page_of_refused.max_row == 3
    person.click(dialog.good_only)
    assert dialog.confirm.isEnabled()
    person.click(dialog.confirm)
    progress = person.dialog(ProgressDialog)
    person.until(progress.confirm.isVisible)
    assert "未导入 2 行" in progress.text.text()
    person.click(progress.confirm)
    person.settle()
    assert page.list.model.entry(2).raw["river"] == "巴漏河"
    assert page.list.model.entry(0).raw["built_year"] == 1972


def test_a_preview_that_is_dismissed_changes_nothing(person, page, workbook):
    change(workbook, 所在河流_2="巴漏河")
    dialog = preview(person, page, workbook)
    person.click(dialog.dismiss)
    person.no_dialog(ImportDialog)
    person.settle()
    page.list.refresh()
    person.settle()
    assert page.list.model.entry(0).raw["river"] == "绣江"


def test_a_file_that_is_no_register_is_told_in_words(person, page, tmp_path):
    path = write(tmp_path / "别的.xlsx", parts(headed()))
    ask_import(person, page, path)
    progress = person.dialog(ProgressDialog)
    person.until(progress.confirm.isVisible)
    assert "水库编码" in progress.error.text()
    person.click(progress.confirm)
    person.no_dialog(ProgressDialog)
