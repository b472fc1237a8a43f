"""What an official paper says, before it is laid out: plain values, no PDF.

Texts are plain: no markup is understood in them, and every character is printed as it is.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from datetime import date

    from auditdesk.documents.papercode import PaperCode

ParagraphKind = Literal["body", "heading1", "heading2", "heading3", "heading4", "list"]
Align = Literal["left", "centre", "right"]
LetterForm = Literal["letter", "correspondence"]
PaperForm = Literal["letter", "correspondence", "sheet"]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph of a letter.

    Attributes:
        kind: `body` is indented two characters; `heading1` (一、) is set in 黑体, `heading2`
            (（一）) in 楷体, `heading3` (1.) and `heading4` (（1）) in 仿宋; `list` is indented two
            characters like `body` and kept close to the line before it.
        text: the words, numbering included; a line break begins a new line.
    """

    kind: ParagraphKind
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """A paper with a red head: 批复, 决定书, 通知书, 函 (GB/T 9704-2012).

    Attributes:
        office_mark: the red head, as 济南市章丘区人民政府文件; of correspondence without 文件.
        number: document number, as 章政土批〔2026〕1号; empty while it is a preview.
        title: the title, broken over balanced lines by the layout.
        paragraphs: the text after the recipient.
        signatory: who issues it, above the date.
        issued_on: the date under the signatory.
        recipient: to whom, without the colon; none for a paper to the public.
        attachments_note: names of what is attached, without numbers and 《》.
        remark: a note in brackets under the date, as 此件公开发布, without the brackets.
        copies_to: who gets a copy (抄送).
        printed_by: who prints it, in the last block of the last page; empty leaves it out, as
            correspondence does.
        signers: role ids for which a place to sign is kept on the last page, in order.
        sample: a sample office prints 样例 across every page and in the place of the seal.
        preview: 预览 across every page.
        checkpoint: the journal's last checkpoint, printed small at the foot of the last page.
        seal_image: the office's own seal as PNG, else the place stays blank for ink.
        seal_across: the seal also across the edges of a paper of several pages (骑缝章).
        code: number, office and hash as a QR code on the last page.
        form: `letter` is laid out as a document 文件 (7), `correspondence` as a letter 信函 (10.1).
    """

    office_mark: str
    number: str
    title: str
    paragraphs: tuple[Paragraph, ...]
    signatory: str
    issued_on: date
    recipient: str | None = None
    attachments_note: tuple[str, ...] = ()
    remark: str = ""
    copies_to: tuple[str, ...] = ()
    printed_by: str = ""
    signers: tuple[str, ...] = ()
    sample: bool = False
    preview: bool = False
    checkpoint: str = ""
    seal_image: bytes | None = None
    seal_across: bool = False
    code: PaperCode | None = None
    form: LetterForm = "letter"


@dataclass(frozen=True, slots=True)
class SheetColumn:
    """One column of a table; `share` is its part of the width that no column needs."""

    label: str
    share: int
    align: Align = "left"


@dataclass(frozen=True, slots=True)
class SheetTable:
    """A table of a sheet; it breaks over pages and repeats its head.

    Attributes:
        sums: the last row; empty where nothing is added up.
        bars: for each row the lengths of the bars in its last cell, as shares of it in
            thousandths: a dark one, and a pale one below to compare with; no table of bars: ().
    """

    title: str
    columns: tuple[SheetColumn, ...]
    rows: tuple[tuple[str, ...], ...]
    sums: tuple[str, ...] = ()
    bars: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A paper in form style: 审查意见表, 核定表, 台账.

    Attributes:
        title: the title over the form.
        number: document number under the title; may be empty.
        facts: label and value, two pairs a line; a long value takes a line of its own.
        tables: the tables below, in order.
        notes: paragraphs under the tables.
        signature_lines: labels of the places to sign at the end, as 经办人.
        signers: role ids; the n-th signs in the n-th signature line.
        office: who issues it, above the title; may be empty.
        sample: a sample office prints 样例 across every page.
        preview: 预览 across every page.
        checkpoint: the journal's last checkpoint, printed small at the foot of the last page.
        seal_image: the office's own seal as PNG.
        seal_across: that seal across the edges of a paper of several pages (骑缝章).
        code: number, office and hash as a QR code on the last page.
    """

    title: str
    number: str = ""
    facts: tuple[tuple[str, str], ...] = ()
    tables: tuple[SheetTable, ...] = ()
    notes: tuple[str, ...] = ()
    signature_lines: tuple[str, ...] = ()
    signers: tuple[str, ...] = ()
    office: str = ""
    sample: bool = False
    preview: bool = False
    checkpoint: str = ""
    seal_image: bytes | None = None
    seal_across: bool = False
    code: PaperCode | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Ledger:
    """What an office keeps a list of, as it stands on a day: 台账.

    Attributes:
        title: the title over the list.
        table: the list; the layout numbers its rows.
        naming: so many columns from the left name a row; they are repeated where the others do
            not fit beside each other on a page.
        scope: over the list on the left: the day, the filter that was chosen.
        count: over the list on the right: how many rows.
        made: under the list: who drew it up, and when.
        office: who keeps it, above the title; may be empty.
        sample: a sample office prints 样例 across every page.
    """

    title: str
    table: SheetTable
    naming: int = 1
    scope: str = ""
    count: str = ""
    made: str = ""
    office: str = ""
    sample: bool = False
