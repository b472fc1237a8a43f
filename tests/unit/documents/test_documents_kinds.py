"""Every kind of document of all case types, short and long, measured in the finished PDF."""

from __future__ import annotations

import io
import itertools
import subprocess

import pikepdf
import pypdfium2
import pytest

from paper_cases import (
    CORRESPONDENCE,
    DOCUMENTS,
    PAPERS,
    every_correspondence,
    every_document,
    every_letter,
    every_paper,
    lines_of,
    named,
    pages_of,
)
from paper_kinds import content, pdf
from paper_measures import (
    BOTTOM,
    CELL,
    LEFT,
    MM,
    NOT_AT_END,
    NOT_AT_START,
    PAPER,
    RIGHT,
    ROW,
    TOP,
    boxes_of,
    code_box,
    collisions,
    is_red,
    is_word,
    places_of,
    red_head,
    red_rules,
    rows_of,
    text_of,
)
from paper_samples import RARE_NAME


def text_lines(paper):
    """By page the lines of the letter's text: between title and signatory."""
    letter = content(*paper)
    end = {letter.signatory, "2022年3月18日", letter.number}
    return [[(y, c) for y, c in page if text_of(c) not in end] for page in lines_of(paper)]


# ------------------------------------------------------------------ every paper


@every_paper
def test_nothing_stands_outside_the_type_area_but_the_foot(paper):
    for number, page in enumerate(pages_of(paper)):
        assert (page.width, page.height) == pytest.approx(PAPER, abs=0.01)
        # between the rules of correspondence the text is held by these (10.1)
        ruled = paper in CORRESPONDENCE and number == 0
        top, bottom = (30 * MM, 272.1 * MM) if ruled else (TOP, BOTTOM)
        for char in page.chars:
            head = 2 * MM if ruled and is_red(char) else 0  # in the middle of the paper (10.1)
            assert char["x0"] >= LEFT - head - 0.5, char["text"]
            below = round(char["size"], 1) in {6.0, 10.5} or is_page_number(page, char)
            foot = page.height - char["matrix"][5] + 0.12 * char["size"]
            assert below or foot <= bottom + 0.5, char["text"]
            assert foot - char["size"] >= top - 0.5, char["text"]
        for line in page.lines:
            assert ruled or TOP - 0.5 <= line["top"] <= BOTTOM + 0.5
    assert max(right_ends(paper)) <= RIGHT + 0.5


def is_page_number(page, char):
    return round(char["size"]) == 14 and page.height - char["matrix"][5] > BOTTOM


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
    boxes = places_of(pdf(*paper), signers)
    assert boxes == sorted(boxes, key=lambda box: (box[0], box[2]))
    for number, left, _, right, _ in boxes:
        assert number == len(pages_of(paper)) - 1
        assert right - left == pytest.approx(66 * MM, abs=0.1)
        assert left >= LEFT - 0.1
        assert right <= RIGHT + 0.1


@every_paper
def test_nothing_stands_upon_anything_else(paper):
    assert not list(collisions(pdf(*paper), content(*paper).signers))


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


@every_document
def test_the_head_of_a_document_is_the_official_one(paper):
    letter, page = content(*paper), pages_of(paper)[0]
    top, _, mark = red_head(page)
    assert text_of(mark) == letter.office_mark
    assert letter.office_mark.endswith("文件")
    assert top == pytest.approx(TOP + 35 * MM, abs=1)
    middle = (mark[0]["x0"] + mark[-1]["x1"]) / 2
    assert middle == pytest.approx((LEFT + RIGHT) / 2, abs=1)
    baseline, number = lines_of(paper)[0][0]
    assert text_of(number) == letter.number
    ((above, below, left, right),) = red_rules(page)
    assert (left, right) == pytest.approx((LEFT, RIGHT), abs=0.1)
    assert (above + below) / 2 - (baseline + 0.12 * 16) == pytest.approx(4 * MM, abs=0.2)


@every_correspondence
def test_the_head_of_correspondence_is_the_official_one(paper):
    letter, page = content(*paper), pages_of(paper)[0]
    top, bottom, mark = red_head(page)
    assert text_of(mark) == letter.office_mark
    assert not letter.office_mark.endswith("文件")
    assert top == pytest.approx(30 * MM, abs=0.1)
    assert (mark[0]["x0"] + mark[-1]["x1"]) / 2 == pytest.approx(105 * MM, abs=0.5)
    rules = red_rules(page)
    assert rules[0][0] - bottom == pytest.approx(4 * MM, abs=0.1)
    assert 297 * MM - rules[-1][1] == pytest.approx(20 * MM, abs=0.1)
    widths = [below - above for above, below, _, _ in rules]
    assert widths == pytest.approx([2.8, 0.8, 0.8, 2.8], abs=0.01), "thick lines outside"
    for _, _, left, right in rules:
        assert right - left == pytest.approx(170 * MM, abs=0.01)
        assert left + right == pytest.approx(210 * MM, abs=0.01)
    assert not any(red_rules(page) for page in pages_of(paper)[1:])


@every_correspondence
def test_number_title_and_text_keep_their_distances_from_the_rules(paper):
    letter, page = content(*paper), pages_of(paper)[0]
    upper, lower = red_rules(page)[1][1], red_rules(page)[2][0]
    (baseline, number), *others = lines_of(paper)[0]
    assert text_of(number) == letter.number
    assert number[-1]["x1"] == pytest.approx(RIGHT, abs=0.3)
    assert baseline - 0.88 * 16 - upper == pytest.approx(14, abs=0.1), "7/8 of 16 points"
    pitch = pitch_of(paper, 0)
    title, _ = lines_of(paper, 22.0)[0][0]
    blank = (title - 0.88 * 22) - (baseline + 0.12 * 16)
    assert 2 * pitch <= blank <= 3 * pitch - 16 + 3, "two lines"
    last = others[-1][0] + 0.12 * 16
    assert lower - last >= 14 - 0.1
    free = (lower - 14 - last) / pitch
    assert free == pytest.approx(round(free), abs=0.03), "the last line of a full page is 14 off"


def pitch_of(paper, number):
    """The distance of two lines of a page; the usual one where it has one line."""
    ys = [y for y, _ in lines_of(paper)[number]]
    # the document number of a document stands on the usual lines whatever the text
    ys = ys[1:] if number == 0 and paper in DOCUMENTS else ys
    return min((b - a for a, b in itertools.pairwise(ys)), default=ROW)


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
def test_the_text_stands_on_lines_at_most_two_more_a_page_than_usual(paper):
    for number, page in enumerate(lines_of(paper)):
        pitch = pitch_of(paper, number)
        assert 9.1 * MM <= pitch <= ROW * 1.03
        body = page[1:] if number == 0 else page
        for (y, _), (below, chars) in itertools.pairwise(body):
            steps = (below - y) / pitch
            assert steps == pytest.approx(round(steps), abs=0.03), text_of(chars)
        if number:
            assert page[0][0] - 0.88 * 16 - TOP == pytest.approx((pitch - 16) / 2, abs=0.2)


@every_document
def test_lines_that_are_closer_have_saved_a_page_with_a_lonely_end(paper):
    lonely = len(pages_of(paper)) > 1 and len(text_lines(paper)[-1]) <= 3
    for number in range(len(pages_of(paper)) * lonely):
        assert pitch_of(paper, number) == pytest.approx(ROW, abs=0.15)


@every_letter
def test_the_characters_stand_on_the_grid(paper):
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
def test_no_paragraph_ends_with_one_character_but_where_the_line_over_it_is_wide_already(paper):
    for page in text_lines(paper):
        for (_, over), (_, chars) in itertools.pairwise(page):
            begins = chars[0]["x0"] > LEFT + 1
            words = [c for c in chars if c["text"] not in NOT_AT_START | NOT_AT_END]
            steps = [b["x0"] - a["x0"] for a, b in itertools.pairwise(over)]
            wide = max(steps, default=0) > CELL + 0.1 * 16
            assert begins or wide or len(words) > 1, text_of(chars)


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
    letter, page = content(*paper), pages_of(paper)[-1]
    rows, pitch = lines_of(paper)[-1], pitch_of(paper, len(pages_of(paper)) - 1)
    at = [text_of(chars) for _, chars in rows].index("2022年3月18日")
    below, day = rows[at]
    above, signed = max(row for row in signatories(page) if text_of(row[1]) == letter.signatory)
    fits = len(letter.signatory) * CELL < RIGHT - LEFT
    assert signed[0]["size"] == pytest.approx(16 if fits else 16 * 28 / 49, rel=0.2)
    assert below - above == pytest.approx(pitch, abs=0.2 if fits else 4)
    assert day[-1]["x1"] == pytest.approx(RIGHT - 4 * CELL, abs=0.5) or not fits
    middles = [(chars[0]["x0"] + chars[-1]["x1"]) / 2 for chars in (signed, day)]
    assert middles[0] == pytest.approx(middles[1], abs=0.5)
    text = [y for y, _ in rows[:at] if y < above - 1]
    assert text, "no text stands over the signatory"
    gap = round((below - text[-1]) / pitch) - 1
    assert gap in ({3, 4} if fits else {5, 6}), (
        "the seal has room, and touches the text's last lines"
    )


def signatories(page):
    """The lines of a page whatever their size, a signatory of fifty characters among them."""
    sizes = {char["size"] for char in page.chars}
    return [row for size in sizes if size < 20 for row in rows_of(page, size)]


@every_document
def test_the_last_block_of_a_document_ends_with_the_type_area_and_a_rule(paper):
    letter, page = content(*paper), pages_of(paper)[-1]
    rules = [line for line in page.lines if line["stroking_color"][0] < 0.5]
    assert max(line["top"] for line in rules) == pytest.approx(BOTTOM, abs=0.1)
    rows = lines_of(paper, 14.0)[-1]
    printed = [text_of(chars) for y, chars in rows if y < BOTTOM]
    assert printed[-1] == f"{letter.printed_by}2022年3月18日印发"
    assert printed[0].startswith("抄送：") == bool(letter.copies_to)
    lowest = max(y for y, _ in lines_of(paper)[-1])
    assert min(line["top"] for line in rules) > lowest


@every_correspondence
def test_correspondence_says_neither_who_prints_it_nor_when_and_has_no_rules_there(paper):
    for page in pages_of(paper):
        assert all(line["stroking_color"][0] > 0.8 for line in page.lines)
        assert "印发" not in page.extract_text()


@every_letter
def test_pages_are_numbered_outside_but_the_first_of_correspondence(paper):
    pages = lines_of(paper, 14.0)
    for number, page in enumerate(pages, 1):
        numbers = [(y, chars) for y, chars in page if y > BOTTOM]
        if number == 1 and paper in CORRESPONDENCE:
            assert not numbers
            continue
        ((y, chars),) = numbers
        assert text_of(chars) == f"— {number} —"
        assert y - 0.3 * 14 == pytest.approx(BOTTOM + 7 * MM, abs=0.5)
        if number % 2:
            assert chars[-1]["x1"] == pytest.approx(RIGHT - 14, abs=0.5)
        else:
            assert chars[0]["x0"] == pytest.approx(LEFT + 14, abs=0.5)


@every_letter
def test_the_code_stands_on_the_last_page_clear_of_everything(paper):
    *others, last = pages_of(paper)
    assert not any(map(code_box, others))
    left, top, right, bottom = code_box(last)
    only = paper in CORRESPONDENCE and not others
    assert right - left == pytest.approx((14 if only else 20) * MM, abs=0.1)
    assert top > (277 if only else 262) * MM
    assert bottom <= 293 * MM, "printers leave 4 mm of the edge blank"
    quiet = 1.4 * MM
    for x0, y0, x1, y1 in boxes_of(last):
        apart = x1 < left - quiet or x0 > right + quiet
        assert apart or y1 < top - quiet or y0 > bottom + quiet
