"""The register of certificates to sign with: who has which, and what was revoked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from auditdesk.store import codec
from auditdesk.store.records import CertificateRecord

if TYPE_CHECKING:
    from auditdesk.store.session import Row, Session


def serial_of(pem: str) -> str:
    """A certificate's serial number in capital hexadecimal letters.

    Raises:
        ValueError: not a certificate.
    """
    from cryptography.x509 import load_pem_x509_certificate  # noqa: PLC0415 – heavy

    return f"{load_pem_x509_certificate(pem.encode()).serial_number:X}"


class CertificateReader:
    """Reading the register of an open office."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def all(self) -> tuple[CertificateRecord, ...]:
        """Every certificate in the order of issue."""
        return self._select("ORDER BY id")

    def of(self, name: str) -> tuple[CertificateRecord, ...]:
        """One person's certificates in the order of issue."""
        return self._select("WHERE name = ? ORDER BY id", name)

    def find(self, serial: str) -> CertificateRecord | None:
        """The certificate of that serial number (capital hexadecimal letters)."""
        return next(iter(self._select("WHERE serial = ?", serial)), None)

    def revoked(self) -> tuple[CertificateRecord, ...]:
        """What was revoked, in the order of issue."""
        return self._select("WHERE revoked_at IS NOT NULL ORDER BY id")

    def _select(self, where: str, *values: Any) -> tuple[CertificateRecord, ...]:
        rows = self._session.rows(f"SELECT * FROM certificate {where}", values)  # noqa: S608 – constants; values are bound
        return tuple(map(_out, rows))


def _out(row: Row) -> CertificateRecord:
    return CertificateRecord(
        serial=row["serial"],
        name=row["name"],
        keeper=row["keeper"],
        pem=row["pem"],
        issued_by=row["issued_by"],
        issued_at=codec.moment_out(row["issued_at"]),
        revoked_since=codec.maybe_moment_out(row["revoked_since"]),
        revoked_at=codec.maybe_moment_out(row["revoked_at"]),
        revoked_by=row["revoked_by"],
        reason=row["reason"] or "",
    )
