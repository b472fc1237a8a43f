"""What can go wrong with a token, in sentences that say what to do."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from auditdesk.util.faults import Fault, RefusedError, UnusableInputError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

_WRONG_PIN = {"PinIncorrect", "PinInvalid", "PinLenRange"}
_LOCKED = {"PinLocked", "PinExpired"}
_GONE = {"DeviceRemoved", "TokenNotPresent", "SessionHandleInvalid", "SessionClosed"}


@contextmanager
def telling(module: Path | None = None) -> Iterator[None]:
    """Turn the library's errors into sentences."""
    try:
        yield
    except Fault:
        raise
    except (RuntimeError, OSError) as error:
        if not isinstance(error, OSError) and not type(error).__module__.startswith("pkcs11"):
            raise
        raise _fault(type(error).__name__, module) from error


def _fault(name: str, module: Path | None) -> Fault:
    if name in _WRONG_PIN:
        return RefusedError(
            "令牌 PIN 不正确。请核对后再试；连续输错几次，令牌会锁定。",
            "The token's PIN is wrong. Check it and try again; after a few wrong ones the token "
            "locks itself.",
        )
    if name in _LOCKED:
        return RefusedError(
            "令牌已锁定或 PIN 已过期。请用令牌厂商的工具解锁，或联系发放单位。",
            "The token is locked, or its PIN has run out. Unlock it with its maker's tool or ask "
            "whoever handed it out.",
        )
    if name in _GONE:
        return RefusedError(
            "令牌已拔出或没有响应。请插好令牌后重试。",
            "The token was pulled out or does not answer. Plug it in and try again.",
        )
    if module is not None and not name.startswith("User"):
        return UnusableInputError(
            f"{module} 不是可用的令牌模块（PKCS#11），或令牌不可用（{name}）。"
            "请选择厂商提供的模块。",
            f"{module} is no usable token module (PKCS#11), or its token cannot be used ({name}). "
            "Choose the module that the token's maker provides.",
        )
    return RefusedError(
        f"令牌拒绝了操作（{name}）。请检查令牌是否已初始化并有签名权限。",
        f"The token refused ({name}). Check that it is set up and may sign.",
    )


def not_installed() -> RefusedError:
    """The library for tokens is missing."""
    return RefusedError(
        "本机没有安装令牌支持（python-pkcs11）。请改用证书文件，或重新安装程序。",
        "This computer has no support for tokens (python-pkcs11). Use a certificate file, or "
        "install the program again.",
    )


def no_module(module: Path) -> UnusableInputError:
    """There is no such module."""
    return UnusableInputError(
        f"找不到令牌模块 {module}。请选择令牌厂商提供的 PKCS#11 模块（.so 或 .dll）。",
        f"There is no token module {module}. Choose the PKCS#11 module (.so or .dll) that the "
        "token's maker provides.",
    )


def not_one(label: str, found: Sequence[str]) -> RefusedError:
    """No token, or several where one was meant."""
    if found:
        return RefusedError(
            f"插着 {len(found)} 个令牌（{'、'.join(found)}），请指明用哪一个。",
            f"There are {len(found)} tokens ({', '.join(found)}); say which one.",
        )
    which = f"“{label}”" if label else ""
    return RefusedError(
        f"没有找到令牌{which}。请插好令牌，并核对标签。",
        f"No token{' ' + label if label else ''} was found. Plug it in and check its label.",
    )


def unknown_key() -> RefusedError:
    """A key of a kind that cannot be used here."""
    return RefusedError(
        "令牌中的密钥种类不受支持（支持 RSA 和 NIST 椭圆曲线）。请换用其他令牌或证书文件。",
        "The token's key is of a kind that is not supported (RSA and the NIST curves are). "
        "Use another token or a certificate file.",
    )
