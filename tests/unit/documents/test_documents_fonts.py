"""The shipped fonts, and text that can be copied out of a paper whatever its characters."""

from __future__ import annotations

import hashlib
import re
import subprocess

import pytest
from fontTools.ttLib import TTFont

from auditdesk.documents.fonts import FILES, load_fonts, plain
from auditdesk.documents.truetype import to_unicode_map
from auditdesk.util.faults import OfficeFaultError, UnusableInputError
from auditdesk.util.paths import shipped
from paper_samples import RARE_NAME, fonts, plain_letter, plain_sheet

FOLDER = shipped("resources") / "fonts"
GB2312 = {
    bytes([high, low]).decode("gb2312")
    for high in range(0xB0, 0xF8)
    for low in range(0xA1, 0xFF)
    if not (high == 0xD7 and low > 0xF9)
}


def test_every_font_file_is_the_one_that_was_listed():
    lines = (FOLDER / "SHA256SUMS").read_text(encoding="utf-8").splitlines()
    listed = dict(reversed(line.split("  ")) for line in lines)
    found = {p.name: hashlib.sha256(p.read_bytes()).hexdigest() for p in FOLDER.glob("*.ttf")}
    assert found == listed


def test_each_font_keeps_its_licence_and_copyright():
    readme = (FOLDER / "README.md").read_text(encoding="utf-8")
    assert "Open Font License" in readme
    assert (
        "Version 1.1"
        in (FOLDER / "OFL-1.1.txt").read_text(encoding="utf-8").replace("-", " ")[:200]
    )
    for path in FOLDER.glob("*.ttf"):
        with TTFont(path, lazy=True) as font:
            names = font["name"]
        assert "Open Font License" in names.getDebugName(13)
        for line in names.getDebugName(0).splitlines():
            assert line.rstrip(".") in readme


@pytest.mark.parametrize("style", FILES)
def test_every_style_prints_gb2312_and_names_outside_the_basic_plane(style):
    assert len(GB2312) == 6763
    for character in [*GB2312, "𬭎", "𫖯", "㐂", "①", "㎡", "〔", "·", "Ⅱ", "é"]:
        assert fonts().runs(style, character)


def test_quotation_marks_of_the_body_are_as_wide_as_a_character():
    assert fonts().width("fangsong", "“”‘’") == pytest.approx(4)


def test_digits_of_the_body_are_those_of_song():
    faces = {run.text: run.face.split("-")[0] for run in fonts().runs("fangsong", "第2021号")}
    assert faces == {"第": "fangsong", "2021": "song", "号": "fangsong"}


def test_a_character_that_no_font_has_is_named():
    with pytest.raises(UnusableInputError) as caught:
        plain_letter(signatory="某某🏢局")
    assert "🏢" in caught.value.text("zh")
    assert "U+1F3E2" in caught.value.text("en")


def test_a_folder_without_fonts_is_a_fault_of_the_installation(tmp_path):
    with pytest.raises(OfficeFaultError, match="install the program again"):
        load_fonts(tmp_path)


def test_a_damaged_font_is_a_fault_of_the_installation(tmp_path):
    for file in FILES.values():
        (tmp_path / file).write_bytes(b"\x00\x01\x00\x00broken")
    with pytest.raises(OfficeFaultError):
        load_fonts(tmp_path)


def test_characters_that_show_nothing_cannot_disguise_a_text():
    assert plain("同\u202e意\u200b\u0000\r\n不\t同意\ufeff") == "同意\n不 同意"


def test_the_map_to_unicode_writes_utf16():
    text = to_unicode_map([0, ord("国"), 0x2CB4E])
    assert "<01> <56FD>" in text
    assert "<02> <D872DF4E>" in text
    assert "<00>" not in text.split("endcodespacerange")[1]


def test_the_map_to_unicode_keeps_to_blocks_of_a_hundred():
    counts = re.findall(r"(\d+) beginbfchar", to_unicode_map(list(range(0x4E00, 0x4F00))))
    assert [int(count) for count in counts] == [100, 100, 56]


def test_a_name_outside_the_basic_plane_can_be_copied_and_searched(tmp_path):
    path = tmp_path / "letter.pdf"
    path.write_bytes(plain_letter())
    shown = subprocess.run(["pdftotext", path, "-"], check=True, capture_output=True)
    assert RARE_NAME in shown.stdout.decode().replace("\n", "")


@pytest.mark.parametrize("paper", [plain_letter, plain_sheet])
def test_every_font_is_embedded_as_a_subset(paper, tmp_path):
    path = tmp_path / "paper.pdf"
    path.write_bytes(paper())
    shown = subprocess.run(["pdffonts", path], check=True, capture_output=True, text=True)
    rows = shown.stdout.splitlines()[2:]
    assert len(rows) >= 4
    for row in rows:
        assert re.search(r"\byes yes yes\b", row), row
        assert "Helvetica" not in row
