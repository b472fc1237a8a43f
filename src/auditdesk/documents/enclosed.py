"""Reading the files inside a PDF, which may be hostile."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from pyhanko.pdf_utils.generic import DictionaryObject

if TYPE_CHECKING:
    from collections.abc import Container, Iterator

    from pyhanko.pdf_utils.reader import PdfFileReader

MOST_FILES = 32


def enclosed_json(reader: PdfFileReader, wanted: Container[str]) -> dict[str, dict[str, Any]]:
    """The JSON objects among the enclosed files of these names; others are left out."""
    found: dict[str, dict[str, Any]] = {}
    for name, content in _files(reader):
        if name in wanted and name not in found and isinstance(value := _json(content), dict):
            found[name] = value
    return found


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
