"""Scans drawn for the screen: the right part, turned the right way, in a process of its own."""

from __future__ import annotations

import io
import os
import zlib

import pikepdf
import pytest
from PIL import Image

from auditdesk.documents.drawer import MEMORY, SECONDS, Drawer, View
from auditdesk.util.confined import Limits
from auditdesk.util.faults import UnusableInputError
from scan_samples import HONEST, HOSTILE, head_of, leaves, pdf_of, picture, png_of, saved

RED, GREEN, BLUE, GREY = (255, 0, 0), (0, 255, 0), (0, 0, 255), (128, 128, 128)
WIDE, HIGH = 400, 200
# the quarters of a page, clockwise from its left upper one
QUARTERS = (RED, GREEN, BLUE, GREY)


def quartered():
    made = Image.new("RGB", (WIDE, HIGH))
    for colour, place in zip(QUARTERS, ((0, 0), (1, 0), (1, 1), (0, 1)), strict=True):
        left, top = place[0] * WIDE // 2, place[1] * HIGH // 2
        made.paste(colour, (left, top, left + WIDE // 2, top + HIGH // 2))
    return made


def as_file(kind, **how):
    target = io.BytesIO()
    quartered().save(target, kind, **how)
    return target.getvalue()


def as_pdf():
    pdf = pikepdf.new()
    page = pdf.add_blank_page(page_size=(WIDE * 0.75, HIGH * 0.75))
    half = (WIDE * 0.375, HIGH * 0.375)
    fills = zip(QUARTERS, ((0, 1), (1, 1), (1, 0), (0, 0)), strict=True)
    page.Contents = pikepdf.Stream(
        pdf,
        b"".join(
            b"%f %f %f rg %f %f %f %f re f "
            % (*(part / 255 for part in colour), x * half[0], y * half[1], *half)
            for colour, (x, y) in fills
        ),
    )
    return saved(pdf)


KINDS = {
    "pdf": as_pdf(),
    "png": as_file("PNG"),
    "jpeg": as_file("JPEG", quality=95),
    "tiff": as_file("TIFF", compression="tiff_lzw"),
}


def image(drawn):
    return Image.frombytes("RGB", (drawn.width, drawn.height), drawn.rows)


def whole(drawer, page=0, turn=0, scale=1.0):
    width, height = drawer.sizes[page]
    if turn % 180:
        width, height = height, width
    wide, high = round(width * scale), round(height * scale)
    return image(drawer.draw(View(page, turn, wide, high, 0, 0, wide, high)))


def near(found, wanted):
    return all(abs(a - b) < 12 for a, b in zip(found, wanted, strict=True))


def corners(drawn):
    """The colours of the four quarters, clockwise from the left upper one."""
    x, y = drawn.width // 4, drawn.height // 4
    return [drawn.getpixel(p) for p in ((x, y), (3 * x, y), (3 * x, 3 * y), (x, 3 * y))]


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
@pytest.mark.parametrize("kind", KINDS)
def test_a_page_is_drawn_turned(kind, turn):
    with Drawer(KINDS[kind]) as drawer:
        assert drawer.sizes == ((WIDE, HIGH),)
        drawn = whole(drawer, turn=turn, scale=0.5)
    assert drawn.size == ((100, 200) if turn % 180 else (200, 100))
    steps = turn // 90
    wanted = QUARTERS[-steps:] + QUARTERS[:-steps] if steps else QUARTERS
    assert all(map(near, corners(drawn), wanted)), corners(drawn)


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
@pytest.mark.parametrize("kind", KINDS)
def test_a_part_of_a_page_is_what_the_whole_shows_there(kind, turn):
    with Drawer(KINDS[kind]) as drawer:
        all_of_it = whole(drawer, turn=turn, scale=2)
        left, top, across, down = 130, 90, 140, 80
        view = View(0, turn, *all_of_it.size, left, top, across, down)
        part = image(drawer.draw(view))
    same = all_of_it.crop((left, top, left + across, top + down))
    assert part.size == (across, down)
    for place in ((5, 5), (130, 5), (130, 70), (5, 70), (70, 5)):
        assert near(part.getpixel(place), same.getpixel(place)), place


def test_what_a_camera_noted_of_its_turn_is_heeded():
    noted = Image.Exif()
    noted[274] = 6  # to be turned clockwise
    with Drawer(as_file("JPEG", quality=95, exif=noted)) as drawer:
        assert drawer.sizes == ((HIGH, WIDE),)
        drawn = whole(drawer)
        again = whole(drawer, turn=90)
    assert all(map(near, corners(drawn), (GREY, RED, GREEN, BLUE)))
    assert all(map(near, corners(again), (BLUE, GREY, RED, GREEN)))


@pytest.mark.parametrize("name", HONEST)
def test_every_honest_scan_is_shown_to_its_last_page(name):
    content, _, pages = HONEST[name]
    with Drawer(content) as drawer:
        assert len(drawer.sizes) == pages
        assert whole(drawer, pages - 1, scale=0.5).size[0] > 0


def test_pages_differ():
    with Drawer(leaves(3)) as drawer:
        assert [whole(drawer, page).getpixel((5, 5)) for page in (2, 0, 1)] == [
            (2, 9, 9),
            (0, 9, 9),
            (1, 9, 9),
        ]


@pytest.mark.parametrize(
    ("mode", "made", "shown"),
    [
        ("RGBA", (255, 0, 0, 0), (255, 255, 255)),
        ("RGBA", (255, 0, 0, 255), RED),
        ("LA", (0, 0), (255, 255, 255)),
        ("1", 1, (255, 255, 255)),
        ("L", 128, GREY),
        ("I;16", 128 * 256, GREY),
    ],
)
def test_every_mode_is_shown_on_white_in_eight_bits(mode, made, shown):
    target = io.BytesIO()
    Image.new(mode, (20, 20), made).save(target, "PNG")
    with Drawer(target.getvalue()) as drawer:
        assert near(whole(drawer).getpixel((9, 9)), shown)


def test_a_page_of_a_signature_field_shows_it():
    """What forms and stamps draw is part of the page."""
    pdf = pikepdf.new()
    page = pdf.add_blank_page(page_size=(150, 75))
    look = pikepdf.Stream(pdf, b"1 0 0 rg 0 0 100 50 re f")
    look.Type, look.Subtype = pikepdf.Name.XObject, pikepdf.Name.Form
    look.BBox = [0, 0, 100, 50]
    field = pdf.make_indirect(
        pikepdf.Dictionary(
            Type=pikepdf.Name.Annot,
            Subtype=pikepdf.Name.Widget,
            FT=pikepdf.Name.Sig,
            T="clerk",
            Rect=[0, 0, 100, 50],
            F=4,
            AP=pikepdf.Dictionary(N=look),
        )
    )
    page.Annots = pdf.make_indirect(pikepdf.Array([field]))
    pdf.Root.AcroForm = pikepdf.Dictionary(Fields=[field], SigFlags=3)
    with Drawer(saved(pdf)) as drawer:
        drawn = whole(drawer)
    assert near(drawn.getpixel((20, drawn.height - 20)), RED)


# ------------------------------------------------------------------------- what goes wrong

NOT_SHOWN = ("text", "a program", "the head of a jpeg", "the head of a tiff", "a pdf of noise")


@pytest.mark.parametrize("name", NOT_SHOWN)
def test_what_cannot_be_shown_is_told(name):
    with pytest.raises(UnusableInputError) as told:
        Drawer(HOSTILE[name][0])
    assert "。" in told.value.message.zh


@pytest.mark.parametrize(
    "view",
    [
        View(1, 0, 40, 60, 0, 0, 40, 60),
        View(-1, 0, 40, 60, 0, 0, 40, 60),
        View(0, 0, 40, 60, -5, 0, 40, 60),
        View(0, 0, 40, 60, 0, 0, 41, 60),
        View(0, 0, 40, 60, 0, 0, 0, 0),
        View(0, 0, 90_000, 90_000, 0, 0, 90_000, 90_000),
    ],
)
def test_a_part_that_there_is_not_is_refused_and_the_next_is_drawn(view):
    with Drawer(picture()) as drawer:
        with pytest.raises(UnusableInputError, match="cannot be shown"):
            drawer.draw(view)
        assert whole(drawer).size == (40, 60)


def test_a_page_that_breaks_is_told_and_the_others_are_drawn():
    content = picture(size=(500, 500))
    broken = content[:3000] + bytes(len(content) - 3000)
    with Drawer(broken) as drawer, pytest.raises(UnusableInputError, match="damaged"):
        whole(drawer)


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such limit")
def test_a_picture_that_takes_too_much_memory_is_told_and_kills_nothing():
    large = png_of(head_of(12_000, 12_000), zlib.compress(bytes(12_001 * 12_000), 1))
    small = Limits(120 * 2**20, SECONDS)
    with Drawer(large, small) as drawer, pytest.raises(UnusableInputError, match="memory"):
        whole(drawer, scale=0.01)
    with Drawer(large) as drawer:
        assert whole(drawer, scale=0.01).size == (120, 120)


def test_an_answer_that_takes_too_long_ends_the_process():
    with Drawer(pdf_of()) as drawer:
        drawer._seconds = 0.0
        with pytest.raises(UnusableInputError, match="memory or time"):
            # the watch ends the process, sooner or later
            [whole(drawer) for _ in iter(int, 1)]


def test_a_process_that_was_killed_is_told_and_closes_twice():
    drawer = Drawer(pdf_of(), Limits(MEMORY, SECONDS))
    drawer._process.kill()
    drawer._process.wait()
    with pytest.raises(UnusableInputError):
        whole(drawer)
    drawer.close()
    drawer.close()
    assert drawer._process.returncode is not None
