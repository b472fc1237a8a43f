"""Templates are checked without a case: what they name has to be there, and is said where not."""

from __future__ import annotations

import pytest

from auditdesk.regulations.packs import PackError
from auditdesk.regulations.standing import Standing, standing_on
from auditdesk.regulations.template_check import check_template
from paper_kinds import kinds
from paper_subjects import ISSUED_ON

LETTER = 'form = "letter"\ntitle = "t"\nparagraphs = [{ text = "x" }]\n'
SHEET = 'form = "sheet"\ntitle = "t"\nfacts = []\n'


@pytest.fixture
def checked(library):
    def made(text, case_type="land_entry", standing=None):
        standing = standing or standing_on(library, ISSUED_ON)
        return check_template(library.law(case_type), "own.toml", text, standing)

    return made


@pytest.mark.parametrize("kind", kinds(), ids=str)
def test_every_shipped_template_names_what_there_is(library, checked, kind):
    template = library.law(kind.case_type).case_type.document(kind.id).template
    checked(library.template(kind.case_type, template), kind.case_type)


# ruff: noqa: E501 – a table reads best a row a line
REFUSED = [
    ("no TOML", "form = ", "-", ""),
    ("an unknown key", LETTER + "colour = 'red'", "colour", ""),
    ("no such field", LETTER.replace('"t"', '"{moon}"'), "title {moon}", "no such value"),
    ("no such value of the office", LETTER.replace('"x"', '"{office.moon}"'), "paragraphs[0] {office.moon}", "no such value"),
    ("no such computed value", LETTER.replace('"x"', '"{computed.moon}"'), "{computed.moon}", "no such value"),
    ("no such way of writing", LETTER.replace('"x"', '"{land_use:shout}"'), "{land_use:shout}", "no such way"),
    ("no such regulation", LETTER.replace('"x"', '"{law.moon}"'), "{moon}", "no such regulation"),
    ("no such article", LETTER.replace('"x"', '"{article.jinan-land-2021 99}"'), "{jinan-land-2021 99}", "no such article"),
    ("one of two articles", LETTER.replace('"x"', '"{article.jinan-land-2021 24 99}"'), "{jinan-land-2021 99}", "no such article"),
    ("another case type's regulation, misspelt", LETTER.replace('"x"', '"{law.jinan-land-2012}"'), "{jinan-land-2012}", "no such regulation"),
    ("no such figure", LETTER.replace('"x"', '"{figure.moon}"'), "{figure.moon}", "no such figure"),
    ("no such phrase", LETTER.replace('"x"', '"{phrase.moon}"'), "{phrase.moon}", "no such phrase"),
    ("a shared phrase wants one of the template", LETTER.replace('"x"', '"{phrase.remedies}"'), "{phrase.this}", "no such phrase"),
    ("a phrase of itself", LETTER.replace('"x"', '"{phrase.a}"') + '[[phrases]]\nid = "a"\ntext = "{phrase.a}"\n', "{phrase.a}", "too deep"),
    ("no such list", LETTER.replace('text = "x"', 'text = "x", given = ["list.moon"]'), "{list.moon}", "no such value"),
    ("given what there is not", LETTER.replace('text = "x"', 'text = "x", given = ["moon"]'), "paragraphs[0] {moon}", "no such value"),
    ("a condition on no field", LETTER.replace('text = "x"', 'text = "x", when = { equals = { moon = ["full"] } }'), "paragraphs[0] when", "no field moon"),
    ("in force what is no law", LETTER.replace('text = "x"', 'text = "x", in_force = "jinan-land-2021 99"'), "no such article", ""),
    ("out of force what is no law", LETTER.replace('text = "x"', 'text = "x", out_of_force = ["jinan-land-2021", "moon"]'), "{moon}", "no such regulation"),
    ("a basis that is none", LETTER + 'basis = ["jinan-land-2021 99"]', "{jinan-land-2021 99}", "no such article"),
    ("a basis that is none, in some cases", LETTER + 'basis = [{ source = "jinan-land-2021 99", given = ["case.no"] }]', "{jinan-land-2021 99}", "no such article"),
    ("a basis that is not named", LETTER.replace('"x"', '"依据{law.basis}"'), "{law.basis}", "names no basis"),
    ("a basis that is not named, by a phrase", LETTER.replace('"x"', '"{phrase.basis}"'), "{law.basis}", "names no basis"),
    ("neither text nor list", LETTER.replace('text = "x"', 'kind = "list"'), "paragraphs[0]", "either a text or a list"),
    ("a text and a list", LETTER.replace('text = "x"', 'text = "x", each = "lacking"'), "paragraphs[0]", "either a text or a list"),
    ("an attachment of nothing", LETTER + 'attachments = [{ text = "{moon}" }]', "attachments[0] {moon}", "no such value"),
    ("a copy to nobody", LETTER + 'copies_to = ["{moon}"]', "copies_to[0] {moon}", "no such value"),
    ("no such form", LETTER.replace('"letter"', '"fax"'), "form", "letter"),
    ("an issuer that is nobody", LETTER + 'issuer = ""', "issuer", ""),
    ("an issuer of no field", LETTER + 'issuer = "{moon:authority}"', "issuer {moon}", "no such value"),
    ("an issuer of a form", SHEET + 'issuer = "x"', "issuer", ""),
    ("a fact that is none", SHEET.replace("[]", '["moon"]'), "facts {moon}", "no such value"),
    ("a fact left out that is none", SHEET + 'only_if_given = ["moon"]', "facts {moon}", "no such value"),
    ("a table of nothing", SHEET + 'tables = [{ title = "t", source = "moon" }]', "tables[0]", "no source moon"),
    ("a table of a field that is none", SHEET + 'tables = [{ title = "t", source = "data.applicant_name" }]', "tables[0]", "is no table"),
    ("a sum of names", SHEET + 'tables = [{ title = "t", source = "data.income_distribution", totals = ["recipient"] }]', "tables[0]", "no column of numbers"),
    ("a note on nothing", SHEET + 'notes = [{ text = "{moon}" }]', "notes[0] {moon}", "no such value"),
]  # fmt: skip


@pytest.mark.parametrize("refused", REFUSED, ids=lambda r: r[0])
def test_what_is_not_there_is_refused_by_file_and_place(checked, refused):
    _, text, place, reason = refused
    with pytest.raises(PackError) as caught:
        checked(text)
    assert caught.value.file == "own.toml"
    assert place in str(caught.value)
    assert reason in str(caught.value)


def test_law_that_is_not_at_hand_is_no_fault_of_the_template(checked, library):
    """The remedies' law may be missing: the paper says so on the day, the template stays."""
    text = (
        LETTER.replace('"x"', '"{phrase.remedies}"') + '[[phrases]]\nid = "this"\ntext = "本书"\n'
    )
    standing = standing_on(library, ISSUED_ON)
    checked(text)
    checked(text, standing=Standing(standing.phrases, names=standing.names))
