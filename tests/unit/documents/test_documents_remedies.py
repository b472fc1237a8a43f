"""What a refusal tells of remedies, read from the finished PDF."""

from __future__ import annotations

import re

import pypdfium2
import pytest

from paper_kinds import content, filled, kinds, pdf

TELLING = {"refusal", "no_recommendation", "revocation", "levy_notice"}
REMEDIES = [kind for kind in kinds() if kind.id in TELLING]
# The city's commission revokes: another court hears that than what the office decides.
OFFICE = [kind for kind in REMEDIES if kind.id != "revocation"]


def written(kind):
    """A letter's words as a reader copies them, without lines, pages, and the head of the first."""
    found, letter = pypdfium2.PdfDocument(pdf(kind)), content(kind)
    text = "".join("".join(page.get_textpage().get_text_range() for page in found).split())
    text = text.replace(f"{letter.office_mark}{letter.number}{letter.title}", "")
    return re.sub(r"—\d+—", "", text)


@pytest.mark.parametrize("kind", OFFICE, ids=str)
def test_a_refusal_names_who_reviews_it_and_which_court_hears_it(kind):
    told = written(kind)
    assert "六十日内依法向济南市人民政府申请行政复议" in told
    assert "六个月内依法向济南市中级人民法院提起行政诉讼" in told


def test_a_revocation_by_the_city_names_the_citys_own_reviewer_and_no_court_of_the_offices():
    (kind,) = set(REMEDIES) - set(OFFICE)
    assert content(kind).signatory == "济南市发展和改革委员会"
    told = written(kind)
    assert "六十日内依法向济南市人民政府申请行政复议" in told
    assert "六个月内依法向有管辖权的人民法院提起行政诉讼" in told


@pytest.mark.parametrize("kind", OFFICE, ids=str)
def test_where_the_settings_do_not_name_them_a_refusal_still_tells_the_remedies(kind):
    told = "".join(text for _, text in filled(kind, unnamed=True).paragraphs)
    assert "六十日内依法向行政复议机关申请行政复议" in told
    assert "六个月内依法向有管辖权的人民法院提起行政诉讼" in told


def test_every_case_type_has_a_paper_that_tells_the_remedies():
    assert len(REMEDIES) == 8
    assert {kind.case_type for kind in REMEDIES} == {kind.case_type for kind in kinds()}
