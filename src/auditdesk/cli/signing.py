"""The options that say what a person signs with: the office's certificate, a file, a token."""

from __future__ import annotations

from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING

import click

from auditdesk.cli.passwords import given_passphrase, read_passphrase, read_pin
from auditdesk.util.faults import UnusableInputError
from auditdesk.util.reading import read_limited

if TYPE_CHECKING:
    from collections.abc import Callable

    from auditdesk.cli.program import Program
    from auditdesk.operations.documents import SigningKey

_LARGEST_CONTAINER = 1024 * 1024


@dataclass(frozen=True, slots=True)
class KeyWords:
    """What was typed about the key.

    Attributes:
        certificate: a container of the person's own.
        module: PKCS#11 module of a token.
        token_label: which token; empty: the only one.
        pin_file: where its PIN stands.
    """

    certificate: Path | None
    module: Path | None
    token_label: str
    pin_file: Path | None

    def __post_init__(self) -> None:
        """Refuse two keys at a time, before anybody has to give a password.

        Raises:
            UnusableInputError: both a file and a token.
        """
        if self.certificate is not None and self.module is not None:
            raise UnusableInputError(
                "--certificate 和 --token 只能用一个。", "Give either --certificate or --token."
            )

    def key(self, program: Program, password: str) -> SigningKey:
        """The key; its passphrase or PIN is asked for where nothing gives it.

        Raises:
            UnusableInputError: the file cannot be read, or there is no passphrase or PIN.
        """
        from auditdesk.operations.documents import SigningKey  # noqa: PLC0415 – heavy

        if self.module is not None:
            pin = read_pin(self.pin_file, program.language)
            return SigningKey(pin, module=self.module, token_label=self.token_label)
        if self.certificate is None:
            return SigningKey(given_passphrase() or password)
        content = read_limited(self.certificate, _LARGEST_CONTAINER)
        return SigningKey(read_passphrase(program.language), content)


def signing_options(command: Callable[..., object]) -> Callable[..., object]:
    """Give a command the options that make `KeyWords`, handed to it as `words`."""

    @click.option(
        "--certificate",
        type=click.Path(path_type=Path),
        help="自己的 PKCS#12 证书，口令用 AUDITDESK_PASSPHRASE · a PKCS#12 file of one's own",
    )
    @click.option(
        "--token",
        "module",
        type=click.Path(path_type=Path),
        help="用令牌签名：厂商的 PKCS#11 模块，PIN 用 AUDITDESK_PIN · sign with a token: its "
        "maker's PKCS#11 module",
    )
    @click.option("--token-label", default="", help="令牌标签 · label of the token")
    @click.option(
        "--pin-file", type=click.Path(path_type=Path), help="PIN 文件 · file with the PIN"
    )
    @wraps(command)
    def signing(
        *args: object,
        certificate: Path | None,
        module: Path | None,
        token_label: str,
        pin_file: Path | None,
        **others: object,
    ) -> object:
        words = KeyWords(certificate, module, token_label, pin_file)
        return command(*args, words=words, **others)

    return signing
