"""Papers in another body's name: its red head, its signatory, and never the office's seal."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from datetime import date

import pikepdf
import pytest

from auditdesk.operations import documents, seals
from auditdesk.operations.documents import SigningKey
from auditdesk.operations.layouts import Marks, content_of
from auditdesk.operations.settings import put_settings
from auditdesk.operations.verification import verify_bytes
from auditdesk.regulations.templates import FilledLetter
from case_bases import enter, hand_on, lead, whole_case
from desk_samples import PASSWORD
from paper_kinds import profile
from paper_measures import pages_of, red_head, rows_of, text_of
from paper_samples import seal

KEY = SigningKey(PASSWORD)
OWN = "济南市章丘区人民政府"
TOWN = "济南市章丘区相公庄街道办事处"
CITY = "济南市发展和改革委员会"
MARKS = Marks(signers=("clerk",), issued_on=date(2022, 3, 18), number="章政〔2022〕1号")


def letter(form, issuer, **settings):
    words = FilledLetter(form, "通知", issuer, None, (("body", "正文。"),), (), "", ())
    office = profile()
    return content_of(replace(office, settings=office.settings | settings), words, MARKS)


@pytest.mark.parametrize(
    ("form", "issuer", "head", "signatory", "printed_by"),
    [
        ("letter", None, f"{OWN}文件", OWN, "济南市章丘区集体土地审查处"),
        ("letter", TOWN, f"{TOWN}文件", TOWN, TOWN),
        ("correspondence", None, OWN, OWN, ""),
        ("correspondence", TOWN, TOWN, TOWN, ""),
        ("correspondence", f" {OWN} ", OWN, OWN, ""),
        ("correspondence", "　", OWN, OWN, ""),
    ],
)
def test_red_head_and_signatory_are_the_speaker_s(form, issuer, head, signatory, printed_by):
    made = letter(form, issuer)
    assert (made.form, made.office_mark, made.signatory) == (form, head, signatory)
    assert made.printed_by == printed_by
    assert letter(form, issuer, seal_across="yes").seal_across == (signatory == OWN)


def test_an_office_without_settings_speaks_under_its_name():
    made = letter("correspondence", None, office_mark="", signatory="")
    assert (made.office_mark, made.signatory) == ("济南市章丘区集体土地审查处",) * 2


def test_the_head_of_correspondence_is_never_empty():
    assert letter("correspondence", None, office_mark="文件").office_mark == OWN


@pytest.fixture
def sealed(at_desk):
    """An office with a seal that also goes across the edges of several pages."""
    desk = at_desk("admin")
    seals.put_seal(desk, seal((400, 400)))
    seals.put_across(desk, across=True)


def images_of(pdf):
    return [len(page.images) for page in pages_of(pdf)]


def shown(pdf):
    """Red head and the lines of the last page."""
    pages = pages_of(pdf)
    return text_of(red_head(pages[0])[2]), [text_of(chars) for _, chars in rows_of(pages[-1])]


def town_opinion(at_desk):
    view = enter(at_desk, whole_case("land_entry", "agreement"))
    return lead(at_desk, view, "district_review").no


def test_the_office_s_seal_is_never_printed_on_another_body_s_paper(at_desk, sealed):
    no = town_opinion(at_desk)
    pdf = documents.preview(at_desk("li"), no, "town_opinion")
    head, lines = shown(pdf)
    assert head == TOWN
    assert TOWN in lines
    assert len(images_of(pdf)) > 1, "a paper across whose edges the seal would go"
    assert not any(images_of(pdf)), "the place of the seal stays blank for ink"
    own = documents.preview(at_desk("li"), no, "acceptance_notice")
    assert shown(own)[0] == OWN
    assert any(images_of(own))


def test_the_seal_is_printed_where_the_office_is_that_body(at_desk, sealed):
    no = town_opinion(at_desk)
    put_settings(at_desk("admin"), {"office_mark": f"{TOWN}文件", "signatory": TOWN})
    pdf = documents.preview(at_desk("li"), no, "town_opinion")
    assert shown(pdf)[0] == TOWN
    assert all(images_of(pdf))


@pytest.mark.parametrize(
    ("kind", "stage"), [("publicity_notice", "publicity"), ("certificate", "certified")]
)
def test_what_the_city_says_of_buildings_carries_no_seal_of_the_district(
    at_desk, sealed, kind, stage
):
    view = lead(at_desk, enter(at_desk, whole_case("building_certification", "certified")), stage)
    pdf = documents.preview(at_desk("li"), view.no, kind)
    assert shown(pdf)[0] == CITY
    assert CITY in shown(pdf)[1]
    assert not any(images_of(pdf))


def test_the_issued_paper_of_another_body_has_the_office_s_number_and_verifies(at_desk, sealed):
    no = town_opinion(at_desk)
    documents.certify(at_desk("li"), no, "town_opinion", KEY)
    made, pdf, _ = documents.countersign(at_desk("wang"), no, "town_opinion", KEY)
    assert made.number == "章政土初〔2026〕1号"
    assert not any(images_of(pdf))
    found = verify_bytes(pdf, at_desk("li"))
    assert found.verification.problems == ()
    assert found.good
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        inside = json.loads(opened.attachments["document.json"].get_file().read_bytes())
    assert inside["form"] == "correspondence"
    assert (inside["issuer"], inside["office"]) == (TOWN, "章丘区集体土地审查处")


def test_an_only_page_of_correspondence_verifies_with_code_and_checkpoint_under_the_rule(at_desk):
    entered = enter(at_desk, whole_case("reservoir_project", "small"))
    view = hand_on(at_desk("li"), entered)
    made, pdf, _ = documents.certify(at_desk("li"), view.no, "acceptance_notice", KEY)
    assert made.state == "issued"
    assert len(pages_of(pdf)) == 1
    found = verify_bytes(pdf, at_desk("li"))
    assert (found.good, found.kept) == (True, True)
    assert "核验码" in pages_of(pdf)[0].extract_text()
