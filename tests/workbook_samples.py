"""Workbooks put together part by part, so that any part can be wrong."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"

TYPES = (
    '<?xml version="1.0" encoding="UTF-8"?>'
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
)
STYLES = (
    f'<styleSheet xmlns="{MAIN}"><numFmts count="2">'
    '<numFmt numFmtId="164" formatCode="yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;"/>'
    '<numFmt numFmtId="165" formatCode="0.0&quot;day&quot;"/></numFmts>'
    '<cellStyleXfs><xf numFmtId="14"/></cellStyleXfs>'
    '<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/><xf numFmtId="165"/>'
    '<xf numFmtId="9"/></cellXfs></styleSheet>'
)
DATE, CHINESE_DATE, NO_DATE, PERCENT = 1, 2, 3, 4  # numbers of the styles above


def relation(name, kind, target, mode=""):
    more = f' TargetMode="{mode}"' if mode else ""
    return f'<Relationship Id="{name}" Type="{OFFICE}/{kind}" Target="{target}"{more}/>'


def relations(*lines):
    return f'<Relationships xmlns="{RELATIONS}">{"".join(lines)}</Relationships>'


def text(place, value):
    return f'<c r="{place}" t="inlineStr"><is><t>{value}</t></is></c>'


def number(place, digits, style=0):
    return f'<c r="{place}" s="{style}"><v>{digits}</v></c>'


def row(place, *cells):
    return f'<row r="{place}">{"".join(cells)}</row>'


def sheet(*rows, tail=""):
    return f'<worksheet xmlns="{MAIN}"><sheetData>{"".join(rows)}</sheetData>{tail}</worksheet>'


def headed(*rows, tail="", heads=("编码", "名称", "日期", "库容")):
    """A sheet with the headings of the tests and rows below."""
    head = row(1, *(text(f"{letter}1", name) for letter, name in zip("ABCD", heads, strict=False)))
    return sheet(head, *rows, tail=tail)


def book(names=("台账",), states=(), epoch=""):
    states = states or ("visible",) * len(names)
    sheets = "".join(
        f'<sheet name="{name}" sheetId="{i}" state="{state}" r:id="rId{i}"/>'
        for i, (name, state) in enumerate(zip(names, states, strict=True), 1)
    )
    return (
        f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><workbookPr{epoch}/>'
        f"<sheets>{sheets}</sheets></workbook>"
    )


def parts(*sheets, **changed):
    """All parts of a workbook by name; `changed` takes `book`, `styles`, `texts`."""
    made = {
        "[Content_Types].xml": TYPES,
        "_rels/.rels": relations(relation("rId1", "officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": changed.get("book") or book([f"表{n + 1}" for n in range(len(sheets))]),
        "xl/styles.xml": changed.get("styles", STYLES),
    }
    links = [relation("rIdS", "styles", "styles.xml")]
    if "texts" in changed:
        made["xl/sharedStrings.xml"] = changed["texts"]
        links.append(relation("rIdT", "sharedStrings", "sharedStrings.xml"))
    for number_, content in enumerate(sheets, 1):
        made[f"xl/worksheets/sheet{number_}.xml"] = content
        links.append(relation(f"rId{number_}", "worksheet", f"worksheets/sheet{number_}.xml"))
    made["xl/_rels/workbook.xml.rels"] = relations(*links)
    return made


def packed(made):
    target = BytesIO()
    with ZipFile(target, "w", ZIP_DEFLATED) as archive:
        for name, content in made.items():
            archive.writestr(name, content)
    return target.getvalue()


def write(path, made):
    path.write_bytes(packed(made))
    return path
