"""The office's time stamping authority: none unless an administrator names one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from auditdesk.documents.timestamps import StampingSigner, StampServer, check_server
from auditdesk.operations import rights
from auditdesk.operations.changes import Changes
from auditdesk.operations.settings import STAMP_CERTIFICATE, STAMP_OPTIONAL, STAMP_URL
from auditdesk.util.label import Label

if TYPE_CHECKING:
    from collections.abc import Callable

    from auditdesk.documents.signing import Signer
    from auditdesk.operations.desk import Desk

_YES = "yes"


def use_server(desk: Desk, url: str, root: bytes, *, optional: bool) -> Changes:
    """Have every signature stamped by an authority; it is asked for a stamp first.

    Args:
        desk: an administrator's desk.
        url: the authority's address in the office's own network.
        root: the certificate (PEM) that its own leads to.
        optional: sign all the same where no stamp is to be had.

    Raises:
        RefusedError: no administrator at the desk, or the authority does not stamp.
        UnusableInputError: no such address, or no certificate.
    """
    rights.require_role(desk, "administrator")
    server = StampServer(url.strip(), root.decode("ascii", errors="replace"))
    check_server(server)
    with desk.office.write("settings.change", None, {}) as writer:
        writer.put_setting(STAMP_URL, server.url)
        writer.put_setting(STAMP_CERTIFICATE, server.root)
        writer.put_setting(STAMP_OPTIONAL, _YES if optional else "")
    return Changes(Label("此后的签名都带时间戳", "Signatures get a time stamp now"), settings=True)


def use_none(desk: Desk) -> Changes:
    """Sign without time stamps; stamps that were given before are still known.

    Raises:
        RefusedError: no administrator at the desk.
    """
    rights.require_role(desk, "administrator")
    with desk.office.write("settings.change", None, {}) as writer:
        writer.put_setting(STAMP_URL, "")
    return Changes(Label("此后的签名不带时间戳", "Signatures get no time stamp now"), settings=True)


def with_stamps(desk: Desk, signer: Signer) -> Signer:
    """The key as the office signs with it: stamped where it has an authority for that."""
    settings = desk.profile.settings
    url, root = settings.get(STAMP_URL), settings.get(STAMP_CERTIFICATE)
    if not url or not root:
        return signer
    return StampingSigner(signer, StampServer(url, root), settings.get(STAMP_OPTIONAL) == _YES)


def missing_stamp(signer: Signer) -> Callable[[], Label | None]:
    """A question to ask once something was signed: why has the signature no time stamp?

    Its answer is None where it has one, or is to have none.
    """
    failures = signer.failures if isinstance(signer, StampingSigner) else []
    before = len(failures)

    def why() -> Label | None:
        return Label(failures[-1].zh, failures[-1].en) if len(failures) > before else None

    return why
