"""A list of alterations of a paper that an office really issued; each is refused, and why.

The first are those of somebody without keys. The others are of people who have the keys of both
signers and sign a doctored paper with them: there it is the paper itself that gives them away.
"""

from __future__ import annotations

import io
import json
import re
from dataclasses import replace
from datetime import datetime, timedelta

import pikepdf
import pytest
from cryptography.x509 import load_der_x509_certificate
from pyhanko.sign.fields import MDPPerm

from alteration_samples import BETWEEN, WITHOUT_KEYS, revisions
from auditdesk.documents.archive import save
from auditdesk.documents.authority import PersonName, create_authority, issue_certificate
from auditdesk.documents.pades import PaperWriter, sign_field
from auditdesk.documents.papercode import code_of, read_code
from auditdesk.documents.revocation import RevocationList, Revoked, issuer_of, read_list
from auditdesk.documents.signing import SignatureText, certify, countersign, load_pkcs12
from auditdesk.documents.verify import verify
from auditdesk.operations import certificates, documents, offices
from auditdesk.operations.documents import SigningKey
from auditdesk.operations.verification import Given, verify_bytes
from auditdesk.util.clock import CHINA, FixedClock
from desk_samples import (  # noqa: F401 – fixtures are found by their names
    CHEAP,
    PASSWORD,
    at_desk,
    entered,
    office_folder,
    office_template,
    plan,
    shipped_law,
    surroundings,
    to_approval,
)
from doctoring_samples import (
    BUILT,
    blank_first_page,
    both,
    code_saying,
    drop_page,
    fact,
    inside,
    value,
    without,
)
from page_reading import codes_of
from paper_samples import fonts

OFFICE = "章丘区集体土地审查处"
AT = datetime(2026, 3, 2, 9, 30, tzinfo=CHINA)
KEPT = {}


@pytest.fixture
def issued(request, office_template, shipped_law):  # noqa: F811 – as above
    """An issued approval, the keys that signed it, and the office's root; made once."""
    if not KEPT:
        signer_desk, enter = request.getfixturevalue("at_desk"), request.getfixturevalue("entered")
        no = to_approval(signer_desk, enter()).no
        documents.certify(signer_desk("li"), no, "approval", SigningKey(PASSWORD))
        _, pdf, _ = documents.countersign(signer_desk("wang"), no, "approval", SigningKey(PASSWORD))
        desk = signer_desk("admin")
        KEPT["pdf"] = pdf
        KEPT["root"], KEPT["list"] = certificates.handed_out(desk)
        KEPT["authority"] = (desk.office.authority(), desk.office.authority_passphrase)
        for name in ("li", "wang"):
            KEPT[name] = desk.office.users.get(name).pkcs12
    return KEPT["pdf"]


def key(name, at=AT):
    return load_pkcs12(KEPT[name], PASSWORD, at=at)


def refused(pdf, sentence, lists=()):
    """The file is refused, and one of the sentences says this."""
    roots = (KEPT["root"],)
    found = verify(pdf, roots, lists=(read_list(KEPT["list"].encode(), roots), *lists))
    assert not found.good
    told = [problem.en for problem in found.problems]
    assert any(re.search(sentence, line) for line in told), told
    assert all(problem.zh and "Traceback" not in problem.zh for problem in found.problems)
    return found


def test_the_paper_as_it_was_issued_is_good(issued):
    found = verify(issued, (KEPT["root"],))
    assert (found.good, found.problems) == (True, ())
    assert [s.account for s in found.signatures] == ["li", "wang"]
    assert [len(s.path) for s in found.signatures] == [2, 2]
    assert any("up to" in remark.en for remark in found.remarks), "the list inside was read"
    with pikepdf.open(io.BytesIO(issued)) as pdf:
        inside = json.loads(pdf.attachments["document.json"].get_file().read_bytes())
    assert len(inside["figures"]) > 12
    assert {"入市价格", "镇（街道）"} & {f["name"] for f in inside["figures"]}


# ------------------------------------------------------------- without any key


@pytest.mark.parametrize("name", list(WITHOUT_KEYS))
def test_an_alteration_without_keys_is_refused(issued, name):
    alter, sentence = WITHOUT_KEYS[name]
    altered = alter(issued)
    assert altered != issued
    refused(altered, sentence)


# ------------------------------------------------------------- with both keys


def doctored(pdf, change):
    """The paper before it was signed, changed by its own makers."""
    with pikepdf.open(io.BytesIO(pdf[: revisions(pdf)[-3]])) as paper:
        change(paper)
        return save(paper)


def text_of(role, at=AT, name=None):
    person, shown = {"clerk": ("李晓彤", "经办人"), "supervisor": ("王建国", "审批人")}[role]
    return SignatureText(name or person, shown, at)


def signed(paper, clerk=None, supervisor=None, at=AT, names=(None, None)):
    """Both signatures, as real as any."""
    clerk, supervisor = clerk or key("li"), supervisor or key("wang")
    first = text_of("clerk", at, names[0])
    done = certify(paper, clerk, first, role="clerk", fonts=fonts())
    second = text_of("supervisor", at, names[1])
    return countersign(done, supervisor, second, role="supervisor", fonts=fonts())


SAYS = "but the data inside say"
UNPRINTED = "no page prints it"
DOCTORED = {
    "an amount in the data": (value("entry_price_yuan", "1.00"), SAYS),
    "an area in the data": (value("parcel_area_m2", "99999.99"), SAYS),
    "a date in the data": (value("vote_date", "2021-01-01"), SAYS),
    "a name in the data": (value("applicant_name", "别的合作社"), SAYS),
    "a value taken out of the data": (value("vote_total", None), SAYS),
    "the data, and no list of figures": (
        both(value("entry_price_yuan", "1.00"), fact("figures", [])),
        "code printed on the last page",
    ),
    "the report inside": (
        inside("check.json", lambda c: c.update(verdict="block")),
        "code printed on the last page",
    ),
    "a report of another day": (
        inside("check.json", lambda c: c.update(accepted_on="2020-01-01")),
        "not of one case",
    ),
    "the number": (fact("number", "章政土批〔2026〕999号"), UNPRINTED),
    "the title": (fact("title", "关于别的事的批复"), UNPRINTED),
    "the body that issues it": (fact("issuer", "济南市发展和改革委员会"), UNPRINTED),
    "the checkpoint": (fact("checkpoint", "7 " + "ab" * 32 + " " + "cd" * 64), UNPRINTED),
    "page one taken out": (drop_page, UNPRINTED),
    "page one emptied": (blank_first_page, UNPRINTED),
    "the case taken out": (without("case.json"), f"{SAYS}|code printed"),
}


@pytest.mark.parametrize("name", list(DOCTORED))
def test_a_doctored_paper_is_refused_although_both_signed_it(issued, name):
    change, sentence = DOCTORED[name]
    found = refused(signed(doctored(issued, change)), sentence)
    assert (found.intact, found.complete, found.trusted) == (True, True, True)
    assert not found.consistent


@pytest.mark.parametrize("name", list(BUILT))
def test_a_paper_with_more_than_a_paper_has_is_refused_although_both_signed_it(issued, name):
    change, sentence = BUILT[name]
    found = refused(signed(doctored(issued, change)), sentence)
    assert (found.intact, found.complete, found.trusted) == (True, True, True)
    assert not (found.clean and found.consistent)


def test_the_qr_code_of_another_document_is_told(issued):
    """The page really carries it: a reader takes it for the other document's."""
    own = verify(issued)
    other = code_of("章政土批〔2026〕7号", OFFICE, b"{}", b"{}")
    found = refused(signed(doctored(issued, code_saying(other.text))), "QR code on the last page")
    assert (found.intact, found.clean, found.consistent) == (True, True, False)
    exchanged = signed(doctored(issued, code_saying(other.text)))
    shown = [read_code(codes_of(pdf)[0]) for pdf in (issued, exchanged)]
    assert [code.number for code in shown] == [own.number, other.number]


@pytest.mark.parametrize("names", [("document.json",), ("case.json", "check.json")])
def test_a_paper_without_what_it_has_to_carry_is_refused(issued, names):
    """Also where it no longer says that it is one of this program's."""
    paper = signed(doctored(issued, without(*names)))
    found = refused(paper, "holds no document.json|files inside are not those")
    assert (found.intact, found.own) == (True, "document.json" not in names)
    if not found.own:
        unknown = verify(paper)
        assert unknown.good, "of a stranger's file the signatures alone are judged"
        assert "holds no document.json" in unknown.remarks[0].en


def test_a_first_signature_that_allows_more_is_refused(issued):
    """Both signatures by the library's own means: the first allows notes, or forbids nothing."""
    for allowed in (MDPPerm.ANNOTATE, None):
        paper = io.BytesIO(doctored(issued, lambda _: None))
        first = sign_field(
            PaperWriter(paper), key("li"), text_of("clerk"), "clerk", fonts(), allowed
        )
        second = text_of("supervisor")
        done = countersign(first, key("wang"), second, role="supervisor", fonts=fonts())
        found = refused(done, "does not forbid later changes")
        assert (found.intact, found.clean) == (True, False)


@pytest.mark.parametrize("name", list(BETWEEN))
def test_what_was_put_in_between_the_signatures_is_refused(issued, name):
    """Without any key: the supervisor signs what was changed behind the clerk's back."""
    changed = BETWEEN[name](issued[: revisions(issued)[-2]])
    second = text_of("supervisor")
    done = countersign(changed, key("wang"), second, role="supervisor", fonts=fonts())
    refused(done, "saved or added to besides being made and signed")


@pytest.mark.parametrize("other", [{"role": "审批人"}, {"name": "赵文博"}])
def test_a_stamp_that_shows_another_signer_is_refused(issued, other):
    """The signature is real, but what is seen of it says otherwise."""
    paper = PaperWriter(io.BytesIO(doctored(issued, lambda _: None)))
    shown = replace(text_of("clerk"), **other)
    first = sign_field(paper, key("li"), shown, "clerk", fonts(), MDPPerm.FILL_FORMS)
    second = text_of("supervisor")
    done = countersign(first, key("wang"), second, role="supervisor", fonts=fonts())
    refused(done, "visible stamp says otherwise")


def test_the_paper_signed_again_unchanged_is_good(issued):
    """Else the refusals above would mean nothing."""
    assert verify(signed(doctored(issued, lambda _: None)), (KEPT["root"],)).good


def certificate(name="li", role="clerk", *, at=AT, days=365, authority=None, secret=None):
    """A key with a certificate made behind the register's back."""
    own = KEPT["authority"]
    made = issue_certificate(
        authority or own[0],
        secret or own[1],
        person=PersonName(name=name, full_name="李晓彤", role=role, office=OFFICE),
        p12_passphrase=PASSWORD,
        at=at,
        days=days,
    )
    return load_pkcs12(made.p12, PASSWORD, at=at + timedelta(minutes=1))


def test_signers_that_may_not_sign_are_told(issued):
    paper = doctored(issued, lambda _: None)
    twin = create_authority(OFFICE, PASSWORD, at=AT - timedelta(days=9))
    forged = certificate(authority=twin, secret=PASSWORD)
    refused(signed(paper, clerk=forged), "not issued by a known authority")
    refused(signed(paper, clerk=certificate("wang", "supervisor")), "another role")
    refused(signed(paper, clerk=key("wang")), "different people")
    second_key = certificate("li", "supervisor")
    refused(signed(paper, supervisor=second_key), "different people")
    expired = certificate(at=AT - timedelta(days=30), days=10)
    refused(signed(paper, clerk=expired), "in force until")
    coming = certificate(at=AT + timedelta(days=30))
    refused(signed(paper, clerk=coming), "in force from")
    refused(signed(paper, names=("李晓彤", "赵文博")), "visible stamp says otherwise")


def revoked(name, since):
    serial = load_der_x509_certificate(key(name).certificate).serial_number
    entry = Revoked(serial, since, since + timedelta(days=1), "key_compromise")
    return RevocationList(issuer_of(KEPT["root"]), since + timedelta(days=1), 9, (entry,))


def test_a_signature_after_the_revocation_is_refused_one_before_stays_good(issued):
    after = revoked("wang", AT - timedelta(hours=1))
    found = refused(issued, "revoked as of 2026-03-02 08:30:00", (after,))
    assert [s.in_force for s in found.signatures] == [True, False]
    before = revoked("wang", AT + timedelta(hours=1))
    found = verify(issued, (KEPT["root"],), lists=(before,))
    assert found.good
    assert any("stays good" in remark.en for remark in found.remarks)
    unknown = verify(issued, lists=(after,))
    assert not unknown.good, "also where nobody gave a root"


def test_the_office_knows_what_it_issued(issued, office_folder, shipped_law):  # noqa: F811 – as above
    """An office of the same keys that never gave the number."""
    library, calendar, resources = shipped_law
    clock = FixedClock(AT + timedelta(days=1))
    around = offices.Surroundings(library, calendar, clock, CHEAP, resources)
    desk = offices.sign_in(office_folder, "admin", PASSWORD, around)
    try:
        found = verify_bytes(issued, desk)
        assert found.verification.good
        assert (found.register_ok, found.kept, found.journal_ok) == (False, None, False)
        assert "never gave the number" in found.register.en
    finally:
        desk.close()


def test_somebody_without_an_office_brings_root_and_list_along(issued):
    given = Given((KEPT["root"].encode(),), (KEPT["list"].encode(),))
    found = verify_bytes(issued, given=given)
    assert found.good
    assert found.verification.trusted
    with pytest.raises(Exception, match="known authority"):
        verify_bytes(issued, given=Given((), (KEPT["list"].encode(),)))
    assert len(WITHOUT_KEYS) + len(DOCTORED) >= 25
