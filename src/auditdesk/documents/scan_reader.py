"""The process that looks at a scan: what it is by its content, and whether it is whole."""

from __future__ import annotations

import hashlib
import io
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO
from zipfile import BadZipFile, ZipFile

from auditdesk.documents import scan_pdf, scan_pictures, scan_png, scan_refusals
from auditdesk.documents.scans import SECONDS, STDIN, open_plainly
from auditdesk.util import confined

if TYPE_CHECKING:
    from collections.abc import Callable

_HEAD = 1024
_CHUNK = 2**20
_PDF = b"%PDF-"
_READERS: tuple[tuple[bytes, str, Callable[[BinaryIO], int]], ...] = (
    (_PDF, "application/pdf", scan_pdf.pages),
    (b"\xff\xd8\xff", "image/jpeg", scan_pictures.jpeg),
    (b"\x89PNG\r\n\x1a\n", "image/png", scan_png.pages),
    (b"II*\x00", "image/tiff", scan_pictures.tiff),
    (b"MM\x00*", "image/tiff", scan_pictures.tiff),
)
# What makes readers of other kinds take a file for theirs, wherever in its head it stands.
_STRANGE = (b"<script", b"<html", b"<?php", b"<!doctype")


def main(arguments: list[str]) -> int:
    """Look at the scan that the arguments name, and say on standard output what it is."""
    memory, source = arguments
    return confined.answer(int(memory), SECONDS, lambda: _tell(source))


def _tell(source: str) -> None:
    with _opened(source) as file:
        before = _stamp(file)
        digest, size = _digest(file)
        media_type, pages = _look(file, size)
        if before != _stamp(file):
            raise scan_refusals.changed()
    confined.say({"media_type": media_type, "pages": pages, "digest": digest, "size": size})


def _opened(source: str) -> BinaryIO:
    return io.BytesIO(sys.stdin.buffer.read()) if source == STDIN else open_plainly(Path(source))


def _stamp(file: BinaryIO) -> tuple[int, int]:
    """What changes when somebody writes to the file; contents handed over do not change."""
    if isinstance(file, io.BytesIO):
        return 0, 0
    facts = os.fstat(file.fileno())
    return facts.st_size, facts.st_mtime_ns


def _digest(file: BinaryIO) -> tuple[str, int]:
    digest, size = hashlib.sha256(), 0
    total = file.seek(0, os.SEEK_END)
    file.seek(0)
    while chunk := file.read(_CHUNK):
        digest.update(chunk)
        size += len(chunk)
        confined.say({"step": [min(size, total), max(total, size)]})
    return digest.hexdigest(), size


def _look(file: BinaryIO, size: int) -> tuple[str, int]:
    if not size:
        raise scan_refusals.empty()
    head = _at_start(file).read(_HEAD)
    for beginning, media_type, pages in _READERS:
        if head.startswith(beginning):
            _refuse_two_in_one(file, head, is_pdf=beginning == _PDF)
            return media_type, pages(_at_start(file))
    text = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    kinds = (kind for start, kind in scan_refusals.BEGINNINGS.items() if text.startswith(start))
    raise scan_refusals.no_scan(next(kinds, None))


def _at_start(file: BinaryIO) -> BinaryIO:
    file.seek(0)
    return file


def _refuse_two_in_one(file: BinaryIO, head: bytes, *, is_pdf: bool) -> None:
    """Files that other programs read as something else: as an archive, a PDF, a web page."""
    lower = head.lower()
    if any(mark in lower for mark in _STRANGE) or (not is_pdf and _PDF in head):
        raise scan_refusals.two_in_one()
    try:
        ZipFile(_at_start(file)).close()
    except (BadZipFile, NotImplementedError, ValueError, OSError, EOFError):
        return  # no archive, not even a broken one that somebody could unpack
    raise scan_refusals.two_in_one()
