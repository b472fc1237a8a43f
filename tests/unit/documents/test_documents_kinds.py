"""Every kind of document of all case types, short and long, measured in the finished PDF."""

from __future__ import annotations

import io
import itertools
import re
import subprocess
from functools import cache

import pdfplumber
import pikepdf
import pypdfium2
import pytest

from auditdesk.documents.content import Letter, Sheet
from paper_kinds import LENGTHS, content, filled, kinds, pdf
from paper_samples import RARE_NAME

MM = 72 / 25.4
LEFT, TOP, RIGHT, BOTTOM = 28 * MM, 37 * MM, 184 * MM, 262 * MM
ROW, CELL = 225 * MM / 22, 156 * MM / 28
# GB/T 15834-2011, 5.1, written down once more, so that a mark lost in the program is missed here
NOT_AT_START = set("，。、；：？！”’）〕］｝〉》」』】·—…％%℃‰.,:;?!)]}")
NOT_AT_END = set("“‘（〔［｛〈《「『【￥([{")
PAPERS = [(kind, length) for kind in kinds() for length in LENGTHS]
LETTERS = [paper for paper in PAPERS if isinstance(content(*paper), Letter)]
SHEETS = [paper for paper in PAPERS if isinstance(content(*paper), Sheet)]


def named(paper):
    return f"{paper[0]}-{paper[1]}"


every_paper = pytest.mark.parametrize("paper", PAPERS, ids=named)
every_letter = pytest.mark.parametrize("paper", LETTERS, ids=named)
every_sheet = pytest.mark.parametrize("paper", SHEETS, ids=named)


REMEDIES = [kind for kind in kinds() if kind.id in {"refusal", "no_recommendation", "revocation"}]


def written(kind):
    """A letter's words as a reader copies them, without lines, pages, and the head of the first."""
    found, letter = pypdfium2.PdfDocument(pdf(kind)), content(kind)
    text = "".join("".join(page.get_textpage().get_text_range() for page in found).split())
    text = text.replace(f"{letter.office_mark}{letter.number}{letter.title}", "")
    return re.sub(r"—\d+—", "", text)


@pytest.mark.parametrize("kind", REMEDIES, ids=str)
def test_a_refusal_names_who_reviews_it_and_which_court_hears_it(kind):
    told = written(kind)
    assert "六十日内依法向济南市人民政府申请行政复议" in told
    assert "六个月内依法向济南市中级人民法院提起行政诉讼" in told


@pytest.mark.parametrize("kind", REMEDIES, ids=str)
def test_where_the_settings_do_not_name_them_a_refusal_still_tells_the_remedies(kind):
    told = "".join(text for _, text in filled(kind, unnamed=True).paragraphs)
    assert "六十日内依法向行政复议机关申请行政复议" in told
    assert "六个月内依法向有管辖权的人民法院提起行政诉讼" in told


def test_every_case_type_has_a_paper_that_tells_the_remedies():
    assert len(REMEDIES) == 7
    assert {kind.case_type for kind in REMEDIES} == {kind.case_type for kind in kinds()}


@cache
def pages_of(paper):
    with pdfplumber.open(io.BytesIO(pdf(*paper))) as opened:
        for page in opened.pages:
            page.chars  # noqa: B018 – read before the file is closed
        return list(opened.pages)


@cache
def lines_of(paper, size=16.0):
    """By page the lines of text of one size: (distance of the baseline from the top, chars)."""
    pages = []
    for page in pages_of(paper):
        found = {}
        for char in page.chars:
            if abs(char["size"] - size) < 0.01:
                found.setdefault(round(page.height - char["matrix"][5], 1), []).append(char)
        pages.append([(y, sorted(found[y], key=lambda c: c["x0"])) for y in sorted(found)])
    return pages


def text_of(chars):
    return "".join(char["text"] for char in chars)


def text_lines(paper):
    """By page the lines of the letter's text: between title and signatory."""
    letter = content(*paper)
    end = {letter.signatory, "2022年3月18日", letter.number}
    return [[(y, c) for y, c in page if text_of(c) not in end] for page in lines_of(paper)]


def is_word(character):
    return "!" <= character < "\u2000"


# ------------------------------------------------------------------ every paper


@every_paper
def test_nothing_stands_outside_the_type_area_but_the_foot(paper):
    for page in pages_of(paper):
        assert (page.width, page.height) == pytest.approx((210 * MM, 297 * MM), abs=0.01)
        for char in page.chars:
            assert char["x0"] >= LEFT - 0.5, char["text"]
            assert char["top"] >= TOP - 0.5, char["text"]
            assert round(char["size"], 1) in {6.0, 10.5, 14.0} or char["bottom"] <= BOTTOM + 0.5
        for line in page.lines:
            assert TOP - 0.5 <= line["top"] <= BOTTOM + 0.5
    assert max(right_ends(paper)) <= RIGHT + 0.5


def right_ends(paper):
    """Where the characters end, by pdfium: pdfplumber loses the spacing where a font is cut."""
    document = pypdfium2.PdfDocument(pdf(*paper))
    try:
        for page in document:
            text = page.get_textpage()
            for at in range(text.count_chars()):
                yield text.get_charbox(at, loose=True)[2]
    finally:
        document.close()


@every_paper
def test_no_two_texts_stand_upon_each_other(paper):
    for page in pages_of(paper):
        centres = sorted(
            (round(c["matrix"][5]), (c["x0"] + c["x1"]) / 2, c["text"])
            for c in page.chars
            if c["text"] != " "
        )
        for (y, x, before), (below, right, after) in itertools.pairwise(centres):
            assert y != below or right - x > 1, before + after


@every_paper
def test_every_font_is_embedded(paper):
    with pikepdf.open(io.BytesIO(pdf(*paper))) as opened:
        for page in opened.pages:
            for font in page.Resources.Font.values():
                assert "/FontFile2" in font.FontDescriptor
                assert "/ToUnicode" in font


@every_paper
def test_places_to_sign_are_clear_of_text_and_in_order(paper):
    signers = content(*paper).signers
    pages = pages_of(paper)
    with pikepdf.open(io.BytesIO(pdf(*paper))) as opened:
        places = opened.Root.Dests
        numbers = {page.obj.objgen: number for number, page in enumerate(opened.pages)}
        assert set(places) == {f"/signature-{role}" for role in signers}
        found = [places[f"/signature-{role}"] for role in signers]
        boxes = [(numbers[p[0].objgen], *(float(p[i]) for i in range(2, 6))) for p in found]
    assert boxes == sorted(boxes, key=lambda box: (box[0], -box[2]))
    for number, left, bottom, right, top in boxes:
        page = pages[number]
        assert number == len(pages) - 1
        assert right - left == pytest.approx(66 * MM, abs=0.1)
        assert left >= LEFT - 0.1
        assert right <= RIGHT + 0.1
        for char in page.chars:
            apart = char["x1"] <= left + 1 or char["x0"] >= right - 1
            above = page.height - char["bottom"] >= top - 1
            below = page.height - char["top"] <= bottom + 1
            assert apart or above or below, char["text"]


@pytest.mark.parametrize("paper", [p for p in PAPERS if p[1] == "long"], ids=named)
def test_a_name_outside_the_basic_plane_can_be_found_and_copied(paper, tmp_path):
    said = repr(content(*paper))
    if RARE_NAME not in said:
        pytest.skip("this kind of paper names nobody")
    assert RARE_NAME in copied_by_pdfium(paper).replace("\r\n", "")
    path = tmp_path / "paper.pdf"
    path.write_bytes(pdf(*paper))
    shown = subprocess.run(["pdftotext", "-raw", path, "-"], check=True, capture_output=True)
    assert RARE_NAME in shown.stdout.decode().replace("\n", "")


def copied_by_pdfium(paper):
    document = pypdfium2.PdfDocument(pdf(*paper))
    try:
        return "".join(page.get_textpage().get_text_bounded() for page in document)
    finally:
        document.close()


# ------------------------------------------------------------------ letters


@every_letter
def test_the_head_is_the_official_one(paper):
    letter, page = content(*paper), pages_of(paper)[0]
    mark = [c for c in page.chars if c["non_stroking_color"][0] > 0.8]
    assert text_of(mark) == letter.office_mark
    top = page.height - mark[0]["matrix"][5] - 0.88 * mark[0]["size"]
    assert top == pytest.approx(TOP + 35 * MM, abs=1)
    middle = (mark[0]["x0"] + mark[-1]["x1"]) / 2
    assert middle == pytest.approx((LEFT + RIGHT) / 2, abs=1)
    baseline, number = lines_of(paper)[0][0]
    assert text_of(number) == letter.number
    rule = next(line for line in page.lines if line["stroking_color"][0] > 0.8)
    assert (rule["x0"], rule["x1"]) == pytest.approx((LEFT, RIGHT), abs=0.1)
    assert rule["top"] - (baseline + 0.12 * 16) == pytest.approx(4 * MM, abs=0.2)


@every_letter
def test_the_title_is_whole_balanced_and_in_the_middle(paper):
    rows = lines_of(paper, 22.0)[0]
    assert "".join(text_of(chars) for _, chars in rows) == content(*paper).title
    widths = [chars[-1]["x1"] - chars[0]["x0"] for _, chars in rows]
    for _, chars in rows:
        assert chars[0]["x0"] - LEFT == pytest.approx(RIGHT - chars[-1]["x1"], abs=0.5)
        assert chars[0]["text"] not in NOT_AT_START
        assert chars[-1]["text"] not in NOT_AT_END
    assert len(rows) < 2 or min(widths) > 0.4 * max(widths)
    for shorter, middle, longer in zip(widths, widths[1:], widths[2:], strict=False):
        assert not shorter > middle < longer, "an hourglass"


@every_letter
def test_the_text_stands_on_the_grid(paper):
    for page in lines_of(paper):
        for y, chars in page:
            row = (y - TOP - (ROW - 16) / 2 - 0.88 * 16) / ROW
            assert row == pytest.approx(round(row), abs=0.01), text_of(chars)
            assert 0 <= round(row) < 22
    for page in text_lines(paper):
        for _, chars in page:
            chinese = [c for c in chars if not is_word(c["text"])]
            assert len(chinese) <= 28
            steps = [
                b["x0"] - a["x0"]
                for a, b in itertools.pairwise(chars)
                if not is_word(a["text"]) and not is_word(b["text"])
            ]
            assert all(step >= CELL - 0.1 for step in steps), text_of(chars)
            assert all(step <= CELL + 4.1 for step in steps), text_of(chars)


@every_letter
def test_no_line_of_text_breaks_a_rule_of_line_breaking(paper):
    lines = [chars for page in text_lines(paper) for _, chars in page]
    for chars in lines:
        assert chars[0]["text"] not in NOT_AT_START, text_of(chars)
        assert chars[-1]["text"] not in NOT_AT_END, text_of(chars)
    for chars, after in itertools.pairwise(lines):
        broken = after[0]["x0"] < LEFT + 1  # not the beginning of a paragraph
        pair = chars[-1]["text"] + after[0]["text"]
        assert not (broken and is_word(pair[0]) and is_word(pair[1])), text_of(chars)
        assert pair not in {"——", "……"}


@every_letter
def test_no_line_of_a_paragraph_is_alone_on_a_page(paper):
    for before, after in itertools.pairwise(text_lines(paper)):
        assert before, "a page without text"
        left = [chars[0]["x0"] > LEFT + 1 for _, chars in before]
        if left[-1] and sum(left) == 1 and len(after) == 2:
            continue  # the only paragraph lends its last two lines to the signatory
        indented = left[-1]
        continues = after and after[0][1][0]["x0"] < LEFT + 1
        assert not (indented and continues), "a first line alone at the foot"
        if continues:
            assert len(after) > 1, "a last line alone at the head"
            assert after[1][1][0]["x0"] < LEFT + 1, "a last line alone at the head"


@every_letter
def test_signatory_and_date_stand_under_text_on_the_last_page(paper):
    letter, rows = content(*paper), lines_of(paper)[-1]
    texts = [text_of(chars) for _, chars in rows]
    at = texts.index(letter.signatory)
    assert len(rows) > at + 1
    (above, signed), (below, day) = rows[at], rows[at + 1]
    assert text_of(day) == "2022年3月18日"
    assert below - above == pytest.approx(ROW, abs=0.2)
    assert day[-1]["x1"] == pytest.approx(RIGHT - 4 * CELL, abs=0.5)
    middles = [(chars[0]["x0"] + chars[-1]["x1"]) / 2 for chars in (signed, day)]
    assert middles[0] == pytest.approx(middles[1], abs=0.5)
    assert at >= 1, "no text stands over the signatory"
    gap = round((above - rows[at - 1][0]) / ROW)
    assert gap in {3, 4}, "the seal has room, and touches the text's last lines"


@every_letter
def test_the_last_block_ends_with_the_type_area_and_a_rule(paper):
    letter, page = content(*paper), pages_of(paper)[-1]
    rules = [line for line in page.lines if line["stroking_color"][0] < 0.5]
    assert max(line["top"] for line in rules) == pytest.approx(BOTTOM, abs=0.1)
    rows = lines_of(paper, 14.0)[-1]
    printed = [text_of(chars) for y, chars in rows if y < BOTTOM]
    assert printed[-1] == f"{letter.printed_by}2022年3月18日印发"
    assert printed[0].startswith("抄送：") == bool(letter.copies_to)
    lowest = max(y for y, _ in lines_of(paper)[-1])
    assert min(line["top"] for line in rules) > lowest


@every_letter
def test_pages_are_numbered_outside(paper):
    pages = lines_of(paper, 14.0)
    for number, page in enumerate(pages, 1):
        ((y, chars),) = [(y, chars) for y, chars in page if y > BOTTOM]
        assert text_of(chars) == f"— {number} —"
        assert y - 0.3 * 14 == pytest.approx(BOTTOM + 7 * MM, abs=0.5)
        if number % 2:
            assert chars[-1]["x1"] == pytest.approx(RIGHT - 14, abs=0.5)
        else:
            assert chars[0]["x0"] == pytest.approx(LEFT + 14, abs=0.5)


# ------------------------------------------------------------------ sheets


def tables_of(page):
    return page.find_tables()


@every_sheet
def test_a_table_repeats_its_head_wherever_it_goes_on(paper):
    heads = {
        tuple(column.label for column in table.columns): table for table in content(*paper).tables
    }
    for page in pages_of(paper)[1:]:
        tables = [t for t in tables_of(page) if t.bbox[1] < TOP + 2]
        for table in tables:
            first = tuple((cell or "").replace("\n", "") for cell in table.extract()[0])
            alone = len(first) == 2 and first[0] in {"经办人", "审批人"}
            facts = set(first) & {label for label, _ in content(*paper).facts}
            assert first in heads or alone or facts, first


@every_sheet
def test_every_cell_is_printed(paper):
    text = "".join(page.extract_text() for page in pages_of(paper))
    squeezed = text.replace("\n", "").replace(" ", "")
    for table in content(*paper).tables:
        for row in table.rows:
            for cell in row:
                assert set(cell.replace(" ", "")) <= set(squeezed)
        assert table.title.replace(" ", "") in squeezed


@every_sheet
def test_no_cell_breaks_a_rule_of_line_breaking_or_crosses_a_border(paper):
    for page in pages_of(paper):
        upright = [line for line in page.lines if abs(line["x0"] - line["x1"]) < 0.1]
        for char in page.chars:
            middle = (char["top"] + char["bottom"]) / 2
            for line in upright:
                if line["top"] < middle < line["bottom"]:
                    assert not char["x0"] + 0.3 < line["x0"] < char["x1"] - 0.3, char["text"]
        for table in tables_of(page):
            for cell in (cell for row in table.extract() for cell in row if cell):
                lines = cell.split("\n")
                assert all(line[0] not in NOT_AT_START for line in lines if len(line) > 1), cell
                assert all(line[-1] not in NOT_AT_END for line in lines if len(line) > 1), cell


@every_sheet
def test_lines_to_sign_stand_together_at_the_end_with_a_sentence_over_them(paper):
    sheet, last = content(*paper), pages_of(paper)[-1].extract_text()
    for label in sheet.signature_lines:
        assert label in last
    if sheet.notes:
        assert sheet.notes[-1][-6:] in last.replace("\n", "")


@every_sheet
def test_pages_say_how_many_there_are(paper):
    pages = pages_of(paper)
    for number, page in enumerate(pages, 1):
        text = page.extract_text().replace(" ", "").replace("\u3000", "")
        assert f"第{number}页共{len(pages)}页" in text


@every_sheet
def test_no_page_before_the_last_is_mostly_empty(paper):
    for page in pages_of(paper)[:-1]:
        lowest = max(line["bottom"] for line in page.lines)
        assert lowest > TOP + 0.55 * (BOTTOM - TOP)
