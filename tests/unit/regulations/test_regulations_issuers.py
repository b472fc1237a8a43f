"""Which body speaks in a letter, and in which of the two forms."""

from __future__ import annotations

from collections import defaultdict

import pytest

from auditdesk.regulations.templates import fill_template
from auditdesk.util.faults import UnusableInputError
from paper_kinds import kinds, library, subject
from paper_subjects import filled_paper

CITY = "济南市发展和改革委员会"
TOWN = next(kind for kind in kinds() if kind.id == "town_opinion")
WORDS = "title = 't'\nparagraphs = [{ text = 'x' }]\n"


def filled(kind, **data):
    return filled_paper(library(), subject(kind, **data), kind.id)


def letters():
    return {kind: letter for kind in kinds() if hasattr(letter := filled(kind), "form")}


def test_decisions_and_what_is_filed_formally_are_documents_all_else_is_correspondence():
    forms = defaultdict(set)
    for kind, letter in letters().items():
        forms[letter.form].add(kind.id)
    decided = {"approval", "refusal", "revocation"}
    formally = {"recommendation", "first_opinion"}  # 以正式文件报送 (22号 一(二)2, 二(二)2)
    assert forms["letter"] == decided | formally
    assert len(letters()) == 33
    assert not forms["letter"] & forms["correspondence"]


def test_others_than_the_office_speak_in_five_kinds():
    others = {str(kind): letter.issuer for kind, letter in letters().items() if letter.issuer}
    assert others == {
        "land_entry-town_opinion": "济南市章丘区相公庄街道办事处",
        "building_certification-publicity_notice": CITY,
        "building_certification-certificate": CITY,
        "building_certification-reserve_certificate": CITY,
        "building_certification-revocation": CITY,
    }


def test_the_town_s_opinion_is_its_government_s_where_it_is_a_town():
    assert filled(TOWN, town="刁镇").issuer == "济南市章丘区刁镇人民政府"


def test_without_a_town_nobody_can_speak_for_it():
    with pytest.raises(UnusableInputError) as caught:
        filled(TOWN, town="")
    assert "镇（街道）" in caught.value.message.zh


@pytest.mark.parametrize("issuer", ["", "issuer = '济南市{town}'"])
@pytest.mark.parametrize("form", ["letter", "correspondence"])
def test_an_office_words_form_and_issuer_as_it_likes(form, issuer):
    letter = fill_template("t", f"form = '{form}'\n{issuer}\n{WORDS}", subject(TOWN))
    assert letter.form == form
    assert letter.issuer == ("济南市相公庄街道" if issuer else None)


@pytest.mark.parametrize(
    "broken",
    [
        "form = 'fax'",
        "form = 'correspondence'\nissuer = ''",
        "form = 'letter'\nissuer = 7",
        "form = 'letter'\nissuer = '{moon}'",
        "form = 'letter'\nissuer = '{town:shout}'",
    ],
)
def test_a_broken_form_or_issuer_is_a_clear_refusal(broken):
    with pytest.raises(UnusableInputError, match="template is broken"):
        fill_template("broken.toml", f"{broken}\n{WORDS}", subject(TOWN))


def test_a_form_in_form_style_has_no_issuer():
    text = "form = 'sheet'\ntitle = 't'\nfacts = []\nissuer = 'x'"
    with pytest.raises(UnusableInputError, match="issuer"):
        fill_template("broken.toml", text, subject(TOWN))
