"""Workbooks that were made to hurt, or by accident: a sentence each, soon, and nothing else."""

from __future__ import annotations

import random
import struct
import time
import zlib
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

import pytest

from auditdesk.exchange.tables import Heading, read_table
from auditdesk.util.faults import UnusableInputError
from auditdesk.util.progress import NoProgress
from workbook_samples import (
    MAIN,
    book,
    headed,
    number,
    packed,
    parts,
    relation,
    relations,
    row,
    sheet,
    text,
)

HEADINGS = (
    Heading("code", ("编码", "code")),
    Heading("name", ("名称",)),
    Heading("day", ("日期",)),
    Heading("size", ("库容", "库容（万m³）")),
    Heading("scale", ("规模",), taken=False),
)
GOOD = row(2, text("A2", "K-1"), text("B2", "卧虎"))
SOON = 20.0  # seconds, on a busy machine


def with_parts(**more):
    return packed(parts(headed(GOOD)) | more)


def changed(name, content):
    return packed(parts(headed(GOOD)) | {name: content})


def without(name):
    made = parts(headed(GOOD))
    del made[name]
    return packed(made)


def dtd(declarations, use):
    """A sheet that declares something and uses it."""
    whole = headed(row(2, text("A2", use)))
    return changed("xl/worksheets/sheet1.xml", f"<!DOCTYPE worksheet [{declarations}]>{whole}")


LAUGHS = '<!ENTITY a "ha">' + "".join(
    f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9)
)


def bomb_by_ratio():
    return changed("xl/worksheets/sheet1.xml", headed(GOOD) + " " * 200_000_000)


def bomb_by_size():
    """Many parts that are each packed honestly, and too much together."""
    noise = random.Random(1).randbytes(65_536) + bytes(2_000_000)  # noqa: S311 – as below
    return packed(parts(headed(GOOD)) | {f"xl/media/{n}.bin": noise for n in range(150)})


def bomb_of_overlap():
    """A directory whose entries all point to the same packed bytes."""
    kernel = zlib.compress(b"a" * 60_000)[2:-4]
    crc = zlib.crc32(b"a" * 60_000)
    name = b"xl/x0000.xml"
    local = struct.pack(
        "<4s5H3I2H", b"PK\x03\x04", 20, 0, 8, 0, 33, crc, len(kernel), 60_000, len(name), 0
    )
    entries = b""
    for n in range(900):
        entry = b"xl/x%04d.xml" % n
        entries += struct.pack(
            "<4s6H3I5H2I", b"PK\x01\x02", 20, 20, 0, 8, 0, 33, crc, len(kernel), 60_000,
            len(entry), 0, 0, 0, 0, 0, 0,
        ) + entry  # fmt: skip
    body = local + name + kernel
    end = struct.pack("<4s4H2IH", b"PK\x05\x06", 0, 0, 900, 900, len(entries), len(body), 0)
    return body + entries + end


def lying_size():
    """A part whose directory entry says that it is small."""
    whole = bytearray(with_parts())
    name = b"xl/worksheets/sheet1.xml"
    at = whole.rindex(name) - 46
    whole[at + 24 : at + 28] = struct.pack("<I", 10)
    return bytes(whole)


def with_flag():
    """A zip that says its parts are encrypted."""
    whole = bytearray(with_parts())
    at = 0
    while (at := whole.find(b"PK\x01\x02", at)) >= 0:
        whole[at + 8] |= 1
        at += 4
    return bytes(whole)


def twice_the_same_part():
    target = BytesIO()
    with ZipFile(target, "w", ZIP_DEFLATED) as archive:
        for name, content in parts(headed(GOOD)).items():
            archive.writestr(name, content)
        archive.writestr(ZipInfo("XL/Worksheets/Sheet1.xml"), sheet())
    return target.getvalue()


def by_other_packing():
    target = BytesIO()
    with ZipFile(target, "w") as archive:
        for name, content in parts(headed(GOOD)).items():
            archive.writestr(name, content, compress_type=12)  # bzip2
    return target.getvalue()


def damaged_part():
    target = BytesIO()
    with ZipFile(target, "w", ZIP_STORED) as archive:
        for name, content in parts(headed(GOOD)).items():
            archive.writestr(name, content)
    return target.getvalue().replace(b"sheetData", b"sheetDatb")


def many_columns():
    cells = "".join(
        number(f"{a}{b}2", 1) for a in "BCDEFGHIJK" for b in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    )
    return changed("xl/worksheets/sheet1.xml", headed(row(2, text("A2", "K-1"), cells)))


def many_rows():
    rows = "".join(f'<row r="{n}"><c r="A{n}"><v>{n}</v></c></row>' for n in range(2, 100_100))
    return changed("xl/worksheets/sheet1.xml", headed(rows))


OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(5000)
REFUSED = {
    "empty": (b"", "空的"),
    "text": ("编码,名称\nK-1,卧虎".encode(), "不是 .xlsx"),
    "a web page as xls": (b"<html><table><tr><td>1</td></tr></table></html>", "不是 .xlsx"),
    "a picture": (b"\x89PNG\r\n\x1a\n" + bytes(100), "不是 .xlsx"),
    "xls renamed": (OLD, "旧格式"),
    "locked by a password": (OLD + "EncryptedPackage".encode("utf-16-le"), "密码"),
    "zip with locked parts": (with_flag, "密码"),
    "a zip without a directory": (b"PK\x03\x04" + bytes(500), "损坏"),
    "cut off": (lambda: with_parts()[:-300], "损坏"),
    "a zip that is no workbook": (lambda: packed({"readme.txt": "x"}), "损坏"),
    "a word document": (
        lambda: changed(
            "_rels/.rels",
            relations(relation("rId1", "officeDocument", "word/document.xml")),
        ),
        "损坏",
    ),
    "no list of parts": (lambda: without("xl/_rels/workbook.xml.rels"), "损坏"),
    "a sheet that is not there": (lambda: without("xl/worksheets/sheet1.xml"), "损坏"),
    "zip bomb by ratio": (bomb_by_ratio, "不合常理"),
    "zip bomb by size": (bomb_by_size, "不合常理"),
    "zip bomb by overlap": (bomb_of_overlap, "不合常理"),
    "zip bomb by many parts": (
        lambda: with_parts(**{f"xl/x{n}.xml": "" for n in range(1_100)}),
        "不合常理",
    ),
    "a size that lies": (lying_size, "损坏"),
    "two parts of one name": (twice_the_same_part, "损坏"),
    "a part outside the folder": (lambda: with_parts(**{"../../evil.xml": "x"}), "损坏"),
    "packed by another method": (by_other_packing, "损坏"),
    "a damaged part": (damaged_part, "损坏"),
    "entity bomb": (lambda: dtd(LAUGHS, "&j;"), "损坏"),
    "entity of a file": (lambda: dtd('<!ENTITY x SYSTEM "file:///etc/passwd">', "&x;"), "损坏"),
    "parameter entity": (lambda: dtd('<!ENTITY % x SYSTEM "http://x.invalid/">%x;', "1"), "损坏"),
    "a type declaration": (lambda: dtd("", "1"), "损坏"),
    "entities in the texts": (
        lambda: packed(
            parts(
                headed(row(2, '<c r="A2" t="s"><v>0</v></c>')),
                texts=f'<!DOCTYPE sst [{LAUGHS}]><sst xmlns="{MAIN}"><si><t>&j;</t></si></sst>',
            )
        ),
        "损坏",
    ),
    "deeply nested": (
        lambda: changed("xl/worksheets/sheet1.xml", "<a>" * 100_000 + "</a>" * 100_000),
        "损坏",
    ),
    "no xml": (lambda: changed("xl/workbook.xml", "编码"), "损坏"),
    "unknown encoding": (
        lambda: changed("xl/workbook.xml", '<?xml version="1.0" encoding="x-mine"?><workbook/>'),
        "损坏",
    ),
    "no sheet in a sheet": (lambda: changed("xl/worksheets/sheet1.xml", "<html/>"), "损坏"),
    "a text that is not there": (
        lambda: changed("xl/worksheets/sheet1.xml", headed(row(2, '<c r="A2" t="s"><v>7</v></c>'))),
        "损坏",
    ),
    "a negative text": (
        lambda: changed(
            "xl/worksheets/sheet1.xml", headed(row(2, '<c r="A2" t="s"><v>-1</v></c>'))
        ),
        "损坏",
    ),
    "a row far away": (
        lambda: changed("xl/worksheets/sheet1.xml", headed(row(10**12, text("A2", "x")))),
        "损坏",
    ),
    "a place that is none": (
        lambda: changed("xl/worksheets/sheet1.xml", headed(row(2, text("AAAAAAA2", "x")))),
        "损坏",
    ),
    "a row twice": (lambda: changed("xl/worksheets/sheet1.xml", headed(GOOD, GOOD)), "损坏"),
    "a cell twice": (
        lambda: changed("xl/worksheets/sheet1.xml", headed(row(2, text("A2", "x") * 2))),
        "损坏",
    ),
    "macros": (lambda: with_parts(**{"xl/vbaProject.bin": "x"}), "宏"),
    "old macros": (lambda: with_parts(**{"xl/macrosheets/sheet1.xml": "x"}), "宏"),
    "external links": (
        lambda: with_parts(**{"xl/externalLinks/externalLink1.xml": "x"}),
        "其他文件的链接",
    ),
    "outside data": (lambda: with_parts(**{"xl/connections.xml": "x"}), "外部数据连接"),
    "embedded files": (lambda: with_parts(**{"xl/embeddings/oleObject1.bin": "x"}), "嵌入的文件"),
    "controls": (lambda: with_parts(**{"xl/activeX/activeX1.xml": "x"}), "控件"),
    "the binary form": (lambda: with_parts(**{"xl/workbook.bin": "x"}), "xlsb"),
    "too many columns": (many_columns, "256 列"),
    "too many rows": (many_rows, "100,000 行"),
    "too many sheets": (
        lambda: changed("xl/workbook.xml", book([f"表{n}" for n in range(60)])),
        "50 张工作表",
    ),
    "no sheet at all": (
        lambda: changed("xl/workbook.xml", f'<workbook xmlns="{MAIN}"/>'),
        "没有找到标题",
    ),
    "the sheet is hidden": (
        lambda: changed("xl/workbook.xml", book(["台账"], ["veryHidden"])),
        "没有找到标题",
    ),
    "wrong headings": (
        lambda: packed(parts(headed(GOOD, heads=("代号", "叫什么")))),
        "代号、叫什么",
    ),
    "a heading twice": (
        lambda: packed(parts(headed(GOOD, heads=("编码", "名称", "名 称")))),
        "“名称”有两列",
    ),
    "an unknown column": (
        lambda: packed(parts(headed(GOOD, heads=("编码", "名称", "备注")))),
        "C “备注”",
    ),
    "merged headings": (
        lambda: packed(
            parts(headed(GOOD, tail='<mergeCells><mergeCell ref="B1:C1"/></mergeCells>'))
        ),
        "标题行",
    ),
    "a formula among the headings": (
        lambda: packed(
            parts(
                sheet(
                    row(1, text("A1", "编码"), '<c r="B1" t="str"><f>A1</f><v>名称</v></c>'), GOOD
                )
            )
        ),
        "标题行",
    ),
    "a merged range that is none": (
        lambda: packed(
            parts(headed(GOOD, tail='<mergeCells><mergeCell ref="A1:??"/></mergeCells>'))
        ),
        "损坏",
    ),
    "two tables": (lambda: packed(parts(headed(GOOD), headed(GOOD))), "表1、表2"),
    "no rows": (lambda: packed(parts(headed())), "没有数据"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_hostile_workbook_is_refused_in_words(tmp_path, name):
    made, words = REFUSED[name]
    path = tmp_path / "台账.xlsx"
    path.write_bytes(made() if callable(made) else made)
    began = time.monotonic()
    with pytest.raises(UnusableInputError) as refused:
        read_table(path, HEADINGS, "code", NoProgress())
    assert words in refused.value.message.zh
    assert not set("。，：（）") & set(refused.value.message.en)
    assert time.monotonic() - began < SOON


def test_there_are_enough_of_them(record_property):
    record_property("hostile workbooks refused", len(REFUSED))
    assert len(REFUSED) >= 50


def test_the_same_workbook_unharmed_is_read(tmp_path):
    path = tmp_path / "台账.xlsx"
    path.write_bytes(with_parts())
    table = read_table(path, HEADINGS, "code", NoProgress())
    assert [dict(r.cells) for r in table.rows] == [
        {"code": "K-1", "name": "卧虎", "day": "", "size": ""}
    ]
    assert table.rows[0].problems == ()


def test_a_file_larger_than_any_register_is_not_even_opened(tmp_path):
    path = tmp_path / "台账.xlsx"
    with path.open("wb") as file:
        file.truncate(33 * 2**20)
    with pytest.raises(UnusableInputError, match="too large"):
        read_table(path, HEADINGS, "code", NoProgress())


def test_a_missing_file_and_a_folder_are_told(tmp_path):
    for path in (tmp_path / "no.xlsx", tmp_path):
        with pytest.raises(UnusableInputError, match="cannot be read"):
            read_table(path, HEADINGS, "code", NoProgress())
