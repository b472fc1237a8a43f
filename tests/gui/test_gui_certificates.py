"""Certificates and tokens in the window: renewed, revoked, issued, signed with, verified."""

from __future__ import annotations

import pytest

from auditdesk.operations import certificates, documents
from auditdesk.operations.documents import SigningKey
from auditdesk.operations.signers import make_token_request
from auditdesk.ui.dialogs.certificates import CertificatesDialog, RevokeDialog
from auditdesk.ui.dialogs.people import ResetDialog
from auditdesk.ui.dialogs.signing import SigningDialog
from auditdesk.ui.dialogs.verify import VerifyDialog
from desk_samples import PASSWORD, to_approval
from token_samples import PIN, slots  # noqa: F401 – a fixture is found by its name


@pytest.fixture
def approved(at_desk, entered):
    """An approved case; nobody is signed in any more."""
    no = to_approval(at_desk, entered()).no
    at_desk("li").close()
    return no


def certificates_of(person, name):
    person.sign_in("admin")
    person.click(person.desk.nav["settings"])
    settings = person.desk.settings_page
    settings.tabs.setCurrentWidget(settings.people)
    person.settle()
    people = settings.people
    people.table.selectRow(next(i for i, p in enumerate(people._people) if p.name == name))
    person.click(people.certify)
    dialog = person.dialog(CertificatesDialog)
    person.until(lambda: dialog.found != ())
    return dialog


def test_an_administrator_renews_and_revokes(person):
    dialog = certificates_of(person, "li")
    assert dialog.table.item(0, 0).text() == "有效"
    assert not dialog.revoke.isEnabled()
    person.click(dialog.renew)
    renewal = person.dialog(ResetDialog)
    for line in (renewal.password, renewal.again):
        person.type_into(line, PASSWORD)
    person.click(renewal.confirm)
    person.until(lambda: dialog.table.rowCount() == 2)
    assert "已吊销 2026-03-02（已换发新证书）" in dialog.table.item(1, 0).text()
    dialog.table.selectRow(0)
    person.click(dialog.revoke)
    asking = person.dialog(RevokeDialog)
    person.type_into(asking.since, "2026-13-01")
    person.click(asking.confirm)
    assert "2026-03-01" in asking.error.text()
    person.type_into(asking.since, "2026-03-05")
    person.click(asking.confirm)
    person.until(lambda: "将来" in asking.error.text())
    person.type_into(asking.since, "2026-03-01")
    person.click(asking.confirm)
    person.until(lambda: "已吊销" in dialog.table.item(0, 0).text())
    assert "已吊销" in dialog.told.text()
    person.click(dialog.confirm)


def test_a_clerk_signs_with_a_token(person, approved, at_desk, slots, tmp_path):  # noqa: F811 – as above
    slots.make("li")
    desk = at_desk("li")
    request = tmp_path / "li.csr"
    made = make_token_request(desk, slots.module, "li", PIN, new_key=True)
    request.write_text(made, encoding="utf-8")
    desk.close()
    dialog = certificates_of(person, "li")
    dialog.issue_for(request)
    person.until(lambda: dialog.table.rowCount() == 2)
    assert dialog.table.item(0, 1).text() == "令牌"
    person.click(dialog.confirm)
    person.sign_in("li")
    person.open(approved)
    offer = next(o for o in person.case.draft.view.documents if o.kind.id == "approval")
    person.case.documents.wanted.emit("certify", offer)
    signing = person.dialog(SigningDialog)
    person.click(signing.token)
    assert signing.prompt.text() == "令牌 PIN"
    person.type_into(signing.password, "000000")
    person.click(signing.confirm)
    assert "模块" in signing.error.text()
    person.type_into(signing.module, str(slots.module))
    person.click(signing.confirm)
    person.until(lambda: "PIN 不正确" in signing.error.text())
    person.type_into(signing.password, PIN)
    person.click(signing.confirm)
    person.no_dialog(SigningDialog)
    person.settle()
    assert person.ctx.preferences.now.token_module == str(slots.module)


def test_the_window_says_why_a_paper_does_not_count(person, approved, at_desk, tmp_path):
    key = SigningKey(PASSWORD)
    documents.certify(at_desk("li"), approved, "approval", key)
    _, pdf, _ = documents.countersign(at_desk("wang"), approved, "approval", key)
    desk = at_desk("admin")
    serial = certificates.certificates(desk, "wang")[0].record.serial
    since = desk.now().replace(hour=1)
    certificates.revoke(desk, serial, "key_compromise", since=since)
    desk.close()
    path = tmp_path / "批复.pdf"
    path.write_bytes(pdf)
    person.sign_in("li")
    dialog = VerifyDialog(person.ctx, person.desk, [path], person.desk.session)
    dialog.open()
    person.until(lambda: "吊销" in dialog.verdict.text())
    said = person.words(dialog)
    assert "所用证书已自 2026-03-02 01:30:00 起吊销" in said
    assert "李晓彤" in said
    assert "审案台签名根证书" in said
    person.click(dialog.confirm)
