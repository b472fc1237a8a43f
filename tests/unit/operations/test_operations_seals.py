"""The office's own seal: checked, kept, on papers, across edges; never in a sample."""

from __future__ import annotations

import io
import itertools
from contextlib import closing

import pdfplumber
import pytest
from PIL import Image, ImageDraw

from auditdesk.operations import documents, offices, seals
from auditdesk.util.faults import RefusedError, UnusableInputError
from desk_samples import to_approval

MM = 72 / 25.4


def seal(size=(400, 400), ground=(0, 0, 0, 0), form="PNG"):
    image = Image.new("RGBA", size, ground)
    circle = (4, 4, size[0] - 5, size[1] - 5)
    ImageDraw.Draw(image).ellipse(circle, outline=(220, 0, 0, 255), width=9)
    target = io.BytesIO()
    (image if form == "PNG" else image.convert("RGB")).save(target, form)
    return target.getvalue()


def images_of(pdf):
    with pdfplumber.open(io.BytesIO(pdf)) as opened:
        return [page.images for page in opened.pages]


def test_papers_carry_the_seal_from_then_on(at_desk, entered):
    no = to_approval(at_desk, entered()).no
    desk = at_desk("admin")
    assert not any(images_of(documents.preview(desk, no, "approval")))
    assert seals.put_seal(desk, seal()).settings
    (entry, *_) = desk.office.journal.page(None, 1)
    assert entry.kind == "settings.change"
    *before, last = images_of(documents.preview(desk, no, "approval"))
    assert not any(before)
    (image,) = last
    assert image["width"] == pytest.approx(42 * MM, abs=0.1)
    seals.remove_seal(desk)
    assert not any(images_of(documents.preview(desk, no, "approval")))


def test_it_goes_across_the_edges_of_several_pages_if_wanted(at_desk, entered):
    no = to_approval(at_desk, entered()).no
    desk = at_desk("admin")
    seals.put_seal(desk, seal())
    seals.put_across(desk, across=True)
    pages = images_of(documents.preview(desk, no, "approval"))
    assert len(pages) >= 2
    assert [len(page) for page in pages] == [1] * (len(pages) - 1) + [2]
    lefts = [page[-1]["x0"] for page in pages]
    steps = [after - before for before, after in itertools.pairwise(lefts)]
    assert steps == pytest.approx([-42 * MM / len(pages)] * len(steps), abs=0.1)
    seals.put_across(desk, across=False)
    assert not images_of(documents.preview(desk, no, "approval"))[0]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "PNG"),
        (b"\x89PNG\r\n\x1a\nbroken", "PNG"),
        (seal(form="JPEG"), "PNG"),
        (seal((400, 300)), "正方形"),
        (seal((100, 100)), "正方形"),
        (seal(ground=(255, 255, 255, 255)), "透明"),
        (seal() + bytes(500_000), "400 KB"),
    ],
    ids=["empty", "broken", "jpeg", "oblong", "coarse", "opaque", "large"],
)
def test_an_image_that_would_spoil_a_paper_is_refused(at_desk, content, said):
    desk = at_desk("admin")
    with pytest.raises(UnusableInputError) as caught:
        seals.put_seal(desk, content)
    assert said in caught.value.message.zh
    assert seals.seal_of(desk.profile) is None


def test_only_an_administrator_puts_it_in(at_desk):
    for name in ("li", "wang"):
        for act in (lambda d: seals.put_seal(d, seal()), seals.remove_seal):
            with pytest.raises(RefusedError):
                act(at_desk(name))


def test_a_sample_office_has_none(tmp_path, surroundings):
    new = offices.NewOffice("样例", "370114", "admin", "管理员", "Mima-12345", sample=True)
    offices.create(tmp_path / "sample", new, surroundings)
    with (
        closing(offices.sign_in(tmp_path / "sample", "admin", "Mima-12345", surroundings)) as desk,
        pytest.raises(RefusedError, match="sample"),
    ):
        seals.put_seal(desk, seal())
