"""What every paper carries besides its text: marks, page numbers, checkpoint, places to sign."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from auditdesk.documents import grid
from auditdesk.documents.grid import Box
from auditdesk.documents.page import Modules, Page, Place, Slanted
from auditdesk.documents.papercode import qr_rows
from auditdesk.documents.setting import face, one_line, set_centred, set_line, set_right

if TYPE_CHECKING:
    from auditdesk.documents.fonts import Fonts
    from auditdesk.documents.papercode import PaperCode

SAMPLE = "样例"
PREVIEW = "预览"
MARK_SIZE = 120.0
# 一字线 7 mm under the type area (GB/T 9704-2012, 7.5); the dash stands 0.3 em above the baseline.
NUMBER_BASELINE = grid.BOTTOM - 7 * grid.MM - 0.3 * grid.NUMBER_SIZE
HALF = 64  # hexadecimal digits of the checkpoint's signature on a line


class Strip(NamedTuple):
    """Where QR code and small print stand: the code's upper edge and size, the first baseline."""

    top: float
    size: float
    baseline: float

    def code_box(self, *, right: bool) -> Box:
        """The place of the code, at the right or left edge of the type area."""
        left = grid.RIGHT - self.size if right else grid.LEFT
        return Box(left, self.top - self.size, left + self.size, self.top)


# 41 to 57 modules: 0.35 mm each and more, four dots of a printer
UNDER_TYPE_AREA = Strip(grid.BOTTOM - 5 * grid.MM, 20 * grid.MM, grid.BOTTOM - 13.5 * grid.MM)
# Under the lower rule of correspondence, 20 mm over the paper's edge, the code is smaller, 0.25 mm
# a module, so that it takes no line of the text; four modules of white are left to the rule, and
# 4.5 mm to the edge, of which printers leave 4 blank.
UNDER_RULE = Strip(18.5 * grid.MM, 14 * grid.MM, 15.5 * grid.MM)
CODE_BOXES = (
    UNDER_TYPE_AREA.code_box(right=False),
    UNDER_TYPE_AREA.code_box(right=True),
    UNDER_RULE.code_box(right=True),
)

STAMP_WIDTH = 66 * grid.MM
STAMP_HEIGHT = 16 * grid.MM
PLACE_PREFIX = "signature-"


def new_page(*, sample: bool, preview: bool) -> Page:
    """An empty page, with the mark across it that a sample or a preview carries."""
    words = [PREVIEW] * preview + [SAMPLE] * sample
    if not words:
        return Page()
    return Page([Slanted(" ".join(words), MARK_SIZE if len(words) == 1 else MARK_SIZE * 0.8)])


def place_name(role: str) -> str:
    """The name under which the place for a role's signature is found in the PDF."""
    return PLACE_PREFIX + role


def stamp_place(role: str, left: float, bottom: float) -> Place:
    """The place where a role signs."""
    box = Box(left, bottom, left + STAMP_WIDTH, bottom + STAMP_HEIGHT)
    return Place(place_name(role), box)


def number_outside(pages: list[Page], fonts: Fonts, first: int = 1) -> None:
    """Number the pages — 1 —, odd ones on the right, even ones on the left, one cell in.

    Those before the `first` are counted but show no number.
    """
    how = face(fonts, "song", grid.NUMBER_SIZE)
    for number, page in enumerate(pages[first - 1 :], first):
        line = one_line(f"— {number} —", how)
        inset = grid.NUMBER_SIZE
        if number % 2:
            page.add(*set_right(line, how, grid.RIGHT - inset, NUMBER_BASELINE))
        else:
            page.add(*set_line(line, how, grid.LEFT + inset, NUMBER_BASELINE))


def number_of_total(pages: list[Page], fonts: Fonts) -> None:
    """Number the pages 第 1 页 共 3 页 in the middle, so that none can be taken out unseen."""
    how = face(fonts, "song", grid.SMALL_SIZE)
    middle = (grid.LEFT + grid.RIGHT) / 2
    for number, page in enumerate(pages, 1):
        line = one_line(f"第 {number} 页　共 {len(pages)} 页", how)
        page.add(*set_centred(line, how, middle, NUMBER_BASELINE))


def foot_of_last(  # noqa: PLR0913 – what stands there, and where
    page: Page,
    checkpoint: str,
    code: PaperCode | None,
    fonts: Fonts,
    *,
    right: bool,
    strip: Strip = UNDER_TYPE_AREA,
) -> None:
    """Put the QR code under the type area, and small beside it checkpoint and 核验码."""
    left = grid.LEFT
    if code is not None:
        page.add(Modules(strip.code_box(right=right), qr_rows(code.text)))
        left += 0.0 if right else strip.size + 2 * grid.MM
    how = face(fonts, "sans", grid.TINY_SIZE, grid.GREY)
    lines = _checkpoint_lines(checkpoint) + ([code.printed] if code else [])
    for number, text in enumerate(lines):
        y = strip.baseline - number * grid.TINY_SIZE * 1.4
        page.add(*set_line(one_line(text, how), how, left, y))


def _checkpoint_lines(checkpoint: str) -> list[str]:
    """The journal's checkpoint: number and hash on one line, half of the signature on others."""
    if not checkpoint:
        return []
    head, _, signature = checkpoint.rpartition(" ")
    halves = [signature[at : at + HALF] for at in range(0, len(signature), HALF)]
    return [f"日志检查点 {head}", *halves] if head else [f"日志检查点 {checkpoint}"]
