"""Papers laid out by a second process, and many of them in one file to print."""

from __future__ import annotations

import io
import os
import signal
from dataclasses import replace

import pikepdf
import pytest

from auditdesk.documents.issuing import Draft, prepared, print_file, render
from auditdesk.documents.preview import page_count, render_page
from auditdesk.documents.workshop import Workshop, finished
from auditdesk.util.faults import UnusableInputError
from auditdesk.util.paths import shipped
from paper_samples import INFO, LETTER, SHEET, embedded, fonts

DRAFT = Draft(LETTER, INFO, embedded())
ODD = replace(DRAFT, content=replace(LETTER, signatory="某某🏢局"))
FONTS = shipped("resources") / "fonts"


def test_the_second_process_makes_the_very_same_bytes():
    with Workshop(FONTS) as workshop:
        assert finished(workshop.prepare(DRAFT)) == prepared(DRAFT, fonts())


def test_what_is_wrong_with_a_paper_comes_back_as_a_sentence_and_the_next_is_made():
    with Workshop(FONTS) as workshop:
        odd, whole = workshop.prepare(ODD), workshop.prepare(DRAFT)
        with pytest.raises(UnusableInputError) as caught:
            finished(odd)
        assert "🏢" in caught.value.text("zh")
        assert "U+1F3E2" in caught.value.text("en")
        assert finished(whole) == prepared(DRAFT, fonts())


def test_a_process_that_ended_is_noticed():
    with Workshop(FONTS) as workshop:
        assert finished(workshop.prepare(DRAFT)) is not None
        (process,) = workshop._pool._processes.values()
        process.kill()
        process.join()
        pages = workshop.prepare(DRAFT)
        assert pages is None or finished(pages) is None


def test_an_interrupt_is_left_to_the_first_process():
    """Ctrl+C reaches both; the first one ends the work in good order."""
    with Workshop(FONTS) as workshop:
        assert finished(workshop.prepare(DRAFT)) is not None
        (process,) = workshop._pool._processes.values()
        os.kill(process.pid, signal.SIGINT)
        assert finished(workshop.prepare(DRAFT)) is not None
        assert process.is_alive()


def test_in_a_file_to_print_every_page_looks_as_in_its_own_paper():
    """Words that stand in several papers are set once, and stand in each at its own place."""
    papers = (LETTER, replace(LETTER, title="批复", paragraphs=LETTER.paragraphs[1:]), SHEET)
    whole = print_file(papers, fonts(), "批复")
    at = 0
    for paper in papers:
        own = render(paper, fonts())
        count = page_count(own)
        for index in range(count):
            assert render_page(whole, at + index, 72) == render_page(own, index, 72)
        at += count + count % 2
    assert at == page_count(whole)


def test_a_file_to_print_holds_every_paper_on_sheets_of_its_own():
    papers = [LETTER, SHEET, replace(LETTER, paragraphs=(), attachments_note=())]
    whole = print_file(papers, fonts(), "批复")
    with pikepdf.open(io.BytesIO(whole)) as found:
        count = len(found.pages)
        faces = {str(f.BaseFont) for p in found.pages for f in p.Resources.Font.values()}
        assert "/Dests" not in found.Root
    each = []
    for content in papers:
        with pikepdf.open(io.BytesIO(render(content, fonts()))) as found:
            each.append(len(found.pages))
    assert count == sum(pages + pages % 2 for pages in each)
    assert any(pages % 2 for pages in each)
    assert len(whole) < 3 * len(render(LETTER, fonts()))
    assert all("+" in face for face in faces)
