"""Time stamps in the window: an administrator sets them up; papers without one show it."""

from __future__ import annotations

import pytest

from auditdesk.operations import timestamps
from auditdesk.ui.dialogs.base import FaultDialog
from auditdesk.ui.dialogs.batch import BatchDialog
from auditdesk.ui.dialogs.progress import ProgressDialog
from auditdesk.ui.dialogs.signing import SigningDialog
from desk_samples import PASSWORD, to_approval
from stamp_samples import authority, serving, stamping


@pytest.fixture
def root(tmp_path):
    path = tmp_path / "tsa.pem"
    path.write_text(authority().root, encoding="utf-8")
    return path


def panel_of(person, name="admin"):
    person.sign_in(name)
    person.click(person.desk.nav["settings"])
    page = person.desk.settings_page
    page.tabs.setCurrentIndex(2)
    person.settle()
    page.tabs.currentWidget().ensureWidgetVisible(page.office.stamps)
    return page.office.stamps


def told(person):
    """The fault that is shown; it is closed."""
    person.settle()
    dialog = person.dialog(FaultDialog)
    words = dialog.message.text()
    person.click(dialog.confirm)
    person.no_dialog(FaultDialog)
    return words


def test_an_administrator_tries_an_authority_out_uses_it_and_takes_it_away(person, root, clock):
    panel = panel_of(person)
    assert "不带时间戳" in panel.state.text()
    assert not panel.remove.isEnabled()
    with serving(stamping(clock.now())) as server:
        person.type_into(panel.url, server.url)
        person.click(panel.attempt)
        assert "请选择时间戳机构的根证书" in told(person)
        person.click(panel.choose)
        person.choose_file(root)
        assert panel.root.text() == root.name
        person.click(panel.attempt)
        person.settle()
        assert "已取得时间戳：2026-03-02 09:30:00" in panel.state.text()
        assert not panel.remove.isEnabled(), "a trial changes nothing"
        person.click(panel.use)
        person.settle()
        assert "取不到时不签名" in panel.state.text()
        assert "市局时间戳中心" in panel.root.text()
    person.click(panel.attempt)
    assert "连不上时间戳机构" in told(person)
    assert panel.url.text() == server.url, "what was typed stays"
    person.click(panel.optional)
    person.click(panel.use)
    person.settle()
    assert "取不到时照样签名" in panel.state.text(), "also while nobody answers"
    person.click(panel.remove)
    person.settle()
    assert "不带时间戳" in panel.state.text()
    assert not panel.remove.isEnabled()


def test_faults_are_told_and_change_nothing(person, root, tmp_path):
    panel = panel_of(person)
    panel.take(root)
    for address, sentence in (
        ("", "应以 http:// 或 https:// 开头"),
        ("ftp://127.0.0.1/", "应以 http:// 或 https:// 开头"),
        ("http://127.0.0.1:9/", "连不上时间戳机构"),
    ):
        person.type_into(panel.url, address)
        person.click(panel.use)
        assert sentence in told(person)
    other = tmp_path / "other.pem"
    for content in (b"", b"no certificate", b"\xff" * 200_000):
        other.write_bytes(content)
        panel.take(other)
        person.click(panel.use)
        assert "根证书" in told(person)
    panel.take(tmp_path / "gone.pem")
    person.click(panel.use)
    assert "读不了文件" in told(person)
    assert not panel.remove.isEnabled()


def test_a_clerk_only_sees_it(person):
    panel = panel_of(person, "li")
    assert "不带时间戳" in panel.state.text()
    for widget in (panel.url, panel.choose, panel.optional, panel.attempt, panel.use):
        assert not widget.isEnabled()


@pytest.fixture
def approved(at_desk, entered):
    return [to_approval(at_desk, entered()).no for _ in range(2)]


@pytest.fixture
def silent(at_desk, approved, clock):
    """The office's authority stamped once and is gone; signing goes on without it."""
    with serving(stamping(clock.now())) as server:
        desk, certificate = at_desk("admin"), authority().root.encode()
        timestamps.use_server(desk, server.url, certificate, optional=True)
        desk.close()


def sign(person, password=PASSWORD):
    dialog = person.dialog(SigningDialog)
    person.type_into(dialog.password, password)
    person.click(dialog.confirm)


def test_a_signature_without_its_stamp_stays_to_be_seen_at_the_document(person, approved, silent):
    person.sign_in("li")
    person.open(approved[0])
    person.case.tabs.setCurrentWidget(person.case.documents)
    person.click(person.case.documents.cards["approval"].buttons["certify"])
    sign(person)
    person.no_dialog(SigningDialog)
    person.settle()
    assert "没有时间戳" in person.desk.told.text()
    card = person.case.documents.cards["approval"]
    assert "! 经办人的签名没有时间戳：连不上时间戳机构" in person.words(card)
    person.click(person.desk.nav["journal"])
    person.settle()
    model = person.desk.journal_page.model
    assert model.data(model.index(0, 3)) == "文书编号并签名，没有时间戳"


def test_the_end_report_of_many_names_those_without(person, approved, silent):
    person.sign_in("li")
    person.click(person.desk.nav["cases"])
    page = person.desk.list_page
    page.case_type.setCurrentIndex(page.case_type.findData("land_entry"))
    person.settle()
    person.click(page.batch)
    batch = person.dialog(BatchDialog)
    batch.kind.setCurrentIndex(batch.kind.findData("approval"))
    person.settle()
    person.click(batch.confirm)
    sign(person)
    progress = person.dialog(ProgressDialog)
    person.until(progress.confirm.isVisible)
    said = progress.text.text()
    assert "已签名 2 份，未办成 0 份，其中 2 份没有时间戳。" in said
    assert "! 章政土批〔2026〕2号 没有时间戳：连不上时间戳机构" in said


def test_where_stamps_are_wanted_nothing_is_signed_without(person, approved, at_desk, clock):
    with serving(stamping(clock.now())) as server:
        desk, certificate = at_desk("admin"), authority().root.encode()
        timestamps.use_server(desk, server.url, certificate, optional=False)
    at_desk("li").close()
    person.sign_in("li")
    person.open(approved[0])
    person.case.tabs.setCurrentWidget(person.case.documents)
    person.click(person.case.documents.cards["approval"].buttons["certify"])
    sign(person)
    dialog = person.dialog(SigningDialog)
    person.until(dialog.error.isVisible)
    assert "没有取得时间戳，因此没有签名" in dialog.error.text()
    dialog.reject()
    assert person.case.draft.view.documents[0].issued is None
