"""Hundreds of documents from the list: chosen, counted, signed, printed, an end report."""

from __future__ import annotations

import pytest
from PIL import Image, ImageDraw
from PySide6.QtPrintSupport import QPrintDialog

from auditdesk.documents.preview import page_count
from auditdesk.operations import documents
from auditdesk.ui.base.printing import PrintRun
from auditdesk.ui.dialogs.base import FaultDialog
from auditdesk.ui.dialogs.batch import BatchDialog
from auditdesk.ui.dialogs.progress import ProgressDialog
from auditdesk.ui.dialogs.signing import SigningDialog
from desk_samples import PASSWORD, to_approval


@pytest.fixture
def approved(at_desk, entered):
    numbers = [to_approval(at_desk, entered()).no for _ in range(3)]
    at_desk("li").close()
    return numbers


def choose(combo, value):
    combo.setCurrentIndex(combo.findData(value))


def open_batch(person, user):
    person.sign_in(user)
    person.click(person.desk.nav["cases"])
    page = person.desk.list_page
    assert not page.batch.isEnabled(), "first a case type has to be chosen"
    choose(page.case_type, "land_entry")
    person.settle()
    person.click(page.batch)
    dialog = person.dialog(BatchDialog)
    choose(dialog.kind, "approval")
    person.settle()
    return dialog


def test_all_that_wait_are_signed_with_one_password(person, approved, at_desk):
    batch = open_batch(person, "li")
    assert "3 份等您签名，0 份已签发" in batch.count.text()
    assert not batch.copies.isEnabled()
    person.click(batch.confirm)
    signing = person.dialog(SigningDialog)
    person.type_into(signing.password, PASSWORD)
    person.click(signing.confirm)
    progress = person.dialog(ProgressDialog)
    person.until(progress.confirm.isVisible)
    assert "已签名 3 份，未办成 0 份。" in progress.text.text()
    assert "章政土批〔2026〕1号 至 章政土批〔2026〕3号" in progress.text.text()
    person.click(progress.confirm)
    person.settle()
    assert "0 份等您签名" in batch.count.text()
    assert not batch.confirm.isEnabled()
    batch.reject()
    person.click(person.desk.nav["sign_out"])
    person.settle()
    desk = at_desk("li")
    assert [len(documents.issued(desk, no)) for no in approved] == [1, 1, 1]
    desk.close()


def test_proofs_go_to_the_printer_in_one_file(person, approved):
    batch, handed = open_batch(person, "li"), []
    batch.to_print.connect(lambda pdf, title: handed.append((pdf, title)))
    person.click(batch.proofs)
    dialog = person.dialog(QPrintDialog)
    ((pdf, title),) = handed
    assert title == "批复"
    assert page_count(pdf) >= 6
    runs = person.desk.findChildren(PrintRun)
    assert len(runs) == 1
    dialog.reject()
    batch.reject()


def test_a_wrong_password_signs_nothing(person, approved, at_desk):
    batch = open_batch(person, "li")
    person.click(batch.confirm)
    signing = person.dialog(SigningDialog)
    person.type_into(signing.password, "falsch-99")
    person.click(signing.confirm)
    progress = person.dialog(ProgressDialog)
    person.until(progress.error.isVisible)
    assert "口令不正确" in progress.error.text()
    progress.accept()
    batch.reject()
    person.click(person.desk.nav["sign_out"])
    person.settle()
    desk = at_desk("li")
    assert not documents.issued(desk, approved[0])
    desk.close()


def test_an_administrator_puts_the_office_s_seal_in(person, tmp_path):
    image = Image.new("RGBA", (400, 400), (0, 0, 0, 0))
    ImageDraw.Draw(image).ellipse((4, 4, 395, 395), outline=(220, 0, 0, 255), width=9)
    path = tmp_path / "seal.png"
    image.save(path)
    person.sign_in("admin")
    person.click(person.desk.nav["settings"])
    page = person.desk.settings_page
    panel = page.office.seal
    page.tabs.setCurrentIndex(2)
    person.settle()
    assert not panel.remove.isEnabled()
    panel.take(path)
    person.settle()
    assert not panel.image.pixmap().isNull()
    panel.across.click()
    person.settle()
    assert panel.across.isChecked()
    path.write_bytes(b"no image")
    panel.take(path)
    person.settle()
    fault = person.dialog(FaultDialog)
    assert "PNG" in fault.message.text()
    fault.accept()
    assert not panel.image.pixmap().isNull(), "the seal that is kept stays"
    panel.remove.click()
    person.settle()
    assert panel.image.text() == "留空，人工盖章"


def test_a_clerk_only_sees_the_seal(person):
    person.sign_in("li")
    panel = person.desk.settings_page.office.seal
    person.settle()
    assert not panel.choose.isEnabled()
    assert not panel.across.isEnabled()
