"""Asking a time stamping authority of the office's own network for its word (RFC 3161)."""

from __future__ import annotations

import hashlib
import urllib.request
from dataclasses import dataclass, field
from http.client import HTTPException
from typing import TYPE_CHECKING
from urllib.error import HTTPError

from asn1crypto import cms, tsp
from pyhanko.sign.timestamps.api import TimeStamper
from pyhanko.sign.timestamps.common_utils import TimestampRequestError, handle_tsp_response

from auditdesk.documents.examine import load_roots
from auditdesk.documents.stamped import ROOM, read_stamp
from auditdesk.documents.stampform import canonical
from auditdesk.documents.subject import from_subject
from auditdesk.util.faults import RefusedError, UnusableInputError

if TYPE_CHECKING:
    from datetime import datetime

    from asn1crypto import x509

    from auditdesk.documents.signing import Signer

TIMEOUT = 10  # seconds; somebody waits for it with the pen in hand
MOST_BYTES = 64 * 1024
PATIENCE = 3  # requests in a row that may fail before nobody is asked any more
SCHEMES = ("http://", "https://")


@dataclass(frozen=True, slots=True)
class StampServer:
    """A time stamping authority.

    Attributes:
        url: its address in the office's own network.
        root: the certificate (PEM) that its own leads to; stamps of others are refused.
    """

    url: str
    root: str


class StampFailedError(Exception):
    """No stamp was to be had; says why in words for the person who signs."""

    def __init__(self, zh: str, en: str) -> None:
        """Keep the reason in both languages."""
        super().__init__(en)
        self.zh, self.en = zh, en


@dataclass(slots=True)
class StampingSigner:
    """A key whose signatures get a time stamp.

    Attributes:
        server: who stamps.
        optional: without a stamp the signature is made all the same.
        failures: why there was none, for each signature without one.
    """

    signer: Signer
    server: StampServer
    optional: bool
    failures: list[StampFailedError] = field(default_factory=list)
    _in_a_row: int = 0

    @property
    def certificate(self) -> bytes:
        """The person's certificate (DER)."""
        return self.signer.certificate

    @property
    def chain(self) -> tuple[bytes, ...]:
        """The certificates above it, up to the root (DER)."""
        return self.signer.chain

    @property
    def algorithm(self) -> str:
        """Signature algorithm by its CMS name."""
        return self.signer.algorithm

    def sign(self, data: bytes) -> bytes:
        """The signature of some bytes by that algorithm."""
        return self.signer.sign(data)

    def stamp(self, signature: bytes) -> cms.ContentInfo:
        """The time stamp of a signature.

        An authority that failed several times in a row is not asked any more: each of hundreds
        of papers would wait for it.

        Raises:
            StampFailedError: none was to be had.
        """
        if self._in_a_row >= PATIENCE:
            raise self.failures[-1]
        try:
            made = stamper(self.server).stamp(signature)
        except StampFailedError:
            self._in_a_row += 1
            raise
        self._in_a_row = 0
        return made

    def without_stamp(self, error: StampFailedError) -> Signer:
        """The key for a signature that goes without a stamp, where the office lets it.

        Raises:
            RefusedError: the office wants a stamp on every signature.
        """
        self.failures.append(error)
        if self.optional:
            return self.signer
        raise RefusedError(
            f"没有取得时间戳，因此没有签名：{error.zh}请稍后再试；"
            "如需在没有时间戳时也能签名，请管理员更改设置。",
            f"There is no time stamp, so nothing was signed: {error.en} Try again later, or "
            "have an administrator allow signing without one.",
        ) from error


def stamper(server: StampServer) -> Stamper:
    """The way to ask an authority.

    Raises:
        UnusableInputError: its certificate is none.
    """
    (root,) = load_roots((server.root,))
    return Stamper(server.url, root)


def root_facts(root: str) -> tuple[str, datetime]:
    """Whom a root (PEM) names, and until when it is in force.

    Raises:
        UnusableInputError: it is no certificate.
    """
    (found,) = load_roots((root,))
    return from_subject(found.subject.human_friendly), found.not_valid_after


def check_server(server: StampServer) -> datetime:
    """The moment that the authority behind an address stamps right now.

    Raises:
        UnusableInputError: no address of that kind.
        RefusedError: it does not answer, or not as it should.
    """
    if not server.url.startswith(SCHEMES):
        raise UnusableInputError(
            f"时间戳地址应以 http:// 或 https:// 开头：{server.url}",
            f"The address of the time stamping authority begins with http:// or https://: "
            f"{server.url}",
        )
    try:
        made = stamper(server).stamp(b"auditdesk")
    except StampFailedError as error:
        raise RefusedError(
            f"时间戳机构没有通过试验：{error.zh}", f"The time stamping authority failed: {error.en}"
        ) from error
    moment: datetime = made["content"]["encap_content_info"]["content"].parsed["gen_time"].native
    return moment


class Stamper(TimeStamper):
    """The library's way of asking, over plain HTTP without proxies, with caps on everything."""

    def __init__(self, url: str, root: x509.Certificate) -> None:
        super().__init__()  # type: ignore[no-untyped-call]  # the library's
        self._url, self._root = url, root

    def stamp(self, signature: bytes) -> cms.ContentInfo:
        """A sound stamp of a signature by the known authority, in its fixed form.

        Raises:
            StampFailedError: none was to be had.
        """
        digest = hashlib.sha256(signature).digest()
        nonce, request = self.request_cms(digest, "sha256")  # type: ignore[no-untyped-call]
        token = self._token(request, nonce)
        try:
            fixed = cms.ContentInfo.load(canonical(token))
            stamp = read_stamp(fixed, signature, [self._root])
        except (ValueError, TypeError, KeyError, AttributeError) as error:
            raise _unsound() from error
        if not stamp.known or len(fixed.dump()) > ROOM:
            raise _unsound()
        return fixed

    def _token(self, request: tsp.TimeStampReq, nonce: int) -> cms.ContentInfo:
        answer = self._ask(request.dump())
        try:
            response = tsp.TimeStampResp.load(answer, strict=True)
            return handle_tsp_response(response, nonce)  # type: ignore[arg-type]  # a number
        except (ValueError, TypeError, KeyError, AttributeError) as error:
            raise _unsound() from error
        except TimestampRequestError as error:
            raise StampFailedError(
                "时间戳机构拒绝了请求，或答非所问。",
                "the authority refused the request, or answered another one.",
            ) from error

    def _ask(self, body: bytes) -> bytes:
        headers = {"Content-Type": "application/timestamp-query"}
        request = urllib.request.Request(self._url, body, headers)  # noqa: S310 – checked before
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}), _NoRedirect())
        try:
            with opener.open(request, timeout=TIMEOUT) as answer:
                content = bytes(answer.read(MOST_BYTES + 1))
        except (OSError, HTTPException, ValueError) as error:
            if isinstance(error, HTTPError):
                error.close()  # it holds the connection
            reason = getattr(error, "reason", None) or error
            raise StampFailedError(
                f"连不上时间戳机构 {self._url}（{reason}）。",
                f"the authority at {self._url} cannot be reached ({reason}).",
            ) from error
        if len(content) > MOST_BYTES:
            raise _unsound()
        return content


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """What is asked goes to the address that the office gave, and nowhere else."""

    def redirect_request(self, *_: object) -> None:
        """Follow nothing: the answer counts as an error."""


def _unsound() -> StampFailedError:
    return StampFailedError(
        "时间戳机构的答复不可用：不是它的证书签发的，或不合 RFC 3161。",
        "the authority's answer cannot be used: not by its known certificate, or not as RFC 3161 "
        "has it.",
    )
