"""Opening the key that a person signs with, and whether it may sign for this office now."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from cryptography.x509 import load_der_x509_certificate

from auditdesk.documents.authority import certificate_facts
from auditdesk.documents.chain import issued_by
from auditdesk.documents.signing import check_usable, load_pkcs12
from auditdesk.documents.token import TokenPlace, TokenSigner, matching, open_token, tokens
from auditdesk.operations.certificates import REASONS
from auditdesk.operations.containers import der_of, pem_of
from auditdesk.operations.settings import AUTHORITY_CERTIFICATE
from auditdesk.operations.timestamps import with_stamps
from auditdesk.operations.words import word
from auditdesk.util.clock import CHINA
from auditdesk.util.faults import RefusedError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from auditdesk.documents.container import OpenedContainers
    from auditdesk.documents.signing import Signer
    from auditdesk.documents.token import OpenToken, TokenFacts
    from auditdesk.operations.desk import Desk
    from auditdesk.operations.documents import SigningKey


@contextmanager
def signing(desk: Desk, key: SigningKey) -> Iterator[Signer]:
    """The key of the person at the desk: kept by the office, in a file of theirs, or a token.

    Raises:
        RefusedError: there is none, passphrase or PIN are wrong, or the certificate may not
            sign: not in force, revoked, foreign, or somebody else's.
        UnusableInputError: the file is no certificate container, the module none for tokens.
    """
    if key.module is None:
        yield with_stamps(desk, from_container(desk, key.passphrase, key.pkcs12, key.opened))
        return
    with open_token(TokenPlace(key.module, key.token_label), key.passphrase) as token:
        yield with_stamps(desk, _of_token(desk, token))


def from_container(
    desk: Desk,
    passphrase: str,
    pkcs12: bytes | None,
    opened: OpenedContainers | None = None,
) -> Signer:
    """The key in a container; as `signing`."""
    container = pkcs12 or desk.office.users.get(desk.user.name).pkcs12
    if container is None:
        raise RefusedError(
            "您还没有签名证书，请管理员签发，或用自己的证书文件或令牌。",
            "You have no certificate; ask an administrator for one, or use a file or a token of "
            "your own.",
        )
    signer = load_pkcs12(container, passphrase, at=desk.now(), opened=opened)
    require_usable(desk, signer.certificate)
    return signer


def _of_token(desk: Desk, token: OpenToken) -> Signer:
    """The newest certificate, in the token or the register, that the token has the key of."""
    register = [der_of(c.pem) for c in desk.office.certificates.of(desk.user.name)]
    keys, refusal = token.keys(), None
    for certificate in _newest_first({*token.certificates(), *register}):
        key = matching(keys, certificate)
        if key is None:
            continue
        try:
            require_usable(desk, certificate)
        except RefusedError as error:
            refusal = refusal or error
            continue
        root = desk.profile.settings[AUTHORITY_CERTIFICATE]
        return TokenSigner(key, certificate, (der_of(root),))
    raise refusal or RefusedError(
        f"令牌“{token.label}”里没有与您的证书对应的密钥。请先提交证书申请，由管理员签发。",
        f"The token {token.label} holds no key with a certificate for you. Make a request and "
        "have an administrator issue one.",
    )


def _newest_first(certificates: set[bytes]) -> list[bytes]:
    return sorted(
        certificates,
        key=lambda der: load_der_x509_certificate(der).not_valid_before_utc,
        reverse=True,
    )


def require_usable(desk: Desk, certificate: bytes) -> None:
    """Refuse a certificate (DER) that may not sign for this office now.

    Raises:
        RefusedError: foreign, somebody else's, not in force, revoked, or not in the register.
    """
    pem = pem_of(certificate)
    root = desk.profile.settings.get(AUTHORITY_CERTIFICATE, "")
    if not root or not issued_by(pem, root):
        raise RefusedError(
            "证书不是本单元签发的，不能用来签发本单元的文书。请用本单元签发的证书。",
            "The certificate was not issued by this office and cannot sign its documents; use "
            "one that was.",
        )
    _require_own(desk, pem)
    check_usable(load_der_x509_certificate(certificate), desk.now())
    _require_unrevoked(desk, pem)


def _require_own(desk: Desk, pem: str) -> None:
    person = certificate_facts(pem).person
    if person.name != desk.user.name:
        raise RefusedError(
            f"这是{person.full_name}的证书，您只能用自己的证书签名。",
            f"This is the certificate of {person.full_name}; sign with your own.",
        )
    if person.role != desk.user.role:
        raise RefusedError(
            "证书上的角色与您现在的角色不符，请管理员换发证书。",
            "The certificate is for another role than yours; ask an administrator for a new one.",
        )


def _require_unrevoked(desk: Desk, pem: str) -> None:
    record = desk.office.certificates.find(f"{certificate_facts(pem).serial:X}")
    if record is None:
        raise RefusedError(
            "证书不在本单元的登记簿里，不能用来签名。请管理员换发证书。",
            "The certificate is not in this office's register and cannot sign; ask an "
            "administrator for a new one.",
        )
    if record.revoked_since is not None:
        reason = word(REASONS, record.reason)
        since = f"{record.revoked_since.astimezone(CHINA):%Y-%m-%d %H:%M}"
        raise RefusedError(
            f"证书已于 {since} 吊销（{reason.zh}），不能再签名。请用新证书。",
            f"The certificate was revoked as of {since} ({reason.en}) and cannot sign any more; "
            "use a new one.",
        )


def tokens_of(module: Path) -> tuple[TokenFacts, ...]:
    """The tokens that are plugged in, as a module sees them.

    Raises:
        RefusedError: no support for tokens on this computer.
        UnusableInputError: the module is none.
    """
    return tokens(module)


def make_token_request(desk: Desk, module: Path, label: str, pin: str, *, new_key: bool) -> str:
    """A certificate request (PEM) of the person at the desk for the key in their token.

    Args:
        desk: the person's desk.
        module: the token's PKCS#11 module.
        label: of the token; empty: the only one.
        pin: of the token.
        new_key: make a new key; otherwise the token has to hold exactly one.

    Raises:
        RefusedError: no such token, wrong PIN, or no key or several in it.
        UnusableInputError: the module is none.
    """
    from auditdesk.documents.requests import make_request  # noqa: PLC0415 – only here
    from auditdesk.operations.certificates import person_of  # noqa: PLC0415 – only here

    person = person_of(desk, desk.user.name, desk.user.full_name, desk.user.role)
    with open_token(TokenPlace(module, label), pin, write=new_key) as token:
        if new_key:
            return make_request(token.make_key(f"{desk.profile.name} {desk.user.name}"), person)
        keys = token.keys()
        if len(keys) != 1:
            raise RefusedError(
                f"令牌里有 {len(keys)} 个密钥，应恰有一个；可要求在令牌里新建密钥。",
                f"The token holds {len(keys)} keys, and there should be one; ask for a new key.",
            )
        return make_request(keys[0], person)
