"""The short code on a paper's last page, by which paper and file are held against each other.

It says the document's number, the office, and the 核验码: the first half of the SHA-256 of
`case.json` and `check.json` as they lie in the file, one after the other. Anybody can work that
out without this program: `cat case.json check.json | sha256sum`.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from reportlab.graphics.barcode.qrencoder import QR8bitByte, QRCode, QRErrorCorrectLevel

from auditdesk.util.hashing import sha256_hex
from auditdesk.util.label import Label

FORMAT = "AD1"
DIGITS = 32  # hexadecimal; 128 bits are more than anybody can search for
LABEL = "核验码"
_TEXT = re.compile(rf"([^\n]*)\n([^\n]*)\n{FORMAT} ([0-9a-f]{{{DIGITS}}})")
_SCANNED = re.compile(rf"(.*){FORMAT}([0-9a-f]{{{DIGITS}}})", re.IGNORECASE)
_DIGEST = re.compile(rf"[0-9a-f]{{{DIGITS}}}")
_MARKS = re.compile(r"[-:.·_]")  # what people put between groups of digits
_PRINTED = re.compile(rf"{LABEL}((?:\s*[0-9a-f]{{4}}){{{DIGITS // 4}}})(?![0-9a-f])")


@dataclass(frozen=True, slots=True)
class PaperCode:
    """What the code says.

    Attributes:
        number: document number.
        office: the office's name.
        digest: 32 hexadecimal digits.
    """

    number: str
    office: str
    digest: str

    @property
    def text(self) -> str:
        """What a reader of the QR code shows: number, office, digest, a line each."""
        return f"{_line(self.number)}\n{_line(self.office)}\n{FORMAT} {self.digest}"

    @property
    def printed(self) -> str:
        """The digest as it is printed beside the QR code, in groups of four."""
        groups = (self.digest[i : i + 4] for i in range(0, DIGITS, 4))
        return f"{LABEL} {' '.join(groups)}"


def code_of(number: str, office: str, case: bytes, report: bytes) -> PaperCode:
    """The code of a paper, from the bytes of its `case.json` and `check.json`."""
    return PaperCode(number, office, sha256_hex(case + report)[:DIGITS])


def read_code(text: str) -> PaperCode | None:
    """What a reader showed, read back; None where it is no code of a paper."""
    found = _TEXT.fullmatch(text.strip().replace("\r\n", "\n"))
    return None if found is None else PaperCode(*found.groups())


@dataclass(frozen=True, slots=True)
class TypedCode:
    """What somebody copied from a paper: its QR code by a phone, or the printed 核验码.

    Attributes:
        digest: 32 hexadecimal digits.
        before: of the QR code number and office, without any blanks; empty: only the 核验码.
    """

    digest: str
    before: str = ""

    def problem(self, code: PaperCode) -> Label | None:
        """Why a paper with this code is not the one that has the other; None: it is."""
        if self.digest != code.digest:
            return Label(
                f"纸上的码（{self.digest[:8]}…）与文件的（{code.digest[:8]}…）不同："
                "这张纸不是由这个文件打印的，或其中一个被改过。",
                f"The paper's code ({self.digest[:8]}…) is not the file's ({code.digest[:8]}…): "
                "the paper was not printed from this file, or one of them was changed.",
            )
        if self.before and self.before != _dense(code.number) + _dense(code.office):
            return Label(
                f"纸上的码说的是另一份文书（{self.before}），文件是 {code.number}。",
                f"The paper's code is of another document ({self.before}); the file is "
                f"{code.number}.",
            )
        return None


def typed_code(text: str) -> TypedCode | None:
    """What was scanned or typed, with blanks, case, width and lost line ends forgiven.

    None: it holds no 核验码.
    """
    dense = _dense(text)
    found = _SCANNED.fullmatch(dense)
    if found is not None:
        return TypedCode(found[2].lower(), found[1])
    digits = _MARKS.sub("", dense.removeprefix(LABEL)).lower()
    return TypedCode(digits) if _DIGEST.fullmatch(digits) else None


def _dense(text: str) -> str:
    """Without any blanks, full-width characters as ordinary ones."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def printed_digest(page_text: str) -> str | None:
    """The digest in the text of a paper's last page; None where there is none, or two differ."""
    found = {re.sub(r"\s", "", digits) for digits in _PRINTED.findall(page_text)}
    return found.pop() if len(found) == 1 else None


def qr_rows(text: str) -> tuple[tuple[bool, ...], ...]:
    """The QR code of a text (ISO/IEC 18004, UTF-8, level M): rows of dark and light modules."""
    code = QRCode(None, QRErrorCorrectLevel.M)
    code.addData(QR8bitByte(text.encode()))
    code.make()
    size = code.getModuleCount()
    return tuple(tuple(bool(code.isDark(row, at)) for at in range(size)) for row in range(size))


def _line(text: str) -> str:
    return " ".join(text.split())
