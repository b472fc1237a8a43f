"""Tests over every kind of paper, short and long: what to try them on, and its pages."""

from __future__ import annotations

from functools import cache

import pytest

from auditdesk.documents.content import Letter, Sheet
from paper_kinds import LENGTHS, content, kinds, pdf
from paper_measures import pages_of as measured
from paper_measures import rows_of

PAPERS = [(kind, length) for kind in kinds() for length in LENGTHS]
LETTERS = [paper for paper in PAPERS if isinstance(content(*paper), Letter)]
DOCUMENTS = [paper for paper in LETTERS if content(*paper).form == "letter"]
CORRESPONDENCE = [paper for paper in LETTERS if content(*paper).form == "correspondence"]
SHEETS = [paper for paper in PAPERS if isinstance(content(*paper), Sheet)]


def named(paper):
    return f"{paper[0]}-{paper[1]}"


every_paper = pytest.mark.parametrize("paper", PAPERS, ids=named)
every_letter = pytest.mark.parametrize("paper", LETTERS, ids=named)
every_document = pytest.mark.parametrize("paper", DOCUMENTS, ids=named)
every_correspondence = pytest.mark.parametrize("paper", CORRESPONDENCE, ids=named)
every_sheet = pytest.mark.parametrize("paper", SHEETS, ids=named)


@cache
def pages_of(paper):
    return measured(pdf(*paper))


@cache
def lines_of(paper, size=16.0):
    """By page the lines of text of one size: (distance of the baseline from the top, chars)."""
    return [rows_of(page, size) for page in pages_of(paper)]
