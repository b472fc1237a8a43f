"""How values stand in the database: days, moments and JSON as text."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any

from auditdesk.util.clock import CHINA
from auditdesk.util.faults import UnusableInputError

_EXACT = 2**53 - 1


def day_out(text: str | None) -> date | None:
    """A day from its ISO text."""
    return date.fromisoformat(text) if text else None


def a_day_out(text: str) -> date:
    """A day from its ISO text, where there always is one."""
    return date.fromisoformat(text)


def day_in(day: date | None) -> str | None:
    """A day as ISO text."""
    return day.isoformat() if day else None


def moment_in(moment: datetime) -> str:
    """A moment as ISO text in China Standard Time, so that texts sort as moments do."""
    return moment.astimezone(CHINA).replace(microsecond=0).isoformat()


def moment_out(text: str) -> datetime:
    """A moment from its ISO text."""
    return datetime.fromisoformat(text)


def maybe_moment_out(text: str | None) -> datetime | None:
    """A moment from its ISO text, where there is one."""
    return datetime.fromisoformat(text) if text else None


def json_in(value: Any) -> str:
    """JSON text of a value without floats.

    Raises:
        TypeError: a float (money and areas never are) or something that is no JSON.
        UnusableInputError: text that is no Unicode text (a lone surrogate).
    """
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=_as_dict)
    # Written and read back in C: half the time of walking through the value in Python.
    json.loads(text, parse_float=_refuse_float, parse_constant=_refuse_float)
    if not text.isascii():
        check_text(text)
    return text


def _as_dict(value: Any) -> dict[Any, Any]:
    if hasattr(value, "items"):
        return dict(value.items())
    raise TypeError(f"{type(value).__name__} cannot be kept as JSON")


def _refuse_float(text: str) -> None:
    raise TypeError(f"{text} is a float and cannot be kept")


def json_out(text: str) -> Any:
    """A value from its JSON text."""
    return json.loads(text)


class ReadLater(Mapping[str, Any]):
    """A JSON object that is read when somebody first looks into it; most are only counted."""

    __slots__ = ("_text", "_value")

    def __init__(self, text: str) -> None:
        """Keep the text; it has to be that of an object."""
        self._text = text
        self._value: Mapping[str, Any] | None = None

    def __getitem__(self, name: str) -> Any:
        """What stands under a name."""
        return self._read()[name]

    def __iter__(self) -> Iterator[str]:
        """The names."""
        return iter(self._read())

    def __len__(self) -> int:
        """How many names there are."""
        return len(self._read())

    def _read(self) -> Mapping[str, Any]:
        if self._value is None:
            self._value = json_out(self._text)
        return self._value


def canonical(value: Any) -> bytes:
    """Canonical JSON (RFC 8785); integers that doubles cannot hold become text.

    Raises:
        TypeError: a float, or something that is no JSON.
        UnusableInputError: text that is no Unicode text (a lone surrogate).
    """
    import rfc8785  # noqa: PLC0415 – writes and verifications only

    return bytes(rfc8785.dumps(_plain(value)))


def _plain(value: Any) -> Any:
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, int):
        return str(value) if abs(value) > _EXACT else int(value)
    if isinstance(value, (list, tuple)):
        return [_plain(inner) for inner in value]
    if hasattr(value, "items"):
        return {_name(key): _plain(inner) for key, inner in value.items()}
    raise TypeError(f"{type(value).__name__} cannot be kept as JSON")


def _name(key: Any) -> str:
    if not isinstance(key, str):
        raise TypeError("names in JSON are text")
    return _text(key)


def _text(value: str) -> str:
    if not value.isascii():
        check_text(value)
    return str(value)


def check_text(value: str) -> None:
    """Text that can be written as UTF-8.

    Raises:
        UnusableInputError: it holds half of a character (a lone surrogate).
    """
    try:
        value.encode("utf-8")
    except UnicodeEncodeError as error:
        raise UnusableInputError(
            "文字中含有无法保存的残缺字符，没有保存。请删除该字符后重新输入。",
            "The text holds a broken character that cannot be kept; nothing was saved. Delete it"
            " and type it again.",
        ) from error
