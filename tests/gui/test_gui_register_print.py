"""The ledger in the window: what the table shows, on paper; columns, preview, printer, file."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrintDialog

from auditdesk.documents.printed import printed_text
from auditdesk.ui.base.printing import PrintRun
from auditdesk.ui.dialogs.ledger import LedgerDialog
from kept_rows import REGISTER, kept_rows  # noqa: F401 – a fixture is found by its name


@pytest.fixture
def page(person, kept_rows):  # noqa: F811 – as above
    person.sign_in("li")
    person.click(person.desk.nav[f"register.{REGISTER}"])
    person.settle()
    return person.desk.register_pages[REGISTER]


def opened(person, page):
    person.click(page.list.on_paper)
    dialog = person.dialog(LedgerDialog)
    person.until(lambda: dialog.made is not None and dialog.paper.pages_shown > 0)
    return dialog


def said(dialog):
    return "".join(printed_text(dialog.made.pdf).dense)


def tick(dialog, column):
    items = (dialog.columns.item(n) for n in range(dialog.columns.count()))
    item = next(i for i in items if i.data(Qt.ItemDataRole.UserRole) == column)
    checked = item.checkState() is Qt.CheckState.Checked
    item.setCheckState(Qt.CheckState.Unchecked if checked else Qt.CheckState.Checked)


def test_what_the_table_shows_is_what_is_printed(person, page):
    person.click(page.list.views["overdue"])
    person.type_into(page.list.search, "青石")
    person.settle()
    dialog = opened(person, page)
    text = said(dialog)
    assert "截至2026年3月2日范围：鉴定逾期检索：“青石”" in text
    assert "青石水库" in text
    assert "卧虎水库" not in text
    assert "1 条，1 页" in dialog.count.text()
    dialog.reject()


def test_the_rows_come_in_the_order_of_the_table(person, page):
    page.list.table.sortByColumn(2, Qt.SortOrder.DescendingOrder)
    dialog = opened(person, page)
    names = [page.list.table.model().index(n, 2).data() for n in range(4)]
    text = said(dialog)
    assert [text.index(name) for name in names] == sorted(text.index(name) for name in names)
    dialog.reject()


def test_a_column_is_ticked_and_the_pages_are_laid_out_anew(person, page):
    dialog = opened(person, page)
    assert "所在河流" not in said(dialog)
    tick(dialog, "river")
    assert dialog.made is None
    assert not dialog.confirm.isEnabled()
    person.until(lambda: dialog.made is not None)
    assert "所在河流" in said(dialog)
    assert "绣江" in said(dialog)
    dialog.reject()


def test_without_any_column_nothing_is_printed(person, page):
    dialog = opened(person, page)
    for column in dialog.ticked():
        tick(dialog, column)
    person.settle()
    assert dialog.error.isVisible()
    assert "至少要选一栏" in dialog.error.text()
    assert dialog.made is None
    assert not dialog.keep.isEnabled()
    tick(dialog, "name")
    person.until(lambda: dialog.made is not None)
    assert not dialog.error.isVisible()
    dialog.reject()


def test_closing_while_pages_are_laid_out_gives_the_work_up(person, page):
    person.click(page.list.on_paper)
    person.dialog(LedgerDialog).reject()
    person.settle()
    person.no_dialog(LedgerDialog)


def test_it_goes_to_the_printer(person, page):
    dialog = opened(person, page)
    pdf = dialog.made.pdf
    person.click(dialog.confirm)
    asked = person.dialog(QPrintDialog)
    (run,) = page.findChildren(PrintRun)
    assert run._pdf == pdf
    asked.reject()


def test_it_is_saved_as_a_file(person, page, tmp_path):
    dialog = opened(person, page)
    person.click(dialog.keep)
    person.choose_file(tmp_path / "台账.pdf")
    person.settle()
    assert (tmp_path / "台账.pdf").read_bytes() == dialog.made.pdf
    assert "台账.pdf" in dialog.count.text()
    dialog.reject()


def test_a_character_that_no_font_has_is_named(person, page):
    person.click(page.list.new)
    row = page.row
    person.type_into(row.form.rows["reservoir_code"].editor.line, "K-\U000e0041\U0010fffd")
    person.press(Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    person.settle()
    person.press(Qt.Key.Key_Escape)
    person.settle()
    person.click(page.list.on_paper)
    dialog = person.dialog(LedgerDialog)
    person.until(dialog.error.isVisible)
    assert "U+10FFFD" in dialog.error.text()
    assert not dialog.confirm.isEnabled()
    dialog.reject()
