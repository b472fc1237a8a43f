"""Backups: a copy of the database, the keys and the office's own files, and every scan once.

```
TARGET/contents/ab/…                 the encrypted scans and documents, shared by all backups
TARGET/2026-03-02T09-30-00/          one backup:
    office.db  keys.json  office.json  manifest.json
    regulations/…  templates/…       the office's own, where it has any
```
A backup is written under a name that is no backup's, verified, and only then given its own.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from auditdesk.store import faults
from auditdesk.store.attachments import ATTACHMENTS, ContentFiles
from auditdesk.store.faults import database_faults
from auditdesk.store.journal import JournalReader
from auditdesk.store.keys import KEYS_FILE
from auditdesk.store.opening import CARD_FILE, load_keys, read_card
from auditdesk.store.own_files import copy_own_files, is_own_file, own_files_in
from auditdesk.store.session import DATABASE_FILE, Session
from auditdesk.util.atomic import (
    TEMPORARY,
    disk_fault,
    fsync_folder,
    put_in_place,
    temporary_file,
    write_atomic,
)
from auditdesk.util.faults import FallsShortError, OfficeFaultError, UnusableInputError

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from auditdesk.store.crypto import OfficeKey
    from auditdesk.store.office import Office
    from auditdesk.store.records import Checkpoint
    from auditdesk.util.progress import Progress

CONTENTS = "contents"
MANIFEST_FILE = "manifest.json"
_FORMAT = "auditdesk.backup/1"
_PARTS = (DATABASE_FILE, KEYS_FILE, CARD_FILE)


@dataclass(frozen=True, slots=True)
class BackupFacts:
    """A backup that was verified from its first byte to its last.

    Attributes:
        folder: the backup's own.
        made_at: when it was made, as its manifest says.
        cases: number of cases in it.
        contents: number of scans and documents that it needs, all of them there and sound.
        regulations: number of the office's own regulations, tables and templates in it.
        copied: how many of them were new in the target when it was made (0 on verifying).
        checkpoint: the journal's end in it.
    """

    folder: Path
    made_at: str
    cases: int
    contents: int
    regulations: int
    copied: int
    checkpoint: Checkpoint


def create_backup(
    office: Office, target: Path, *, now: datetime, progress: Progress
) -> BackupFacts:
    """Back an office up into a folder of backups, and verify what was written.

    Then contents that nothing has mentioned for a day go to the office's trash folder.

    Args:
        office: open; it may be read-only.
        target: an existing folder of this office's backups, best on another disk.
        now: names the backup.
        progress: told in files; a cancel leaves no backup, only scans that the next one uses.

    Raises:
        UnusableInputError: the target is no folder, or has a backup of this second.
        OfficeFaultError: a disk is full or failed, or a scan of the office is damaged.
        CancelledError: the user cancelled.
    """
    final = target / now.strftime("%Y-%m-%dT%H-%M-%S")
    if not target.is_dir() or final.exists():
        raise UnusableInputError(
            f"不能备份到 {final}：目标文件夹不存在，或同名备份已存在。请选择已有的文件夹后重试。",
            f"{final} cannot be made: its folder is missing, or that backup exists already."
            " Choose an existing folder and try again.",
        )
    unfinished = target / f"{TEMPORARY}{final.name}"
    try:
        unfinished.mkdir()
        copied = _write(office, unfinished, now, progress)
        facts = verify_backup(unfinished, office.key, progress, contents=target / CONTENTS)
        unfinished.rename(final)
        fsync_folder(target)
    except OSError as error:
        raise disk_fault(error, final) from error
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)
    if not office.read_only:
        with suppress(OfficeFaultError):  # the backup is made; what was not swept waits
            office.sweep(now)
    return replace(facts, folder=final, copied=copied)


def verify_backup(
    folder: Path, key: OfficeKey, progress: Progress, *, contents: Path | None = None
) -> BackupFacts:
    """Check a backup whole: every file's digest, every page, the journal, every scan.

    A regulation or a template that the manifest does not name counts as a fault, too: cases would
    be judged, or papers worded, by it where the backup is restored.

    Args:
        folder: the backup's own.
        key: `Office.key`, or what `backup_key` found by a password.
        progress: told in files.
        contents: where its scans lie; None for `contents` beside the backup.

    Raises:
        UnusableInputError: the folder is no backup.
        FallsShortError: it is a backup, but not whole, and says what is wrong.
        CancelledError: the user cancelled.
    """
    manifest = _manifest(folder)
    _check_parts(folder, manifest)
    try:
        session = Session(folder, key, read_only=True)
    except OfficeFaultError as error:
        raise _falls_short(error.message.zh, error.message.en) from error
    try:
        return _verify(session, manifest, contents or folder.parent / CONTENTS, progress)
    finally:
        session.close()


def backup_key(folder: Path, user_name: str, password: str) -> OfficeKey:
    """The key of a backup, by a password that was valid when it was made.

    Raises:
        RefusedError: wrong name or password.
        OfficeFaultError: no backup, or its key slots are damaged.
    """
    ((_, secrets), *_) = load_keys(folder, read_card(folder)).unlock(user_name, password)
    return secrets.office_key


def _write(office: Office, folder: Path, now: datetime, progress: Progress) -> int:
    office.copy_database(folder / DATABASE_FILE)
    for name in (KEYS_FILE, CARD_FILE):
        write_atomic(folder / name, (office.folder / name).read_bytes())
    regulations = copy_own_files(office.folder, folder)
    # What the copy mentions is on the disk already: contents come before transactions.
    copied = _copy_contents(office, folder, progress)
    manifest = {
        "format": _FORMAT,
        "office": office.profile.id,
        "made_at": now.isoformat(),
        "files": {name: _file_digest(folder / name) for name in (*_PARTS, *regulations)},
    }
    write_atomic(folder / MANIFEST_FILE, json.dumps(manifest, indent=1).encode())
    return copied


def _copy_contents(office: Office, folder: Path, progress: Progress) -> int:
    target = folder.parent / CONTENTS
    target.mkdir(exist_ok=True)
    source = ContentFiles(office.folder / ATTACHMENTS, office.key)
    there = ContentFiles(target, office.key)
    session = Session(folder, office.key, read_only=True)
    try:
        digests = session.digests()
    finally:
        session.close()
    missing = [digest for digest in digests if not there.path(digest).exists()]
    for done, digest in enumerate(missing, start=1):
        _copy_content(source.path(digest), there.path(digest))
        progress.step(done, len(missing))
    fsync_folder(target)
    return len(missing)


def _copy_content(source: Path, target: Path) -> None:
    target.parent.mkdir(exist_ok=True)
    try:
        reader = source.open("rb")
    except FileNotFoundError:
        raise faults.file_missing(source) from None
    with reader, temporary_file(target.parent) as (temporary, file):
        shutil.copyfileobj(reader, file, 1 << 20)
        put_in_place(temporary, file, target)


def _manifest(folder: Path) -> dict[str, Any]:
    try:
        manifest = json.loads((folder / MANIFEST_FILE).read_bytes())
        files, made_at = manifest["files"], manifest["made_at"]
        regulations = files.keys() - set(_PARTS)
        whole = files.keys() >= set(_PARTS) and all(map(is_own_file, regulations))
        if manifest["format"] == _FORMAT and whole and made_at:
            return dict(manifest)
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        pass
    raise UnusableInputError(
        f"{folder} 不是本程序的备份（缺少 {MANIFEST_FILE} 或其内容无法辨认）。请选择备份文件夹。",
        f"{folder} is no backup of this program (no readable {MANIFEST_FILE}). Choose the folder"
        " of a backup.",
    )


def _check_parts(folder: Path, manifest: dict[str, Any]) -> None:
    for name, digest in manifest["files"].items():
        try:
            sound = _file_digest(folder / name) == digest
        except OSError:
            sound = False
        if not sound:
            raise _falls_short(f"文件 {name} 缺失或已改变", f"{name} is missing or has changed")
    for name in own_files_in(folder):
        if name not in manifest["files"]:
            raise _falls_short(
                f"文件 {name} 是备份之后放进去的", f"{name} was put into it after it was made"
            )


def _verify(
    session: Session, manifest: dict[str, Any], contents: Path, progress: Progress
) -> BackupFacts:
    with database_faults():
        damage = session.rows("PRAGMA cipher_integrity_check")
        if damage or session.value("PRAGMA integrity_check") != "ok":
            raise _falls_short("数据库已损坏", "the database is damaged")
    office_id = session.value("SELECT id FROM office")
    verdict = JournalReader(session, office_id).verify(progress)
    if not verdict.ok or verdict.last is None or office_id != manifest["office"]:
        raise _falls_short("日志不完整或不属于该办公单元", "the journal does not hold")
    digests = session.digests()
    files = ContentFiles(contents, session.key)
    for done, digest in enumerate(digests, start=1):
        if not files.is_sound(digest):
            name = files.path(digest).name
            raise _falls_short(
                f"附件 {name} 缺失或已损坏", f"the scan {name} is missing or damaged"
            )
        progress.step(done, len(digests))
    cases = session.value("SELECT count(*) FROM case_")
    regulations = len(manifest["files"]) - len(_PARTS)
    return BackupFacts(
        session.folder, manifest["made_at"], cases, len(digests), regulations, 0, verdict.last
    )


def _falls_short(zh: str, en: str) -> FallsShortError:
    return FallsShortError(
        f"备份不完整：{zh}。请不要用它恢复，重新备份一次。",
        f"The backup is not whole: {en}. Do not restore it; make a new one.",
    )


def _file_digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
