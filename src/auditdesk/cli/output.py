"""What commands print: JSON for programs, aligned columns for people."""

from __future__ import annotations

import json
import unicodedata
from typing import TYPE_CHECKING, Any

import click

from auditdesk.util.atomic import disk_fault, write_atomic
from auditdesk.util.faults import UnusableInputError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

_PDF = b"%PDF-"


def print_json(content: Any) -> None:
    """One JSON value on one line."""
    click.echo(json.dumps(content, ensure_ascii=False))


def print_rows(rows: Iterable[Sequence[str]]) -> None:
    """Rows in aligned columns."""
    for line in aligned(rows):
        click.echo(line)


def aligned(rows: Iterable[Sequence[str]]) -> list[str]:
    """Rows as lines with aligned columns; a Chinese character takes two places."""
    lines = [[str(cell) for cell in row] for row in rows]
    if not lines:
        return []
    widths = [max(_width(row[i]) for row in lines) for i in range(len(lines[0]))]
    padded = (
        (c + " " * (w - _width(c)) for c, w in zip(row, widths, strict=True)) for row in lines
    )
    return ["  ".join(cells).rstrip() for cells in padded]


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def check_target(path: Path) -> None:
    """Refuse a target before any work: its folder is missing, or it would replace no PDF.

    Raises:
        UnusableInputError: says which.
    """
    if not path.parent.is_dir():
        raise UnusableInputError(
            f"没有文件夹 {path.parent}，请先建立。",
            f"There is no folder {path.parent}; make it first.",
        )
    if path.is_dir() or (path.exists() and not _is_pdf(path)):
        raise UnusableInputError(
            f"{path} 已存在且不是 PDF，没有覆盖；请换一个文件名。",
            f"{path} exists and is no PDF; it was not replaced. Choose another name.",
        )


def _is_pdf(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(len(_PDF)) == _PDF


def write_file(path: Path, content: bytes) -> None:
    """Write a whole file or leave what was there.

    Raises:
        OfficeFaultError: the disk is full or cannot be written.
    """
    try:
        write_atomic(path, content)
    except OSError as error:
        raise disk_fault(error, path) from error
