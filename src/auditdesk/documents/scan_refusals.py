"""Why a file is not taken in as a scan: one sentence each, and what to do about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from auditdesk.util.faults import UnusableInputError
from auditdesk.util.label import Label

if TYPE_CHECKING:
    from collections.abc import Mapping

PROGRAM = Label("可执行程序", "a program")
ARCHIVE = Label(
    "压缩包，或 Word、Excel、WPS、OFD 文档", "an archive, or a Word, Excel, WPS or OFD document"
)
OLD_OFFICE = Label("旧版 Word 或 Excel 文档", "an old Word or Excel document")
WEB_PAGE = Label("网页或脚本", "a web page or a script")
MOVING = Label("动图、网络图片或手机专用格式的图片", "a picture of the web or of a telephone only")

# How files begin that people take for scans; what begins otherwise is named by no kind.
BEGINNINGS: Mapping[bytes, Label] = {
    b"MZ": PROGRAM,
    b"\x7fELF": PROGRAM,
    b"\xcf\xfa\xed\xfe": PROGRAM,
    b"\xca\xfe\xba\xbe": PROGRAM,
    b"#!": PROGRAM,
    b"PK": ARCHIVE,
    b"Rar!": ARCHIVE,
    b"7z\xbc\xaf": ARCHIVE,
    b"\x1f\x8b": ARCHIVE,
    b"\xd0\xcf\x11\xe0": OLD_OFFICE,
    b"{\\rtf": OLD_OFFICE,
    b"<": WEB_PAGE,
    b"GIF8": MOVING,
    b"RIFF": MOVING,
    b"BM": MOVING,
}

SCRIPT = Label("脚本", "a script")
LAUNCH = Label("启动程序、打开别处文件或发送数据的动作", "an action that starts or sends something")
ENCLOSED = Label("内嵌的文件", "enclosed files")
FORM = Label("动态表单（XFA）", "a dynamic form (XFA)")
MEDIA = Label("声音、影像或三维内容", "sound, film or 3D content")


def empty() -> UnusableInputError:
    """Zero bytes."""
    return UnusableInputError(
        "文件是空的（0 字节）。请重新扫描。", "The file is empty (0 bytes). Scan it again."
    )


def no_scan(kind: Label | None) -> UnusableInputError:
    """Something else than a scan, whatever its name says."""
    if kind is None:
        return UnusableInputError(
            "不是扫描件。可用 PDF、JPEG、PNG、TIFF，请重新扫描或另存为其中一种。",
            "It is no scan. Scan it again or save it as PDF, JPEG, PNG or TIFF.",
        )
    return UnusableInputError(
        f"不是扫描件，而是{kind.zh}。请打印后扫描，或另存为 PDF、JPEG、PNG、TIFF。",
        f"It is no scan but {kind.en}. Print and scan it, or save it as PDF, JPEG, PNG or TIFF.",
    )


def truncated() -> UnusableInputError:
    """The end is missing."""
    return UnusableInputError(
        "文件不完整，末尾缺失或多出了别的内容。请等它复制、扫描完再试，或重新扫描。",
        "The file is not whole: its end is missing, or something was added to it. Wait until it is"
        " copied or scanned to the end, or scan it again.",
    )


def damaged() -> UnusableInputError:
    """Its parts do not fit."""
    return UnusableInputError(
        "文件已损坏，打不开。请重新扫描，或用原来的程序另存一份。",
        "The file is damaged and cannot be opened. Scan it again, or save it anew.",
    )


def encrypted() -> UnusableInputError:
    """A PDF with a password, or with an owner's restrictions."""
    return UnusableInputError(
        "PDF 已加密或限制了权限。请用原来的程序去掉密码和限制，另存后再添加。",
        "The PDF is encrypted or restricted. Take the password and the restrictions off where it "
        "was made, save it and try again.",
    )


def active(what: Label) -> UnusableInputError:
    """A PDF that does more than show pages."""
    return UnusableInputError(
        f"PDF 里有{what.zh}，不能收。请打印后扫描，或用“打印成 PDF”另存一份只有页面的。",
        f"The PDF holds {what.en}; it is not taken in. Print and scan it, or print it to a PDF "
        "that holds pages only.",
    )


def too_many_pages(most: int) -> UnusableInputError:
    """More pages than anybody reads."""
    return UnusableInputError(
        f"页数超过 {most} 页。请分成几个文件。",
        f"It has more than {most} pages. Split it into several files.",
    )


def no_pages() -> UnusableInputError:
    """A PDF that shows nothing."""
    return UnusableInputError(
        "PDF 里没有一页。请重新扫描。", "The PDF has no page at all. Scan it again."
    )


def too_fine(width: int, height: int) -> UnusableInputError:
    """A picture that no computer of an office could show."""
    return UnusableInputError(
        f"图片太大（{width} × {height} 点）。请降低扫描分辨率，A4 用 300 dpi 即可。",
        f"The picture is too large ({width} × {height} dots). Scan it at a lower resolution; "
        "300 dpi do for A4.",
    )


def animated() -> UnusableInputError:
    """A picture that moves."""
    return UnusableInputError(
        "是动图，不是扫描件。请重新扫描，或另存为静止的图片。",
        "The picture moves; it is no scan. Scan it again, or save it as a still picture.",
    )


def two_in_one() -> UnusableInputError:
    """A file that other programs would take for another kind."""
    return UnusableInputError(
        "文件里还藏着另一种文件，不能收。请重新扫描，或在看图程序里另存一份。",
        "Another kind of file is hidden in it; it is not taken in. Scan it again, or save it anew "
        "from a program that shows it.",
    )


def changed() -> UnusableInputError:
    """It was written to while it was read."""
    return UnusableInputError(
        "文件在读取时又变了，可能还在扫描或复制。请等它写完再试。",
        "The file changed while it was read; it may still be being written. Wait and try again.",
    )


def beyond_limits() -> UnusableInputError:
    """It takes more memory or time than any honest scan."""
    return UnusableInputError(
        "检查文件时占用的内存或时间超出常理，已停止。请重新扫描，或另存一份再试。",
        "Checking the file took more memory or time than any honest scan; it was stopped. Scan it "
        "again, or save it anew.",
    )


def no_plain_file() -> UnusableInputError:
    """A folder, a link, a device, a pipe."""
    return UnusableInputError(
        "不是普通文件（而是文件夹、快捷方式、链接或设备）。请选择扫描件文件本身。",
        "It is no plain file but a folder, a link or a device. Choose the file of the scan itself.",
    )
