"""Certificates, tokens and verification on the command line."""

from __future__ import annotations

import pytest

from auditdesk.documents.timestamps import StampServer
from desk_samples import PASSWORD, to_approval
from paper_samples import AT
from stamp_samples import authority, serving, stamping
from token_samples import PIN, slots  # noqa: F401 – a fixture is found by its name


@pytest.fixture
def approved(at_desk, entered):
    no = to_approval(at_desk, entered()).no
    at_desk("li").close()
    return no


def test_a_token_signs_by_request(as_user, approved, slots, tmp_path, monkeypatch):  # noqa: F811
    slots.make("li")
    request, pdf = tmp_path / "li.csr", tmp_path / "批复.pdf"
    answer = as_user("li", "certificate", "tokens", "--token", slots.module)
    assert "li" in answer.out
    pin = tmp_path / "pin"
    pin.write_text(PIN + "\n", encoding="utf-8")
    words = ("certificate", "request", "--token", slots.module, "--new-key", "--out", request)
    assert as_user("li", *words).status == 2, "no PIN anywhere"
    assert as_user("li", *words, "--pin-file", pin).status == 0
    issue = ("certificate", "issue", "li", "--request", request, "--out", tmp_path / "li.pem")
    assert as_user("li", *issue).status == 3
    assert as_user("admin", *issue).status == 0
    assert "BEGIN CERTIFICATE" in (tmp_path / "li.pem").read_text(encoding="utf-8")
    sign = ("document", "issue", approved, "approval", "--out", pdf, "--token", slots.module)
    monkeypatch.setenv("AUDITDESK_PIN", "999999")
    assert as_user("li", *sign).status == 3
    assert as_user("li", *sign, "--certificate", pin).status == 2
    monkeypatch.setenv("AUDITDESK_PIN", PIN)
    assert as_user("li", *sign, "--token-label", "li").status == 0
    assert as_user("wang", "document", "issue", approved, "approval", "--out", pdf).status == 0
    assert as_user("wang", "document", "verify", pdf).status == 0


def test_revoked_and_what_an_outsider_learns_of_it(as_user, auditdesk, approved, tmp_path):
    pdf, root, crl = (tmp_path / name for name in ("a.pdf", "root.pem", "list.crl"))
    for name in ("li", "wang"):
        assert as_user(name, "document", "issue", approved, "approval", "--out", pdf).status == 0
    found = auditdesk("document", "verify", pdf, "--json").json
    assert (found["good"], found["trusted"]) == (True, None)
    serial = as_user("admin", "certificate", "list", "wang", "--json").json[0]["serial"]
    words = ("certificate", "revoke", serial, "--reason", "key_compromise", "--since")
    assert as_user("admin", *words, "yesterday").status == 2
    assert as_user("wang", *words, "2026-03-01").status == 3
    answer = as_user("admin", *words, "2026-03-01", "--json")
    assert answer.json["documents"] == ["章政土批〔2026〕1号"]
    assert "key_compromise" in as_user("admin", "certificate", "list", "wang", "--json").out
    assert "已吊销" in as_user("admin", "certificate", "list", "wang").out
    export = ("certificate", "export", "--root", root, "--list", crl)
    assert as_user("li", *export).status == 0
    known = ("document", "verify", pdf, "--root", root)
    assert auditdesk(*known).status == 0, "nobody told this outsider"
    answer = auditdesk(*known, "--revocations", crl)
    assert (answer.status, "起吊销" in answer.out) == (1, True)
    assert as_user("li", "document", "verify", pdf).status == 1
    assert auditdesk("document", "verify", pdf, "--root", crl).status == 2


def test_renewing_for_fewer_days(as_user, monkeypatch):
    monkeypatch.setenv("AUDITDESK_PASSPHRASE", PASSWORD)
    assert as_user("admin", "certificate", "issue", "li", "--days", "10").status == 0
    new, old = as_user("li", "certificate", "list", "--json").json
    assert (new["valid_to"][:10], old["state"]) == ("2026-03-12", "revoked")


def test_time_stamps_are_switched_on_and_off(as_user, approved, tmp_path, auditdesk):
    root, pdf = tmp_path / "tsa.pem", tmp_path / "a.pdf"
    root.write_text(authority().root, encoding="utf-8")
    with serving(stamping(AT.replace(year=2026, month=3, day=2))) as server:
        words = ("office", "timestamp", "--url", server.url)
        assert as_user("admin", *words).status == 2
        assert as_user("li", *words, "--root", root).status == 3
        tried = as_user("admin", *words, "--root", root, "--try")
        assert (tried.status, "已取得时间戳" in tried.out) == (0, True)
        assert "不带时间戳" in as_user("li", "office", "timestamp").out
        assert as_user("admin", *words, "--root", root).status == 0
        assert "取不到时不签名" in as_user("li", "office", "timestamp").out
        sign = ("document", "issue", approved, "approval", "--out", pdf)
        assert as_user("li", *sign).status == 0
    assert as_user("wang", *sign).status == 3, "nobody stamps any more"
    assert as_user("admin", "office", "timestamp", "--try").status == 3
    assert as_user("admin", "office", "timestamp", "--optional").status == 0
    assert "取不到时仍签名" in as_user("li", "office", "timestamp").out
    assert as_user("admin", "office", "timestamp", "--off", "--try").status == 2
    assert as_user("admin", "office", "timestamp", "--off").status == 0
    assert as_user("wang", *sign).status == 0
    found = as_user("li", "document", "verify", pdf, "--json").json
    stamped = [s["stamped_at"] for s in found["signatures"]]
    assert (found["good"], stamped[0][:10], stamped[1]) == (True, "2026-03-02", None)
    assert isinstance(server, StampServer)
