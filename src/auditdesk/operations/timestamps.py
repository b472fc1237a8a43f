"""The office's time stamping authority: none unless an administrator names one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from auditdesk.documents.timestamps import (
    StampingSigner,
    StampServer,
    check_server,
    root_facts,
)
from auditdesk.operations import rights
from auditdesk.operations.changes import Changes
from auditdesk.operations.settings import STAMP_CERTIFICATE, STAMP_OPTIONAL, STAMP_URL
from auditdesk.util.faults import UnusableInputError
from auditdesk.util.label import Label

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from auditdesk.documents.signing import Signer
    from auditdesk.operations.desk import Desk

_YES = "yes"


@dataclass(frozen=True, slots=True)
class StampSettings:
    """What the office has set up.

    Attributes:
        url: the authority's address; empty: signatures get no time stamp.
        root: whom the root certificate names; empty: there is none.
        until: its last moment in force.
        optional: sign all the same where no stamp is to be had.
    """

    url: str
    root: str
    until: datetime | None
    optional: bool


def stamp_settings(desk: Desk) -> StampSettings:
    """The office's authority; anybody may know it."""
    kept = desk.profile.settings
    root = kept.get(STAMP_CERTIFICATE, "")
    name, until = root_facts(root) if root else ("", None)
    return StampSettings(kept.get(STAMP_URL, ""), name, until, kept.get(STAMP_OPTIONAL) == _YES)


def use_server(desk: Desk, url: str, root: bytes | None, *, optional: bool) -> Changes:
    """Have every signature stamped by an authority; one that is new is asked for a stamp first.

    Args:
        desk: an administrator's desk.
        url: the authority's address in the office's own network.
        root: the certificate (PEM) that its own leads to; None: the one that the office has.
        optional: sign all the same where no stamp is to be had. That can be changed while the
            authority does not answer, for then it is wanted.

    Raises:
        RefusedError: no administrator at the desk, or the authority does not stamp.
        UnusableInputError: no such address, or no certificate.
    """
    rights.require_role(desk, "administrator")
    kept, server = desk.profile.settings, _server(desk, url, root)
    if (server.url, server.root) != (kept.get(STAMP_URL), kept.get(STAMP_CERTIFICATE)):
        check_server(server)
    with desk.office.write("settings.change", None, {}) as writer:
        writer.put_setting(STAMP_URL, server.url)
        writer.put_setting(STAMP_CERTIFICATE, server.root)
        writer.put_setting(STAMP_OPTIONAL, _YES if optional else "")
        writer.note(STAMP_URL, server.url)
        writer.note(STAMP_OPTIONAL, optional)
    return Changes(Label("此后的签名都带时间戳", "Signatures get a time stamp now"), settings=True)


def try_server(desk: Desk, url: str, root: bytes | None) -> datetime:
    """The moment that an authority stamps right now; nothing is changed by that.

    Raises:
        RefusedError: no administrator at the desk, or the authority does not stamp.
        UnusableInputError: no such address, or no certificate.
    """
    rights.require_role(desk, "administrator")
    return check_server(_server(desk, url, root))


def _server(desk: Desk, url: str, root: bytes | None) -> StampServer:
    kept = desk.profile.settings.get(STAMP_CERTIFICATE, "")
    text = kept if root is None else root.decode("ascii", errors="replace")
    if not text:
        raise UnusableInputError(
            "请选择时间戳机构的根证书（PEM 文件）。",
            "Choose the root certificate of the time stamping authority (a PEM file).",
        )
    return StampServer(url.strip(), text)


def use_none(desk: Desk) -> Changes:
    """Sign without time stamps; stamps that were given before are still known.

    Raises:
        RefusedError: no administrator at the desk.
    """
    rights.require_role(desk, "administrator")
    with desk.office.write("settings.change", None, {}) as writer:
        writer.put_setting(STAMP_URL, "")
        writer.note(STAMP_URL, "")
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
