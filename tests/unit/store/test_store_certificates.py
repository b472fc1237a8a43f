"""The register of certificates, and what an upgrade takes over from before it."""

from __future__ import annotations

import pytest

from auditdesk.documents.authority import PersonName, create_authority, issue_certificate
from auditdesk.store.certificates import serial_of
from auditdesk.store.migrations import MIGRATIONS, m05_certificates
from auditdesk.util.faults import RefusedError
from auditdesk.util.progress import NoProgress
from office_samples import PASSWORD, clock_at, make_office, open_as


@pytest.fixture(scope="module")
def issued():
    at = clock_at().now()
    return issue_certificate(
        create_authority("单元", PASSWORD, at=at),
        PASSWORD,
        person=PersonName(name="lihua", full_name="李华", role="clerk", office="单元"),
        p12_passphrase=PASSWORD,
        at=at,
    )


@pytest.fixture
def office(tmp_path):
    make_office(tmp_path / "office")
    with open_as(tmp_path / "office", "admin") as opened:
        yield opened


def test_issued_and_revoked_rows_are_what_the_journal_says(office, issued):
    pem, moment = issued.certificate_pem, clock_at(8).now()
    with office.write("user.certificate", None, {}) as writer:
        record = writer.add_certificate("lihua", pem, keeper="token")
    assert (record.serial, record.issued_by, record.keeper) == (serial_of(pem), "admin", "token")
    assert office.certificates.revoked() == ()
    with pytest.raises(RefusedError), office.write("user.certificate", None, {}) as writer:
        writer.add_certificate("lihua", pem, keeper="token")
    with office.write("user.revoke", None, {}) as writer:
        writer.revoke_certificate(record.serial, since=moment, reason="superseded")
    (found,) = office.certificates.of("lihua")
    assert (found.revoked_since, found.revoked_by, found.reason) == (moment, "admin", "superseded")
    assert office.certificates.find(record.serial) == found
    assert office.certificates.all() == office.certificates.revoked() == (found,)
    assert office.journal.verify(NoProgress()).ok


def test_certificates_from_before_the_register_are_taken_over(office, issued):
    """An office of the release before, whose clerk has a certificate."""
    with office.write("user.certificate", None, {}) as writer:
        writer.set_certificate("lihua", pkcs12=b"p12", certificate_pem=issued.certificate_pem)
        writer.set_certificate("wangfang", pkcs12=b"p12", certificate_pem="no certificate")
    database = office._session.database
    database.execute("DROP TABLE certificate")
    m05_certificates(database)
    (taken,) = office.certificates.all()
    assert (taken.name, taken.serial) == ("lihua", serial_of(issued.certificate_pem))
    assert (taken.issued_by, taken.keeper) == (None, "container")
    assert office.journal.verify(NoProgress()).ok
    with office.write("user.revoke", None, {}) as writer:
        writer.revoke_certificate(taken.serial, since=clock_at().now(), reason="key_compromise")
    assert office.journal.verify(NoProgress()).ok
    assert m05_certificates in MIGRATIONS


def test_a_row_put_in_by_other_means_shows(office, issued):
    office._session.database.execute(
        "INSERT INTO certificate (serial, name, keeper, pem, issued_by, issued_at)"
        " VALUES ('1', 'lihua', 'token', '', 'admin', '')"
    )
    verdict = office.journal.verify(NoProgress())
    assert (verdict.ok, "certificate" in verdict.reason.en) == (False, True)
