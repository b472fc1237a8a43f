"""Single lines of a form or ledger: office and title over it, headings of tables."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from auditdesk.documents import grid
from auditdesk.documents.blocks import Block, Whole
from auditdesk.documents.fonts import plain
from auditdesk.documents.setting import face, one_line, set_centred, set_line, set_right
from auditdesk.documents.title import break_title

if TYPE_CHECKING:
    from collections.abc import Iterator

    from auditdesk.documents.area import Area
    from auditdesk.documents.content import Align
    from auditdesk.documents.fonts import Fonts
    from auditdesk.documents.page import Page
    from auditdesk.documents.setting import Face

OFFICE_SIZE = 14.0
OFFICE_LINE = 26.0
TITLE_LINE = 32.0
HEADING_SIZE = 12.0
HEADING_LINE = 22.0


@dataclass(frozen=True, slots=True)
class TextLine(Whole):
    """One line of text over the width of the type area; of at most that width.

    Attributes:
        beside: more text, at the right end of the same line.
    """

    text: str
    how: Face
    height: float
    align: Align
    area: Area
    beside: str = ""

    def draw(self, page: Page, top: float) -> None:
        """The text, its baseline about its size under the upper edge."""
        how = self.how
        line, y = one_line(self.text, how), top - how.size
        if self.align == "centre":
            page.add(*set_centred(line, how, self.area.middle, y))
        elif self.align == "right":
            page.add(*set_right(line, how, self.area.right, y))
        else:
            page.add(*set_line(line, how, self.area.left, y))
        if self.beside:
            page.add(*set_right(one_line(self.beside, how), how, self.area.right, y))


def head_blocks(office: str, title: str, fonts: Fonts, area: Area) -> Iterator[Block]:
    """Office, where there is one, and title; what follows stands on the same page."""
    if office:
        how = face(fonts, "song", OFFICE_SIZE)
        yield Block(TextLine(plain(office), how, OFFICE_LINE, "centre", area), keep=True)
    how = face(fonts, "title", grid.TITLE_SIZE)
    for text in break_title(plain(title), how.width, area.width):
        yield Block(TextLine(text, how, TITLE_LINE, "centre", area), keep=True)


def heading(text: str, fonts: Fonts, area: Area) -> Block:
    """The title of a table."""
    how = face(fonts, "hei", HEADING_SIZE)
    return Block(TextLine(plain(text), how, HEADING_LINE, "left", area), keep=True)
