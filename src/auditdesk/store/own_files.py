"""What an office added, in its backups: without its regulations new cases get another law.

```
regulations/NAME.toml           a regulation of the office
regulations/tables/NAME.csv     a code table of one
templates/CASE_TYPE/NAME.toml   the words of a paper
```
They are copied as they lie there, also what cannot be used: somebody put it there.
"""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from auditdesk.store import faults
from auditdesk.util.atomic import fsync_folder, write_atomic

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_REGULATIONS, _TABLES, _TEMPLATES = "regulations", "tables", "templates"


def copy_own_files(office: Path, backup: Path) -> tuple[str, ...]:
    """Copy an office's own regulations, tables and templates, onto the disk.

    Returns:
        The copies' names below the backup's folder, as `regulations/tables/uses.csv`.

    Raises:
        OfficeFaultError: one of them cannot be read.
        OSError: one cannot be written.
    """
    names = own_files_in(office)
    for name in names:
        _copy(office / name, backup / name)
    for folder in sorted({(backup / name).parent for name in names}):
        fsync_folder(folder.parent)
    return names


def own_files_in(folder: Path) -> tuple[str, ...]:
    """The names of the office's own files in its folder, or in a backup's."""
    found = (path for place in _places(folder) for path in _files(place))
    return tuple(path.relative_to(folder).as_posix() for path in found)


def is_own_file(name: str) -> bool:
    """Whether a manifest's name is that of such a file, and leads nowhere else."""
    parts = PurePosixPath(name).parts
    if any(part.startswith(".") for part in parts) or "\\" in name:
        return False
    match parts:
        case (folder, _) if folder in (_REGULATIONS, _TEMPLATES):
            return True
        case (folder, inner, _) if folder == _TEMPLATES or (folder, inner) == (
            _REGULATIONS,
            _TABLES,
        ):
            return True
    return False


def _places(folder: Path) -> Iterator[Path]:
    """The folders in which an office's own files may lie."""
    yield folder / _REGULATIONS
    yield folder / _REGULATIONS / _TABLES
    templates = folder / _TEMPLATES
    yield templates
    if templates.is_dir():
        yield from sorted(p for p in templates.iterdir() if p.is_dir() and p.name[0] != ".")


def _files(place: Path) -> Iterator[Path]:
    if place.is_dir():
        yield from sorted(p for p in place.iterdir() if p.name[0] != "." and p.is_file())


def _copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        content = source.read_bytes()
    except OSError as error:
        raise faults.file_unreadable(source, error) from error
    write_atomic(target, content)
