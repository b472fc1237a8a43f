"""The zip file that a workbook is: looked through before anything in it is unpacked."""

from __future__ import annotations

import re
import zlib
from contextlib import contextmanager
from typing import TYPE_CHECKING
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile

from auditdesk.util.faults import UnusableInputError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from zipfile import ZipInfo

MOST_BYTES = 32 * 2**20  # of the file; a register of 10,000 rows has about one
MOST_UNPACKED = 256 * 2**20
MOST_PARTS = 1_000
GREATEST_RATIO = 200  # what deflate makes of spreadsheets' markup is 10 to 50
_RATIO_MATTERS = 2**20
_CHUNK = 2**16
_ENCRYPTED = 0x1
_OLD_FORM = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LOCKED_PART = "EncryptedPackage".encode("utf-16-le")
_ZIP = b"PK\x03\x04"
_SAFE_NAME = re.compile(r"[^\x00-\x1f\\:]+")

# Parts of workbooks that do more than hold a table: a piece of their names, and what they are.
_UNWANTED = (
    ("vbaproject", "宏", "macros"),
    ("xl/macrosheets/", "宏", "macros"),
    ("xl/dialogsheets/", "宏", "macros"),
    ("xl/externallinks/", "到其他文件的链接", "links to other files"),
    ("xl/connections.xml", "外部数据连接", "connections to outside data"),
    ("xl/querytables/", "外部数据连接", "connections to outside data"),
    ("xl/embeddings/", "嵌入的文件", "embedded files"),
    ("xl/activex/", "控件", "controls"),
    ("xl/ctrlprops/", "控件", "controls"),
    ("customui/", "自定义功能区", "a ribbon of its own"),
    ("xl/webextensions/", "加载项", "add-ins"),
)


class Package:
    """An open workbook whose directory has been looked through."""

    def __init__(self, archive: ZipFile) -> None:
        """Take over an archive that `open_package` has found harmless."""
        self._archive = archive
        self._names = {info.filename.casefold(): info for info in archive.infolist()}

    def __contains__(self, name: str) -> bool:
        return name.casefold() in self._names

    def size(self, name: str) -> int:
        """How many bytes a part has once unpacked."""
        return self._names[name.casefold()].file_size

    def chunks(self, name: str) -> Iterator[bytes]:
        """The bytes of a part, piece by piece.

        Raises:
            UnusableInputError: there is no such part, or it is damaged.
        """
        info = self._names.get(name.casefold())
        if info is None:
            raise damaged(f"缺少 {name}", f"{name} is missing")
        try:
            with self._archive.open(info) as part:
                while chunk := part.read(_CHUNK):
                    yield chunk
        except (BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
            raise damaged(f"{name} 解不开", f"{name} cannot be unpacked") from error


@contextmanager
def open_package(path: Path) -> Iterator[Package]:
    """Open a workbook after a look at its size, its first bytes and its directory.

    Raises:
        UnusableInputError: it is no workbook, or one that is not taken in.
        OSError: it cannot be read.
    """
    _look_at_file(path)
    try:
        archive = ZipFile(path)
    except (BadZipFile, NotImplementedError, ValueError) as error:
        raise damaged("压缩目录读不出来", "its directory cannot be read") from error
    with archive:
        _look_through(path, archive.infolist())
        yield Package(archive)


def damaged(zh: str, en: str) -> UnusableInputError:
    """The sentence for a workbook that is broken, or was made to look like one."""
    return UnusableInputError(
        f"工作簿已损坏或不是 Excel 文件（{zh}）。请用 Excel 或 WPS 打开后另存为 .xlsx 再导入。",
        f"The workbook is damaged or no Excel file ({en}). Open it in a spreadsheet program and "
        "save it anew as .xlsx.",
    )


def _look_at_file(path: Path) -> None:
    size = path.stat().st_size
    if size > MOST_BYTES:
        most = MOST_BYTES // 2**20
        raise UnusableInputError(
            f"文件太大：{size / 2**20:.0f} MB，最多 {most} MB。请只留下要导入的工作表。",
            f"The file is too large: {size / 2**20:.0f} MB, {most} MB at most. Keep only the "
            "sheet to be imported.",
        )
    with path.open("rb") as file:
        head = file.read(len(_OLD_FORM))
        if head == _OLD_FORM:
            raise _old_form(locked=_LOCKED_PART in file.read())
    if not head:
        raise UnusableInputError("文件是空的。", "The file is empty.")
    if not head.startswith(_ZIP):
        raise UnusableInputError(
            "这不是 .xlsx 工作簿（可能是改了扩展名的文本、网页或图片）。"
            "请用 Excel 或 WPS 打开后另存为 .xlsx 再导入。",
            "This is no .xlsx workbook (perhaps text, a web page or a picture under another "
            "name). Open it in a spreadsheet program and save it as .xlsx.",
        )


def _old_form(*, locked: bool) -> UnusableInputError:
    if locked:
        return UnusableInputError(
            "工作簿加了打开密码。请在 Excel 或 WPS 中取消密码后再导入。",
            "The workbook is locked by a password. Take the password off before importing it.",
        )
    return UnusableInputError(
        "这是旧格式（.xls）的工作簿。请在 Excel 或 WPS 中另存为 .xlsx 再导入。",
        "This workbook has the old form (.xls). Save it as .xlsx before importing it.",
    )


def _look_through(path: Path, infos: list[ZipInfo]) -> None:
    names = [info.filename.casefold() for info in infos]
    if len(infos) > MOST_PARTS:
        raise _bomb(f"内含 {len(infos)} 个部件", f"it has {len(infos)} parts")
    if len(set(names)) != len(names):
        raise damaged("部件重名", "two of its parts have one name")
    for info in infos:
        _look_at_part(info)
    if sum(info.compress_size for info in infos) > path.stat().st_size:
        raise _bomb("部件互相重叠", "its parts overlap")
    unpacked = sum(info.file_size for info in infos)
    if unpacked > MOST_UNPACKED:
        raise _bomb(f"解开后有 {unpacked / 2**20:,.0f} MB", f"unpacked {unpacked / 2**20:,.0f} MB")
    _refuse_unwanted(names)


def _look_at_part(info: ZipInfo) -> None:
    name = info.filename
    if not _SAFE_NAME.fullmatch(name) or name.startswith("/") or ".." in name.split("/"):
        raise damaged("部件名不合规", "a part has a name that is not allowed")
    if info.flag_bits & _ENCRYPTED:
        raise _old_form(locked=True)
    if info.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
        raise damaged("压缩方法不合规", "a part is packed in a way that is not allowed")
    is_large = info.file_size > _RATIO_MATTERS
    if is_large and info.file_size > GREATEST_RATIO * max(info.compress_size, 1):
        raise _bomb(
            f"{name} 压缩比为 {info.file_size // max(info.compress_size, 1)}",
            f"{name} is packed {info.file_size // max(info.compress_size, 1)} to 1",
        )


def _refuse_unwanted(names: list[str]) -> None:
    for piece, zh, en in _UNWANTED:
        if any(piece in name for name in names):
            raise UnusableInputError(
                f"工作簿里有{zh}，不予导入。请把台账单独复制（粘贴为数值）到新的 .xlsx 工作簿。",
                f"The workbook has {en} and is not taken in. Copy the table alone, as values, "
                "into a new .xlsx workbook.",
            )
    if any(name.endswith("workbook.bin") for name in names):
        raise UnusableInputError(
            "这是二进制格式（.xlsb）的工作簿。请另存为 .xlsx 再导入。",
            "This workbook has the binary form (.xlsb). Save it as .xlsx before importing it.",
        )


def _bomb(zh: str, en: str) -> UnusableInputError:
    return UnusableInputError(
        f"工作簿的内容大得不合常理（{zh}），不予打开。请只留下要导入的工作表，另存为 .xlsx。",
        f"The workbook's content is beyond all reason ({en}) and is not opened. Keep only the "
        "sheet to be imported and save it as .xlsx.",
    )
