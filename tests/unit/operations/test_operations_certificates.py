"""Certificates: issued, renewed, revoked, listed; who may sign with which, and when."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from cryptography.x509 import load_pem_x509_crl

from auditdesk.documents.authority import (
    PersonName,
    authority_certificate,
    create_authority,
    issue_certificate,
)
from auditdesk.documents.container import OpenedContainers
from auditdesk.documents.revocation import read_list
from auditdesk.operations import certificates, documents, journals, people
from auditdesk.operations.documents import SigningKey
from auditdesk.operations.settings import REVOCATION_LIST
from auditdesk.operations.signers import make_token_request, require_usable, signing
from auditdesk.util.faults import RefusedError, UnusableInputError
from auditdesk.util.progress import NoProgress
from desk_samples import PASSWORD, to_approval
from token_samples import PIN, slots  # noqa: F401 – a fixture is found by its name

KEY = SigningKey(PASSWORD)
UNREVOKED = (
    "UPDATE certificate SET revoked_since = NULL, revoked_at = NULL, revoked_by = NULL,"
    " reason = NULL"
)
OFFICE = "章丘区集体土地审查处"
LI = PersonName(name="li", full_name="李晓彤", role="clerk", office=OFFICE)


@pytest.fixture
def approved(at_desk, entered):
    return to_approval(at_desk, entered()).no


def later(desk, **time):
    desk.clock.moment += timedelta(**time)


def serial_of(desk, name="li"):
    """The certificate of that person that is good now."""
    (good,) = (v for v in certificates.certificates(desk, name) if v.state == "good")
    return good.record.serial


def refused(desk, no, key=KEY):
    with pytest.raises(RefusedError) as told:
        documents.certify(desk, no, "approval", key)
    assert documents.issued(desk, no) == (), "no number was used up"
    return told.value.message.en


def test_everybody_who_signs_is_in_the_register(at_desk):
    desk = at_desk("admin")
    found = certificates.certificates(desk)
    assert {v.record.name for v in found} == {"li", "zhao", "wang", "sun"}
    assert {(v.state, v.foreign, v.record.keeper, v.record.issued_by) for v in found} == {
        ("good", False, "container", "admin")
    }
    assert found[-1].full_name == "李晓彤"
    assert found[-1].valid_to - found[-1].valid_from == timedelta(days=1095)
    desk = at_desk("li")
    assert [v.record.name for v in certificates.certificates(desk)] == ["li"]
    with pytest.raises(RefusedError):
        certificates.certificates(desk, "wang")


def test_a_renewed_certificate_replaces_the_one_before(at_desk, approved):
    desk = at_desk("admin")
    before = desk.office.users.get("li").pkcs12
    old = serial_of(desk)
    certificates.renew(desk, "li", "Neues-Wort-9", days=100)
    new, was = certificates.certificates(desk, "li")
    assert (was.record.serial, was.state, was.record.reason) == (old, "revoked", "superseded")
    assert (new.state, new.valid_to - new.valid_from) == ("good", timedelta(days=100))
    desk = at_desk("li")
    assert "replaced by a new one" in refused(desk, approved, SigningKey(PASSWORD, before))
    documents.certify(desk, approved, "approval", SigningKey("Neues-Wort-9"))


def test_a_revoked_certificate_signs_nothing(at_desk, approved):
    desk = at_desk("admin")
    spoilt, changes = certificates.revoke(desk, serial_of(desk).lower(), "key_compromise")
    assert (spoilt, changes.users) == ((), True)
    assert people.people(desk)[1].certificate_until is None
    told = refused(at_desk("li"), approved)
    assert "revoked as of 2026-03-02 09:30 (key or token lost or stolen)" in told


def test_what_was_signed_since_the_moment_of_revocation_is_named(at_desk, approved):
    documents.certify(at_desk("li"), approved, "approval", KEY)
    desk = at_desk("wang")
    later(desk, hours=2)
    documents.countersign(desk, approved, "approval", KEY)
    desk = at_desk("admin")
    later(desk, hours=2)
    since = desk.now() - timedelta(hours=3)
    spoilt, changes = certificates.revoke(desk, serial_of(desk, "wang"), "superseded", since=since)
    assert [d.number for d in spoilt] == ["章政土批〔2026〕1号"]
    assert "章政土批〔2026〕1号" in changes.summary.zh
    spoilt, _ = certificates.revoke(desk, serial_of(desk), "superseded", since=since)
    assert spoilt == (), "li signed before that moment"


def test_a_revocation_is_for_good(at_desk):
    desk = at_desk("admin")
    serial = serial_of(desk)
    with pytest.raises(UnusableInputError, match="no reason"):
        certificates.revoke(desk, serial, "because")
    with pytest.raises(UnusableInputError, match="future"):
        certificates.revoke(desk, serial, "superseded", since=desk.now() + timedelta(minutes=1))
    certificates.revoke(desk, serial, "affiliation_changed")
    with pytest.raises(RefusedError, match="before"):
        certificates.revoke(desk, serial, "key_compromise")
    with pytest.raises(RefusedError, match="no certificate"):
        certificates.revoke(desk, "ABC", "key_compromise")
    for change in (
        UNREVOKED,
        "UPDATE certificate SET pem = ''",
        "DELETE FROM certificate",
    ):
        with pytest.raises(Exception, match=r"once and for all|nothing is deleted"):
            desk.office._session.database.execute(change)


def test_only_administrators_issue_and_revoke(at_desk):
    serial = serial_of(at_desk("admin"), "wang")
    for name in ("li", "wang"):
        desk = at_desk(name)
        for deed in (
            lambda desk=desk: certificates.renew(desk, "li", PASSWORD),
            lambda desk=desk: certificates.revoke(desk, serial, "superseded"),
            lambda desk=desk: certificates.issue_for_request(desk, "li", ""),
        ):
            with pytest.raises(RefusedError):
                deed()


def test_the_list_is_signed_and_counts_upwards(at_desk):
    desk = at_desk("admin")
    root, first = certificates.handed_out(desk)
    before = read_list(first.encode(), (root,))
    assert before.entries == ()
    later(desk, days=3)
    since = desk.now() - timedelta(days=2)
    serial = serial_of(desk)
    certificates.revoke(desk, serial, "key_compromise", since=since)
    found = read_list(certificates.handed_out(desk)[1].encode(), (root,))
    assert (found.number, found.at) == (before.number + 1, desk.now())
    (entry,) = found.entries
    assert (f"{entry.serial:X}", entry.reason) == (serial, "key_compromise")
    assert (entry.since, entry.recorded) == (since, desk.now())
    assert certificates.known_revocations(desk).entries == found.entries
    plain = load_pem_x509_crl(certificates.handed_out(desk)[1].encode())
    assert plain.next_update_utc > desk.now()


def test_a_list_of_another_authority_is_not_used(at_desk):
    desk = at_desk("admin")
    _, made = certificates.handed_out(desk)
    twin = create_authority(OFFICE, PASSWORD, at=desk.now())
    with pytest.raises(UnusableInputError, match="known authority"):
        read_list(made.encode(), (authority_certificate(twin, PASSWORD),))
    for text in (b"", b"nothing", made.encode()[:200], b"x" * 5_000_000):
        with pytest.raises(UnusableInputError, match="no revocation list"):
            read_list(text, ())


def test_certificates_not_in_force_are_refused(at_desk, approved):
    desk = at_desk("li")
    later(desk, days=1096)
    assert "ran out on 2029-03-01" in refused(desk, approved)
    desk.clock.moment -= timedelta(days=1096 + 10)
    assert "not in force yet" in refused(desk, approved)


def test_a_key_kept_open_is_asked_every_time_whether_it_may_sign(at_desk, approved):
    desk = at_desk("li")
    key = SigningKey(PASSWORD, opened=OpenedContainers())
    with signing(desk, key) as one, signing(desk, key) as two, signing(desk, KEY) as other:
        assert one.key is two.key
        assert one.key is not other.key
    later(desk, days=1096)
    assert "ran out on 2029-03-01" in refused(desk, approved, key)
    desk.clock.moment -= timedelta(days=1096)
    assert "passphrase" in refused(desk, approved, replace(key, passphrase=PASSWORD[:-1]))
    own = desk.office.users.get("li").pkcs12
    assert "of 李晓彤" in refused(at_desk("zhao"), approved, replace(key, pkcs12=own))
    desk = at_desk("admin")
    certificates.revoke(desk, serial_of(desk), "key_compromise")
    assert "was revoked as of" in refused(at_desk("li"), approved, key)
    certificates.renew(at_desk("admin"), "li", PASSWORD)
    documents.certify(at_desk("li"), approved, "approval", key)


def container(desk, person=LI, **changes):
    """A container that the office's own authority issued behind the register's back."""
    admin = {"authority": desk.office.authority(), "secret": desk.office.authority_passphrase}
    made = admin | changes
    return issue_certificate(
        made["authority"],
        made["secret"],
        person=person,
        p12_passphrase=PASSWORD,
        at=desk.now(),
    ).p12


def test_foreign_unregistered_and_colleagues_certificates_are_refused(at_desk, approved):
    desk = at_desk("admin")
    twin = create_authority(OFFICE, PASSWORD, at=desk.now())
    foreign = container(desk, authority=twin, secret=PASSWORD)
    unknown = container(desk)
    promoted = container(desk, PersonName(name="li", full_name="李", role="supervisor", office="x"))
    colleague = desk.office.users.get("zhao").pkcs12
    desk = at_desk("li")
    for p12, sentence in (
        (foreign, "not issued by this office"),
        (unknown, "not in this office's register"),
        (promoted, "another role"),
        (colleague, "sign with your own"),
    ):
        assert sentence in refused(desk, approved, SigningKey(PASSWORD, p12))
        with pytest.raises(RefusedError, match=sentence):
            people.own_certificate(desk, p12, PASSWORD)


def test_an_office_without_an_authority_signs_nothing(at_desk, approved):
    desk = at_desk("admin")
    with desk.office.write("settings.change", None, {}) as writer:
        writer.put_setting("authority_certificate", "")
    assert certificates.known_revocations(desk) is None
    with pytest.raises(RefusedError):
        certificates.handed_out(desk)
    assert "not issued by this office" in refused(at_desk("li"), approved)


def test_a_register_changed_behind_the_journal_shows(at_desk):
    desk = at_desk("admin")
    certificates.revoke(desk, serial_of(desk), "key_compromise")
    assert journals.verify(desk, NoProgress()).ok
    database = desk.office._session.database
    database.execute("DROP TRIGGER certificate_stays")
    database.execute(f"{UNREVOKED}, issued_by = NULL")
    verdict = journals.verify(desk, NoProgress())
    assert not verdict.ok
    assert "certificate" in verdict.reason.en


def test_a_token_of_ones_own_signs_after_a_request(at_desk, approved, slots):  # noqa: F811 – as above
    desk = at_desk("li")
    slots.make("li")
    token = SigningKey(PIN, module=slots.module, token_label="li")
    assert "no key with a certificate for you" in refused(desk, approved, token)
    with pytest.raises(RefusedError, match="holds 0 keys"):
        make_token_request(desk, slots.module, "li", PIN, new_key=False)
    request = make_token_request(desk, slots.module, "", PIN, new_key=True)
    assert "no key with a certificate for you" in refused(desk, approved, token)
    desk = at_desk("admin")
    with pytest.raises(RefusedError, match="not by zhao"):
        certificates.issue_for_request(desk, "zhao", request)
    certificates.issue_for_request(desk, "li", request)
    assert [v.record.keeper for v in certificates.certificates(desk, "li")] == [
        "token",
        "container",
    ]
    desk = at_desk("li")
    assert "PIN is wrong" in refused(desk, approved, SigningKey("1111", module=slots.module))
    made, _, _ = documents.certify(desk, approved, "approval", token)
    assert made.state == "certified"


def test_a_revoked_token_is_refused_and_the_container_goes_on(at_desk, approved, slots):  # noqa: F811 – as above
    desk = at_desk("li")
    slots.make("li")
    request = make_token_request(desk, slots.module, "li", PIN, new_key=True)
    desk = at_desk("admin")
    certificates.issue_for_request(desk, "li", request)
    first = certificates.certificates(desk, "li")[0].record.serial
    later(desk, days=1)
    certificates.issue_for_request(desk, "li", request)
    second = certificates.certificates(desk, "li")[0].record.serial
    states = {v.record.serial: v.state for v in certificates.certificates(desk, "li")}
    assert (states[first], states[second]) == ("revoked", "good"), "the same key was renewed"
    certificates.revoke(desk, second, "key_compromise")
    desk = at_desk("li")
    told = refused(desk, approved, SigningKey(PIN, module=slots.module))
    assert "key or token lost or stolen" in told
    documents.certify(desk, approved, "approval", KEY)


def test_a_colleagues_token_is_refused(at_desk, approved, slots):  # noqa: F811 – as above
    desk = at_desk("zhao")
    slots.make("zhao")
    request = make_token_request(desk, slots.module, "zhao", PIN, new_key=True)
    certificates.issue_for_request(at_desk("admin"), "zhao", request)
    desk = at_desk("li")
    token = SigningKey(PIN, module=slots.module)
    assert "no key with a certificate for you" in refused(desk, approved, token)


def test_the_root_itself_signs_no_papers(at_desk):
    desk = at_desk("li")
    from auditdesk.operations.containers import der_of  # noqa: PLC0415 – only here

    with pytest.raises(RefusedError):
        require_usable(desk, der_of(desk.profile.settings["authority_certificate"]))
    assert desk.profile.settings[REVOCATION_LIST].startswith("-----BEGIN X509 CRL")
