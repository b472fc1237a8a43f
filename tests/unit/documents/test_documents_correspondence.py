"""Letters in the form of correspondence 信函 (GB/T 9704-2012, 10.1), the uncommon ones, too."""

from __future__ import annotations

import itertools
from functools import cache

import pytest

from auditdesk.documents.content import Paragraph
from auditdesk.documents.papercode import code_of
from auditdesk.util.faults import UnusableInputError
from paper_measures import (
    BOTTOM,
    CELL,
    LEFT,
    MM,
    RIGHT,
    ROW,
    code_box,
    collisions,
    pages_of,
    red_head,
    red_rules,
    rows_of,
    slanted,
    text_of,
)
from paper_samples import CHECKPOINT, RARE_NAME, plain_letter, seal

OWN = "济南市章丘区人民政府"
CODE = code_of("莱芜高政土不批〔2026〕10024号", "济南市莱芜高新技术产业开发区" * 2, b"{}", b"{}")
LIST = tuple(Paragraph("list", f"{n}.缺少材料：第{n}项材料。") for n in range(1, 41))
LOWER_RULE = (297 - 20) * MM - 5.0  # upper edge: two lines and what is between are 5 points


def correspondence(**changes):
    usual = {
        "form": "correspondence",
        "office_mark": OWN,
        "number": "章政缴〔2022〕17号",
        "title": "土地增值收益缴款通知",
        "recipient": "相公庄街道李家村股份经济合作社",
        "paragraphs": LIST[:3],
        "attachments_note": (),
        "remark": "",
        "copies_to": (),
        "checkpoint": f"{CHECKPOINT} {'9c' * 64}",
        "code": CODE,
    }
    return plain_letter(**usual | changes)


def only_page(pdf):
    (page,) = pages_of(pdf)
    return page


EXTREMES = {
    "usual": {},
    "short name": {"office_mark": "某局", "signatory": "某局"},
    "long name": {
        "office_mark": "济南市章丘区人民政府某某某某街道办事处行政审批服务和便民服务中心",
        "signatory": "济南市章丘区人民政府某某某某街道办事处行政审批服务和便民服务中心",
    },
    "three-line title": {
        "title": "关于" + "章丘区相公庄街道某某村股份经济合作社" * 3 + "的初审意见"
    },
    "40 grounds": {"paragraphs": LIST},
    "20 copies": {"copies_to": tuple(f"章丘区第{n}街道办事处" for n in range(1, 21))},
    "20 copies, two pages": {
        "copies_to": tuple(f"章丘区第{n}街道办事处" for n in range(1, 21)),
        "paragraphs": LIST[:16],
    },
    "rare characters": {
        "recipient": RARE_NAME,
        "title": f"关于{RARE_NAME}（㐂）的通知",
        "signatory": f"{RARE_NAME}办公室",
        "paragraphs": (Paragraph("body", f"{RARE_NAME}、㐂、鿏：" * 30),),
    },
    "one line": {"paragraphs": (Paragraph("body", "同意。"),), "recipient": None},
    "nothing": {"paragraphs": (), "recipient": None},
    "attachments and remark": {
        "attachments_note": ("入市方案审查意见表", "宗地界址图"),
        "remark": "此件公开发布",
    },
    "nobody signs": {"signers": ()},
    "three sign": {"signers": ("clerk", "supervisor", "administrator")},
    "long number": {"number": f"{'莱芜高新技术产业开发区' * 3}政不批〔2022〕10024号"},
}
every_extreme = pytest.mark.parametrize("changes", EXTREMES.values(), ids=EXTREMES)


@every_extreme
def test_nothing_stands_upon_anything_else_whatever_the_letter(changes):
    signers = changes.get("signers", ("clerk", "supervisor"))
    assert not list(collisions(correspondence(**changes), signers))


@every_extreme
def test_the_rules_hold_the_text_between_them_whatever_the_letter(changes):
    first, *others = pages_of(correspondence(**changes))
    rules = red_rules(first)
    assert len(rules) == 4
    assert red_head(first)[0] == pytest.approx(30 * MM, abs=0.1)
    assert rules[0][0] - red_head(first)[1] == pytest.approx(4 * MM, abs=0.1)
    assert rules[-1][1] == pytest.approx(277 * MM, abs=0.1)
    for char in first.chars:
        small = char["size"] < 7
        below = first.height - char["matrix"][5] + 0.12 * char["size"]
        assert small or below <= LOWER_RULE - 14 + 0.1, char["text"]
        assert LEFT - 2 * MM <= char["x0"] <= char["x1"] <= RIGHT + 2 * MM, char["text"]
    for page in others:
        assert not page.lines
        assert all(c["size"] < 7 or c["bottom"] <= BOTTOM + 14 * MM for c in page.chars)


def test_there_is_no_number_on_the_only_page():
    assert not rows_of(only_page(correspondence()), 14.0)


def test_further_pages_are_numbered_from_two():
    first, *others = pages_of(correspondence(paragraphs=LIST))
    assert not rows_of(first, 14.0)
    assert len(others) >= 2
    for number, page in enumerate(others, 2):
        ((_, chars),) = rows_of(page, 14.0)
        assert text_of(chars) == f"— {number} —"


def test_a_full_first_page_ends_seven_eighths_of_a_character_over_the_rule():
    first = pages_of(correspondence(paragraphs=LIST))[0]
    last, _ = rows_of(first)[-1]
    assert LOWER_RULE - (last + 0.12 * 16) == pytest.approx(14, abs=0.1)
    assert last > BOTTOM, "lower than the type area of other pages"


def test_the_first_page_has_lines_as_far_apart_as_others():
    first, second = pages_of(correspondence(paragraphs=LIST))[:2]
    steps = [
        b - a
        for page in (first, second)
        for (a, _), (b, _) in itertools.pairwise(rows_of(page)[1:])
        if b - a < 1.5 * ROW
    ]
    assert steps == pytest.approx([ROW] * len(steps), rel=0.025)


def test_copies_stand_over_the_rule_of_the_only_page_without_rules_of_their_own():
    page = only_page(correspondence(copies_to=("区自然资源局", "区财政局")))
    ((y, chars),) = rows_of(page, 14.0)
    assert text_of(chars) == "抄送：区自然资源局，区财政局。"
    assert chars[0]["x0"] == pytest.approx(LEFT + 14, abs=0.5), "one character in"
    assert LOWER_RULE - (y + 0.12 * 14) == pytest.approx(14, abs=0.1)
    assert len(page.lines) == 4, "the red ones"


def test_copies_stand_at_the_end_of_the_type_area_of_the_last_of_several_pages():
    pages = pages_of(correspondence(copies_to=("区财政局",), paragraphs=LIST))
    y, chars = rows_of(pages[-1], 14.0)[0]
    assert text_of(chars) == "抄送：区财政局。"
    assert BOTTOM - ROW < y < BOTTOM
    assert not pages[-1].lines


def test_who_prints_it_and_when_is_left_out():
    text = only_page(correspondence(printed_by="济南市章丘区人民政府办公室")).extract_text()
    assert "办公室" not in text
    assert "印发" not in text


def test_the_code_of_an_only_page_stands_under_the_rule_clear_of_it_and_of_the_edge():
    left, top, right, bottom = code_box(only_page(correspondence()))
    assert right == pytest.approx(RIGHT, abs=0.1)
    assert right - left == pytest.approx(14 * MM, abs=0.1)
    assert top - 277 * MM >= 4 * (right - left) / 41, "four modules of white (ISO/IEC 18004)"
    assert 297 * MM - bottom >= 4 * MM


def test_a_list_of_copies_that_fills_the_page_is_told():
    with pytest.raises(UnusableInputError, match="copies"):
        correspondence(copies_to=tuple(f"第{n}个很长的抄送机关名称" for n in range(80)))


@pytest.mark.parametrize("form", ["correspondence", "letter"])
def test_a_title_that_leaves_no_page_for_the_text_is_told(form):
    with pytest.raises(UnusableInputError, match="title"):
        correspondence(form=form, title="很长的标题" * 90)


def test_a_preview_keeps_the_place_of_the_number_and_says_what_it_is():
    page = only_page(correspondence(preview=True, number="", code=None, checkpoint=""))
    assert text_of(c for c in page.chars if slanted(c)) == "预览"
    numbered = only_page(correspondence())
    assert rows_of(page, 22.0)[0][0] == rows_of(numbered, 22.0)[0][0]


def test_a_sample_says_so_across_the_page_and_in_place_of_the_seal():
    page = only_page(correspondence(sample=True, seal_image=seal()))
    assert text_of(c for c in page.chars if slanted(c)) == "样例"
    assert "样例" in text_of(c for c in page.chars if c["size"] == 26)
    assert not page.images


def test_the_seal_is_over_signatory_and_date_and_clear_of_the_text_and_the_rule():
    for count in range(1, 9):
        (page, *others) = pages_of(correspondence(seal_image=seal(), paragraphs=LIST[:count]))
        if others:
            continue
        (image,) = page.images
        rows = {text_of(chars): y for y, chars in rows_of(page)}
        assert image["top"] < rows[OWN] - 16
        assert image["bottom"] > rows["2022年3月18日"]
        above = max(y for y in rows.values() if y < rows[OWN])
        assert 0 < image["top"] - (above + 0.12 * 16) < ROW
        assert image["bottom"] < LOWER_RULE


def test_the_seal_goes_across_the_edges_of_several_pages():
    pages = pages_of(correspondence(seal_image=seal(), seal_across=True, paragraphs=LIST))
    assert [len(page.images) for page in pages] == [1] * (len(pages) - 1) + [2]


# ------------------------------------------------------------------ lines a little closer


# Paragraphs of letters that end on a first page, just run over, and end on the next.
COUNTS = (1, 6, *range(9, 18), *range(25, 40))


@cache
def lengths(form):
    """Letters of growing length: number of paragraphs, file, pages."""
    found = []
    for count in COUNTS:
        changes = {"form": form, "paragraphs": LIST[:count], "printed_by": "某办公室"}
        changes |= {"office_mark": f"{OWN}文件"} if form == "letter" else {}
        pdf = correspondence(**changes)
        found.append((count, pdf, pages_of(pdf)))
    return found


def pitch_of(page):
    """The distance of the list's lines; the usual where there are not two."""
    ys = [y for y, chars in rows_of(page) if "缺少材料" in text_of(chars)]
    return min((b - a for a, b in itertools.pairwise(ys)), default=ROW)


@pytest.mark.parametrize("form", ["correspondence", "letter"])
def test_a_page_with_two_lines_and_a_seal_is_saved_by_closer_lines(form):
    closer = []
    for count, _, pages in lengths(form):
        text = [row for row in rows_of(pages[-1]) if "缺少材料" in text_of(row[1])]
        pitches = [pitch_of(page) / ROW for page in pages]
        assert min(pitches) >= 9.1 * MM / ROW
        if min(pitches) < 0.97:
            closer.append(count)
            assert max(pitches) < 0.99, "all pages alike"
        elif len(pages) > 1 and len(text) <= 2:
            assert pitches == pytest.approx([1.0] * len(pages), abs=0.03), "nothing was gained"
    assert closer == CLOSER[form]


CLOSER = {"correspondence": [11, 12, 33, 34, 35, 36], "letter": [26, 27]}


@pytest.mark.parametrize("form", ["correspondence", "letter"])
def test_two_lines_of_text_at_least_stand_over_the_signatory(form):
    for count, _, pages in lengths(form):
        text = [row for row in rows_of(pages[-1]) if "缺少材料" in text_of(row[1])]
        assert len(text) >= 2 or count == 1


@pytest.mark.parametrize("form", ["correspondence", "letter"])
@pytest.mark.parametrize("attached", [("宗地界址图",), ("入市方案审查意见表", "宗地界址图")])
def test_what_is_attached_is_never_alone_over_the_signatory(form, attached):
    for count in range(5, 16):
        pages = pages_of(
            correspondence(form=form, paragraphs=LIST[:count], attachments_note=attached)
        )
        *_, before, date = [text_of(chars) for _, chars in rows_of(pages[-1])]
        assert (before, date) == ("济南市章丘区人民政府", "2022年3月18日")
        lines = [text_of(chars) for _, chars in rows_of(pages[-1])]
        assert sum("缺少材料" in line for line in lines) >= 2, (count, lines)


@pytest.mark.parametrize("form", ["correspondence", "letter"])
def test_closer_lines_leave_seal_date_and_foot_their_room(form):
    for _, pdf, _ in lengths(form):
        assert not list(collisions(pdf, ("clerk", "supervisor")))


@pytest.mark.parametrize("form", ["correspondence", "letter"])
def test_one_paragraph_more_never_makes_a_letter_shorter(form):
    counts = [len(pages) for _, _, pages in lengths(form)]
    assert counts == sorted(counts)


def test_characters_stand_as_far_apart_as_ever_where_lines_are_closer():
    for _, _, pages in lengths("correspondence"):
        for page in pages:
            for _, chars in rows_of(page):
                chinese = [c for c in chars if c["text"] > "\u2000"]
                steps = [b["x0"] - a["x0"] for a, b in itertools.pairwise(chinese)]
                assert all(step >= CELL - 0.1 for step in steps)
