"""The regulations that an office added, in its backups: without them new cases get another law.

```
regulations/NAME.toml           a regulation of the office
regulations/tables/NAME.csv     a code table of one
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

REGULATIONS = "regulations"
_TABLES = "tables"


def copy_regulations(office: Path, backup: Path) -> tuple[str, ...]:
    """Copy an office's own regulations and tables, onto the disk.

    Returns:
        The copies' names below the backup's folder, as `regulations/tables/uses.csv`.

    Raises:
        OfficeFaultError: one of them cannot be read.
        OSError: one cannot be written.
    """
    names = regulations_in(office)
    for name in names:
        _copy(office / name, backup / name)
    for folder in sorted({(backup / name).parent for name in names}):
        fsync_folder(folder.parent)
    return names


def regulations_in(folder: Path) -> tuple[str, ...]:
    """The names of the regulations and tables in an office's folder, or in a backup's."""
    return tuple(path.relative_to(folder).as_posix() for path in _files(folder / REGULATIONS))


def is_regulation(name: str) -> bool:
    """Whether a manifest's name is that of such a file, and leads nowhere else."""
    parts = PurePosixPath(name).parts
    places = ((REGULATIONS,), (REGULATIONS, _TABLES))
    return parts[:-1] in places and not parts[-1].startswith(".") and "\\" not in name


def _files(folder: Path) -> Iterator[Path]:
    for place in (folder, folder / _TABLES):
        if place.is_dir():
            yield from sorted(p for p in place.iterdir() if p.name[0] != "." and p.is_file())


def _copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        content = source.read_bytes()
    except OSError as error:
        raise faults.file_unreadable(source, error) from error
    write_atomic(target, content)
