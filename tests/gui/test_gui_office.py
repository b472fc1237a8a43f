"""Signing in, a new office, people, settings, journal, export: without any terminal."""

from __future__ import annotations

import re
import threading

from openpyxl import load_workbook
from PySide6.QtCore import Qt

from auditdesk.ui.base.preferences import Preferences, PreferencesFile
from auditdesk.ui.dialogs.base import ConfirmDialog
from auditdesk.ui.dialogs.export import ExportDialog
from auditdesk.ui.dialogs.new_office import NewOfficeDialog
from auditdesk.ui.dialogs.people import AddUserDialog, ChangePasswordDialog
from auditdesk.ui.dialogs.progress import ProgressDialog
from auditdesk.ui.dialogs.recover import RecoverDialog
from desk_samples import PASSWORD


def test_a_wrong_password_is_told_and_can_be_mended(person):
    welcome = person.window.welcome
    welcome.choose(person.office, "li")
    person.until(welcome.enter.isEnabled)
    person.type_into(welcome.password, "not the password")
    person.press(Qt.Key.Key_Return)
    person.until(welcome.error.isVisible)
    assert "密码" in welcome.error.text()
    person.type_into(welcome.password, PASSWORD)
    person.press(Qt.Key.Key_Return)
    person.until(lambda: person.desk is not None)
    person.settle()


def test_a_folder_that_is_no_office_is_told(person, tmp_path):
    folder = tmp_path / "leer"
    folder.mkdir()
    person.click(person.window.welcome.open)
    person.choose_file(folder)
    person.until(person.window.welcome.error.isVisible)
    assert not person.window.welcome.enter.isEnabled()


def test_an_office_opened_once_is_offered_again(person):
    person.sign_in("li")
    person.click(person.desk.nav["sign_out"])
    person.settle()
    recent = person.window.welcome.recent
    assert recent.count() == 1
    assert "章丘区集体土地审查处" in recent.item(0).text()
    assert person.window.welcome.user.text() == "li"


def test_a_new_office_is_made_step_by_step(person, tmp_path):
    person.click(person.window.welcome.new)
    dialog = person.dialog(NewOfficeDialog)
    person.until(dialog.confirm.isEnabled)
    person.until(dialog.folder.hasFocus)  # typing begins in the first line
    person.click(dialog.confirm)
    assert dialog.error.isVisible()
    person.type_into(dialog.folder, str(tmp_path / "new"))
    person.type_into(dialog.name, "济阳区审查处")
    dialog.district.setCurrentIndex(dialog.district.findData("370115"))
    person.click(dialog.confirm)
    assert "济阳区" in dialog.values["signatory"].text()
    person.click(dialog.confirm)
    person.type_into(dialog.user, "root")
    person.type_into(dialog.full_name, "周管理")
    person.type_into(dialog.password, PASSWORD)
    person.type_into(dialog.again, "something else")
    person.click(dialog.confirm)
    assert dialog.error.isVisible()
    person.type_into(dialog.again, PASSWORD)
    person.click(dialog.confirm)
    person.until(lambda: dialog.key != "")
    assert dialog.key in dialog.key_text.text()
    assert not dialog.confirm.isEnabled(), "not before the key is kept"
    person.press(Qt.Key.Key_Escape)
    assert dialog.isVisible(), "Escape does not lose the key"
    kept = tmp_path / "key.txt"
    dialog.save_key(kept)
    assert dialog.key in kept.read_text(encoding="utf-8")
    person.click(dialog.kept)
    person.click(dialog.confirm)
    person.no_dialog(NewOfficeDialog)
    welcome = person.window.welcome
    person.until(welcome.enter.isEnabled)
    assert welcome.user.text() == "root"
    recover_by_key(person, welcome, dialog_key=kept.read_text(encoding="utf-8"))
    person.type_into(welcome.password, "another-password")
    person.press(Qt.Key.Key_Return)
    person.until(lambda: person.desk is not None)
    person.settle()


def recover_by_key(person, welcome, dialog_key):
    """The administrator forgot the password; the key that was kept gives a new one."""
    key = re.search(r"(?:[A-Z2-7]{4}-){7}[A-Z2-7]{4}", dialog_key)[0]
    person.click(welcome.recover)
    dialog = person.dialog(RecoverDialog)
    person.type_into(dialog.name, "root")
    person.type_into(dialog.key, "AAAA" + key[4:])
    person.type_into(dialog.password, "another-password")
    person.type_into(dialog.again, "another password")
    person.click(dialog.confirm)
    assert "不同" in dialog.error.text()
    person.type_into(dialog.again, "another-password")
    person.click(dialog.confirm)
    person.until(lambda: "恢复密钥不正确" in dialog.error.text())
    person.type_into(dialog.key, key)
    person.click(dialog.confirm)
    person.no_dialog(RecoverDialog)


def test_an_administrator_adds_disables_and_enables_people(person):
    person.sign_in("admin")
    person.click(person.desk.nav["settings"])
    settings = person.desk.settings_page
    settings.tabs.setCurrentWidget(settings.people)
    people = settings.people
    before = people.table.rowCount()
    person.click(people.add)
    dialog = person.dialog(AddUserDialog)
    person.type_into(dialog.name, "qian")
    person.type_into(dialog.full_name, "钱多多")
    dialog.role.setCurrentIndex(dialog.role.findData("clerk"))
    person.type_into(dialog.password, "short")
    person.type_into(dialog.again, "short")
    person.click(dialog.confirm)
    person.until(dialog.error.isVisible)
    for made in (dialog.password, dialog.again):
        person.type_into(made, PASSWORD)
    person.click(dialog.confirm)
    person.until(lambda: people.table.rowCount() == before + 1)
    person.settle()
    row = next(i for i, p in enumerate(people._people) if p.name == "qian")
    people.table.selectRow(row)
    person.click(people.toggle)
    assert "不能登录" in person.confirm(ConfirmDialog)
    person.until(lambda: any(p.name == "qian" and not p.active for p in people._people))


def test_a_person_changes_their_own_password(person):
    person.sign_in("li")
    person.click(person.desk.nav["settings"])
    person.desk.settings_page.tabs.setCurrentIndex(1)
    person.click(person.desk.settings_page.password)
    dialog = person.dialog(ChangePasswordDialog)
    person.type_into(dialog.old, PASSWORD)
    for made in (dialog.password, dialog.again):
        person.type_into(made, "Neues-98765")
    person.click(dialog.confirm)
    person.no_dialog(ChangePasswordDialog)
    person.settle()
    person.password = "Neues-98765"
    person.sign_in("li")
    assert person.desk.session.user.name == "li"


def test_only_an_administrator_changes_the_offices_settings(person):
    person.sign_in("li")
    assert person.desk.settings_page.people is None
    office = person.desk.settings_page.office
    assert all(made.isReadOnly() for made in office.lines.values())
    person.sign_in("admin")
    person.click(person.desk.nav["settings"])
    office = person.desk.settings_page.office
    person.desk.settings_page.tabs.setCurrentIndex(2)
    person.settle()
    person.type_into(office.lines["contact"], "0531-83200000")
    person.click(office.save)
    person.until(lambda: "设置已保存" in person.desk.told.text())


def test_the_journal_shows_what_was_done_and_verifies(person, enter):
    no = enter()
    person.sign_in("li")
    person.click(person.desk.nav["journal"])
    person.settle()
    model = person.desk.journal_page.model
    assert model.index(0, 3).data() == "录入案件"
    assert model.index(0, 4).data() == no
    person.click(person.desk.journal_page.verify)
    dialog = person.dialog(ProgressDialog)
    person.until(dialog.confirm.isVisible)
    assert "签名全部有效" in dialog.text.text()
    person.click(dialog.confirm)


def test_the_city_workbook_is_written_with_an_end_report(person, enter, tmp_path):
    enter()
    person.sign_in("wang")
    person.click(person.desk.nav["cases"])
    person.click(person.desk.list_page.export)
    dialog = person.dialog(ExportDialog)
    person.type_into(dialog.first.line, "2022.1.1")
    person.type_into(dialog.last.line, "20221231")
    person.click(dialog.confirm)
    assert dialog.error.isVisible(), "no file, no export"
    person.click(dialog.choose)
    path = tmp_path / "市级.xlsx"
    person.choose_file(path)
    person.click(dialog.confirm)
    progress = person.dialog(ProgressDialog)
    person.until(progress.confirm.isVisible)
    assert "1 行" in progress.text.text()
    person.click(progress.confirm)
    book = load_workbook(path)
    sheet = book["集体经营性建设用地入市方案"]
    assert sum("RS-2022-" in str(row[0].value) for row in sheet.rows) == 1
    book.close()


def test_a_cancelled_export_leaves_no_file(person, enter, ctx, tmp_path):
    enter()
    person.sign_in("wang")
    path = tmp_path / "abgebrochen.xlsx"
    dialog = ExportDialog(person.desk.session, person.desk)
    dialog.first.set_value("2022-01-01")
    dialog.last.set_value("2022-12-31")
    dialog.save_to(str(path))
    dialog.open()
    gate = threading.Event()
    ctx.worker.run(dialog, gate.wait, lambda _: None)
    person.click(dialog.confirm)
    progress = person.dialog(ProgressDialog)
    person.click(progress.dismiss)
    gate.set()
    person.until(progress.confirm.isVisible)
    assert "已取消" in progress.text.text()
    assert not path.exists()
    person.click(progress.confirm)


def test_a_backup_is_made_and_verified(person, tmp_path):
    person.sign_in("admin")
    target = tmp_path / "stick"
    target.mkdir()
    person.desk.settings_page.back_up(target)
    dialog = person.dialog(ProgressDialog)
    person.until(dialog.confirm.isVisible)
    assert "备份已完成并核验" in dialog.text.text()
    assert list(target.iterdir()) != []
    person.click(dialog.confirm)


def test_language_theme_and_size_change_at_once_and_stay(person, ctx, qapp):
    person.sign_in("li")
    person.click(person.desk.nav["settings"])
    settings = person.desk.settings_page
    settings.language.setCurrentIndex(settings.language.findData("en"))
    settings.theme.setCurrentIndex(settings.theme.findData("dark"))
    settings.text_size.setCurrentIndex(settings.text_size.findData("150"))
    settings.text_size.activated.emit(settings.text_size.currentIndex())
    person.settle()
    assert person.desk.nav["cases"].text() == "Cases"
    assert qapp.font().pixelSize() == 21
    assert qapp.palette().window().color().name() == ctx.colours.window
    again = type(ctx.preferences)(ctx.preferences._path)
    assert (again.now.language, again.now.theme, again.now.text_size) == ("en", "dark", 150)
    person.desk.settings_page.taste_changed.emit(type(again.now)())


def test_an_unreadable_settings_file_counts_as_none(tmp_path):
    path = tmp_path / "window.json"
    for content in ("", "[]", "{", '{"recent": 3}', '{"language": "fr", "theme": 1, "recent": []}'):
        path.write_text(content, encoding="utf-8")
        assert PreferencesFile(path).now == Preferences()
