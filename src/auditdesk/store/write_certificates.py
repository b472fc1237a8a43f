"""Writing the register of certificates."""

from __future__ import annotations

from typing import TYPE_CHECKING

from auditdesk.store import codec, conformity
from auditdesk.store.certificates import CertificateReader, serial_of
from auditdesk.store.write_base import WriteBase
from auditdesk.util.faults import RefusedError

if TYPE_CHECKING:
    from datetime import datetime

    from auditdesk.store.records import CertificateRecord, Keeper


class CertificateWrites(WriteBase):
    """The part of `Writer` that issues and revokes."""

    def add_certificate(self, name: str, pem: str, *, keeper: Keeper) -> CertificateRecord:
        """Enter a person's new certificate in the register.

        Raises:
            RefusedError: it is in the register already.
        """
        serial = serial_of(pem)
        if self._certificates().find(serial) is not None:
            raise RefusedError(
                f"证书 {serial} 已登记。", f"The certificate {serial} is in the register already."
            )
        row = {
            "serial": serial,
            "name": name,
            "keeper": keeper,
            "pem": pem,
            "issued_by": self._context.user.name,
            "issued_at": self._at,
        }
        self._session.insert("certificate", row)
        return self._noted_certificate(serial)

    def revoke_certificate(self, serial: str, *, since: datetime, reason: str) -> CertificateRecord:
        """Revoke a certificate, once and for all.

        Raises:
            RefusedError: there is none of that number, or it was revoked before.
        """
        found = self._certificates().find(serial)
        if found is None:
            raise RefusedError(
                f"登记簿里没有证书 {serial}。", f"There is no certificate {serial} in the register."
            )
        if found.revoked_at is not None:
            raise RefusedError(
                f"证书 {serial} 已经吊销。", f"The certificate {serial} was revoked before."
            )
        self._session.execute(
            "UPDATE certificate SET revoked_since = ?, revoked_at = ?, revoked_by = ?, reason = ?"
            " WHERE serial = ?",
            (codec.moment_in(since), self._at, self._context.user.name, reason, serial),
        )
        return self._noted_certificate(serial)

    def _certificates(self) -> CertificateReader:
        return CertificateReader(self._session)

    def _noted_certificate(self, serial: str) -> CertificateRecord:
        (row,) = self._session.rows("SELECT * FROM certificate WHERE serial = ?", (serial,))
        self._note_item(conformity.CERTIFICATES, conformity.certificate_note(row))
        (found,) = (c for c in self._certificates().of(row["name"]) if c.serial == serial)
        return found
