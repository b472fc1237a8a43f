"""Letters on the official grid: positions are measured in the finished PDF."""

from __future__ import annotations

import itertools

import pytest

from auditdesk.documents.content import Paragraph
from auditdesk.documents.linebreak import NOT_AT_END, NOT_AT_START
from auditdesk.util.faults import UnusableInputError
from paper_measures import (
    BOTTOM,
    CELL,
    LEFT,
    MM,
    RIGHT,
    ROW,
    TOP,
    pages_of,
    rows_of,
    slanted,
    text_of,
)
from paper_samples import CHECKPOINT, LETTER, plain_letter, seal

LONG = Paragraph("body", "一二三四五六七八九十" * 30)


def test_a_full_line_has_28_characters_from_margin_to_margin():
    page = pages_of(plain_letter(paragraphs=(Paragraph("body", LONG.text * 2),)))[1]
    _, chars = rows_of(page)[2]
    assert len(chars) == 28
    assert chars[0]["x0"] == pytest.approx(LEFT, abs=0.2)
    steps = [b["x0"] - a["x0"] for a, b in itertools.pairwise(chars)]
    assert steps == pytest.approx([CELL] * 27, abs=0.05)


def test_a_full_page_has_22_lines_at_the_official_pitch():
    rows = rows_of(pages_of(plain_letter(paragraphs=(LONG, LONG, LONG)))[1])
    assert len(rows) == 22
    steps = [b - a for (a, _), (b, _) in itertools.pairwise(rows)]
    assert steps == pytest.approx([ROW] * 21, abs=0.11)
    assert TOP < rows[0][0] < TOP + ROW
    assert BOTTOM - ROW < rows[-1][0] < BOTTOM


def test_a_paragraph_is_indented_by_two_characters():
    _, first = rows_of(pages_of(plain_letter(paragraphs=(LONG,)))[0])[2]
    assert first[0]["x0"] == pytest.approx(LEFT + 2 * CELL, abs=0.2)


def test_nothing_stands_outside_the_type_area():
    for page in pages_of(plain_letter()):
        for char in page.chars:
            assert char["x0"] >= LEFT - 0.5
            assert char["x1"] <= RIGHT + 0.5, char["text"]


def test_the_office_mark_is_red_and_35_mm_under_the_type_area():
    mark = [c for c in pages_of(plain_letter())[0].chars if c["non_stroking_color"][0] > 0.8]
    assert text_of(mark) == LETTER.office_mark
    top_of_glyphs = 841.89 - mark[0]["matrix"][5] - 0.88 * mark[0]["size"]
    assert top_of_glyphs == pytest.approx(TOP + 35 * MM, abs=1)


def test_the_red_rule_is_as_wide_as_the_type_area_and_4_mm_under_the_number():
    page = pages_of(plain_letter())[0]
    rule = next(line for line in page.lines if line["stroking_color"][0] > 0.8)
    assert (rule["x0"], rule["x1"]) == pytest.approx((LEFT, RIGHT), abs=0.1)
    baseline, chars = rows_of(page)[0]
    assert text_of(chars) == LETTER.number
    assert rule["top"] - baseline == pytest.approx(4 * MM + 0.12 * 16, abs=0.2)


def test_the_title_stands_in_the_middle_two_lines_under_the_rule():
    page = pages_of(plain_letter())[0]
    rows = rows_of(page, 22.0)
    assert "".join(text_of(chars) for _, chars in rows) == LETTER.title
    for _, chars in rows:
        assert chars[0]["x0"] - LEFT == pytest.approx(RIGHT - chars[-1]["x1"], abs=0.5)
    rule = next(line for line in page.lines if line["stroking_color"][0] > 0.8)
    assert 1.5 * ROW < rows[0][0] - 22 * 0.88 - rule["top"] < 2.5 * ROW


def test_no_line_of_a_letter_breaks_a_rule_of_line_breaking():
    for page in pages_of(plain_letter()):
        for _, chars in rows_of(page):
            assert chars[0]["text"] not in NOT_AT_START
            assert chars[-1]["text"] not in NOT_AT_END


def test_headings_are_in_their_own_fonts():
    chars = [c for page in pages_of(plain_letter()) for c in page.chars if c["size"] == 16]
    text = text_of(chars)
    heading = chars[text.index("一、宗地") : text.index("一、宗地") + 8]
    assert {c["fontname"].split("+")[1] for c in heading} == {"NotoSansSC-Bold"}
    second = chars[text.index("（一）") : text.index("（一）") + 8]
    assert {c["fontname"].split("+")[1] for c in second} == {"LXGWWenKaiGBLite-Regular"}


def test_page_numbers_stand_outside_7_mm_under_the_type_area():
    for number, page in enumerate(pages_of(plain_letter()), 1):
        foot = page.height - BOTTOM
        marked = [c for c in page.chars if abs(c["size"] - 14) < 0.01 and c["matrix"][5] < foot]
        assert text_of(marked) == f"— {number} —"
        if number % 2:
            assert marked[-1]["x1"] == pytest.approx(RIGHT - 14, abs=0.5)
        else:
            assert marked[0]["x0"] == pytest.approx(LEFT + 14, abs=0.5)
        dash = page.height - marked[0]["matrix"][5] - 0.3 * 14
        assert dash == pytest.approx(BOTTOM + 7 * MM, abs=0.5)


def test_the_date_ends_four_characters_from_the_margin_under_the_signatory():
    rows = rows_of(pages_of(plain_letter())[-1])
    texts = [text_of(chars) for _, chars in rows]
    at = texts.index("2022年3月18日")
    date, signatory = rows[at][1], rows[at - 1][1]
    assert text_of(signatory) == LETTER.signatory
    assert date[-1]["x1"] == pytest.approx(RIGHT - 4 * CELL, abs=0.5)
    middles = [(chars[0]["x0"] + chars[-1]["x1"]) / 2 for chars in (date, signatory)]
    assert middles[0] == pytest.approx(middles[1], abs=0.5)


def test_the_last_block_ends_with_the_type_area():
    page = pages_of(plain_letter())[-1]
    rules = sorted(line["top"] for line in page.lines)
    assert rules[-1] == pytest.approx(BOTTOM, abs=0.1)
    words = page.extract_text()
    assert "抄送：区自然资源局，区发展和改革局，区财政局。" in words
    assert "2022年3月18日印发" in words


def test_a_letter_without_copies_has_no_last_block():
    page = pages_of(plain_letter(copies_to=(), printed_by=""))[-1]
    assert not page.lines


def test_attachments_are_numbered_and_a_single_one_is_not():
    assert "附件：1.入市方案审查意见表" in pages_of(plain_letter())[-1].extract_text()
    single = pages_of(plain_letter(attachments_note=("宗地界址图",)))[-1].extract_text()
    assert "附件：宗地界址图" in single


def test_the_checkpoint_is_printed_small_on_the_last_page_only():
    pages = pages_of(plain_letter())
    printed = [c for c in pages[-1].chars if abs(c["size"] - 6) < 0.01]
    assert CHECKPOINT.replace(" ", "") in text_of(printed).replace(" ", "")
    assert all(c["top"] > BOTTOM for c in printed)
    assert not any(abs(c["size"] - 6) < 0.01 for page in pages[:-1] for c in page.chars)


@pytest.mark.parametrize("count", range(120, 780, 20))
def test_the_signatory_never_stands_without_text_and_never_runs_into_the_last_block(count):
    body = Paragraph("body", "字" * count)
    page = pages_of(plain_letter(paragraphs=(body,), attachments_note=()))[-1]
    rows = rows_of(page)
    texts = [text_of(chars) for _, chars in rows]
    at = texts.index(LETTER.signatory)
    assert at >= 2, "two lines of text over the signatory"
    assert page.lines[0]["top"] > rows[-1][0]


@pytest.mark.parametrize("count", range(100, 900, 40))
def test_no_page_begins_or_ends_with_a_single_line_of_a_paragraph(count):
    filler = Paragraph("body", "前" * count)
    pages = pages_of(plain_letter(paragraphs=(filler, LONG), copies_to=(), signers=()))
    for before, after in itertools.pairwise(pages):
        last, first = rows_of(before)[-1][1], rows_of(after)[0][1]
        assert last[0]["x0"] < LEFT + 1 or text_of(last).startswith("绣惠"), "first line alone"
        if first[0]["x0"] < LEFT + 1:
            assert text_of(rows_of(after)[1][1])[0] in "一二三四五六七八九十前"
            assert rows_of(after)[1][1][0]["x0"] < LEFT + 1, "last line alone"


def test_a_heading_is_never_the_last_line_of_a_page():
    for count in range(180, 320, 28):
        paragraphs = (Paragraph("body", "前" * count), Paragraph("heading1", "一、标题"), LONG)
        for page in pages_of(plain_letter(paragraphs=paragraphs))[:-1]:
            assert text_of(rows_of(page)[-1][1]) != "一、标题"


def test_the_place_of_the_seal_stays_blank_for_ink():
    page = pages_of(plain_letter())[-1]
    assert not page.images
    assert not page.curves


def test_an_office_s_own_seal_stands_over_signatory_and_date():
    page = pages_of(plain_letter(seal_image=seal()))[-1]
    (image,) = page.images
    assert image["width"] == pytest.approx(42 * MM, abs=0.1)
    rows = {text_of(chars): y for y, chars in rows_of(page)}
    assert image["top"] < rows[LETTER.signatory] - 16
    assert image["bottom"] > rows["2022年3月18日"]
    above = max(y for y in rows.values() if y < rows[LETTER.signatory])
    assert 0 < image["top"] - (above + 0.12 * 16) < ROW


@pytest.mark.parametrize(
    "content", [b"", b"no image", seal()[:100], b"GIF89a" + bytes(40), seal((5000, 5000))]
)
def test_a_seal_that_is_no_image_is_refused(content):
    with pytest.raises(UnusableInputError):
        plain_letter(seal_image=content)


def test_a_sample_says_so_on_every_page_and_in_place_of_the_seal():
    pages = pages_of(plain_letter(sample=True))
    for page in pages:
        assert text_of(c for c in page.chars if slanted(c)) == "样例"
    assert "样例" in text_of(c for c in pages[-1].chars if c["size"] == 26)
    assert not pages_of(plain_letter(sample=True, seal_image=seal()))[-1].images


def test_a_preview_says_so_on_every_page():
    for page in pages_of(plain_letter(preview=True, number="")):
        assert text_of(c for c in page.chars if slanted(c)) == "预览"


def test_a_mark_across_the_page_stands_under_the_text_and_is_pale():
    page = pages_of(plain_letter(sample=True))[0]
    mark = [c for c in page.chars if slanted(c)]
    assert page.chars[: len(mark)] == mark
    assert all(min(c["non_stroking_color"]) > 0.85 for c in mark)


def test_equal_letters_are_equal_bytes():
    assert plain_letter() == plain_letter.__wrapped__()


def test_markup_in_a_text_is_printed_as_it_is():
    text = "<b>&amp;</b> %s {x} \\n"
    page = pages_of(plain_letter(paragraphs=(Paragraph("body", text),)))[0]
    assert text.replace(" ", "") in page.extract_text().replace(" ", "")


def test_a_long_list_of_copies_is_told_and_not_cut():
    with pytest.raises(UnusableInputError, match="copies"):
        plain_letter(copies_to=tuple(f"第{n}个很长的抄送机关名称" for n in range(80)))


@pytest.mark.parametrize(
    "changes",
    [
        {"office_mark": "济南市章丘区自然资源和规划局行政审批服务中心文件"},
        {"title": "关于" + "很长的题目" * 30 + "的批复"},
        {"recipient": "，".join(f"第{n}街道办事处" for n in range(40))},
        {"signatory": "一个名称长得从左边一直排到右边也几乎排不下的行政机关"},
        {"recipient": None, "paragraphs": ()},
        {"signers": ("clerk", "supervisor", "administrator")},
    ],
)
def test_uncommon_letters_stay_within_the_type_area(changes):
    for page in pages_of(plain_letter(**changes)):
        for char in page.chars:
            assert char["x0"] >= LEFT - 0.5
            assert char["x1"] <= RIGHT + 0.5
            assert char["bottom"] <= 841.9
