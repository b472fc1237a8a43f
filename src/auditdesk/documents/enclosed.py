"""Reading the files inside a PDF, which may be hostile."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from pyhanko.pdf_utils.generic import DictionaryObject

if TYPE_CHECKING:
    from collections.abc import Container, Iterator

    from pyhanko.pdf_utils.reader import PdfFileReader

MOST_FILES = 32


def enclosed_files(reader: PdfFileReader, wanted: Container[str]) -> dict[str, bytes]:
    """The enclosed files of these names, the first of each name; others are left out."""
    found: dict[str, bytes] = {}
    for name, content in _files(reader):
        if name in wanted:
            found.setdefault(name, content)
    return found


def as_object(content: bytes | None) -> dict[str, Any] | None:
    """The JSON object that a file holds; None where it holds none."""
    value = None if content is None else _json(content)
    return value if isinstance(value, dict) else None


def _files(reader: PdfFileReader) -> Iterator[tuple[str, bytes]]:
    """The files of the catalog's list of associated files (ISO 19005-3, 6.8)."""
    for entry in list(reader.root.get("/AF", ()))[:MOST_FILES]:
        spec = entry.get_object()
        if isinstance(spec, DictionaryObject) and "/EF" in spec:
            yield str(spec.get("/UF", "")), spec["/EF"]["/F"].data


def _json(content: bytes) -> Any:
    try:
        return json.loads(content)
    except (ValueError, RecursionError):
        return None
