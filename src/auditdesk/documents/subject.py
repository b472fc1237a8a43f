"""Names in certificates, which have to do with the characters of Unicode 3.2.

The comparison of names in certificates (RFC 4518, after RFC 3454) knows no character that was
assigned later, and libraries refuse a certificate that has one – 王𬭎 could not sign. Such a
character stands in the certificate by its code, 王(U+2CB4E), and is read back from there.
"""

from __future__ import annotations

import re
import stringprep

_CODE = re.compile(r"\(U\+([0-9A-F]{4,6})\)")
_REFUSED = (
    stringprep.in_table_a1,  # unassigned in Unicode 3.2
    stringprep.in_table_c3,  # private use
    stringprep.in_table_c4,  # non-characters
    stringprep.in_table_c8,  # direction marks and deprecated controls
)


def to_subject(name: str) -> str:
    """A name as it stands in a certificate."""
    return "".join(f"(U+{ord(c):04X})" if any(t(c) for t in _REFUSED) else c for c in name)


def from_subject(name: str) -> str:
    """The name that a certificate stands for."""
    return _CODE.sub(_character, name)


def _character(code: re.Match[str]) -> str:
    point = int(code[1], 16)
    return chr(point) if point <= 0x10FFFF else code[0]  # noqa: PLR2004 – the last code point
