"""Every form in form style of all case types, short and long, measured in the finished PDF."""

from __future__ import annotations

from paper_cases import every_sheet, pages_of
from paper_kinds import content
from paper_measures import BOTTOM, NOT_AT_END, NOT_AT_START, TOP


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
