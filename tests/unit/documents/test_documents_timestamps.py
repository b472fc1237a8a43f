"""Time stamps: asked for, kept, judged by; every way of not getting one told."""

from __future__ import annotations

import random
from datetime import timedelta

import pytest
from asn1crypto import cms, tsp
from cryptography import x509

from alteration_samples import no_stamp, rewritten
from auditdesk.documents.revocation import Revoked, make_list, read_list
from auditdesk.documents.signing import certify, countersign
from auditdesk.documents.stamped import TOKEN
from auditdesk.documents.timestamps import StampingSigner, StampServer, check_server
from auditdesk.documents.verify import verify
from auditdesk.util.faults import RefusedError, UnusableInputError
from paper_samples import AT, PASSPHRASE, clerk_text, fonts, office, prepared, supervisor_text
from stamp_samples import Authority, authority, serving, stamping

ROOTS, STAMPS = (office().root,), (authority().root,)
LATER = AT + timedelta(hours=4)


def signed(server, *, optional=False):
    """The paper with both signatures, stamped, and what the signers had to tell."""
    clerk = StampingSigner(office().signer("clerk"), server, optional)
    first = certify(prepared(), clerk, clerk_text(), role="clerk", fonts=fonts())
    second = StampingSigner(office().signer("supervisor"), server, optional)
    done = countersign(first, second, supervisor_text(), role="supervisor", fonts=fonts())
    return done, [*clerk.failures, *second.failures]


@pytest.fixture(scope="module")
def stamped():
    with serving(stamping(LATER)) as server:
        check_server(server)
        return signed(server)[0]


def test_both_signatures_carry_the_authoritys_moment(stamped):
    found = verify(stamped, ROOTS, stamps=STAMPS)
    assert (found.good, found.problems) == (True, ())
    assert [s.stamped_at for s in found.signatures] == [LATER, LATER]
    assert found.signatures[0].at == AT
    assert any("its time stamp" in remark.en for remark in found.remarks), "hours apart"


def test_a_stamp_of_an_unknown_authority_is_told_and_not_relied_on(stamped):
    found = verify(stamped, ROOTS, stamps=(Authority("别的").root,))
    assert found.good
    assert [s.stamped_at for s in found.signatures] == [None, None]
    assert any("not known" in remark.en for remark in found.remarks)


def test_the_stamp_decides_between_before_and_after_a_revocation(stamped):
    """The signer's own clock said 10:00 and 13:00, the stamp 14:00."""
    serial = x509.load_der_x509_certificate(office().signer("clerk").certificate).serial_number
    for since, good in ((LATER - timedelta(hours=1), False), (LATER + timedelta(hours=1), True)):
        entry = Revoked(serial, since, since + timedelta(days=1), "key_compromise")
        made = make_list(
            office().root_p12, PASSPHRASE, [entry], at=AT + timedelta(days=3), number=2
        )
        known = (read_list(made.encode(), ROOTS),)
        found = verify(stamped, ROOTS, lists=known, stamps=STAMPS)
        assert found.good is good
        assert verify(stamped, ROOTS, lists=known).good, "by the signer's own word"


def test_every_flipped_byte_of_a_stamp_is_told(stamped):
    rng = random.Random(3161)  # noqa: S311 – which bytes, the same ones in every run
    start = stamped.rindex(b"/Contents <") + len(b"/Contents <")
    content = bytes.fromhex(stamped[start : stamped.index(b">", start)].decode())
    mark = cms.CMSAttributeType(TOKEN).dump()
    first, last = content.index(mark), len(content.rstrip(b"\0"))
    for at in rng.sample(range(first, last), 60):
        altered = bytearray(content)
        altered[at] ^= 1 << rng.randrange(8)
        pdf = stamped.replace(content.hex().upper().encode(), bytes(altered).hex().upper().encode())
        assert pdf != stamped
        found = verify(pdf, ROOTS, stamps=STAMPS)
        assert (found.good, found.problems != ()) == (False, True)


def of_another(body):
    """A stamp of something else than was asked for."""
    request = tsp.TimeStampReq.load(body)
    request["message_imprint"]["hashed_message"] = bytes(32)
    return stamping(LATER)(request.dump(force=True))


ANSWERS = {
    "foreign": stamping(LATER, Authority("冒充的")),
    "of something else": of_another,
    "nothing": lambda _: b"",
    "no stamp": lambda _: b"<html>",
    "endless": lambda _: bytes(100_000),
    "an error": lambda _: 500,
    "elsewhere": lambda _: 302,
    "refused": lambda _: bytes.fromhex("3005 3003 020102"),  # status: rejection
}


@pytest.mark.parametrize("name", list(ANSWERS))
def test_an_authority_that_does_not_stamp_stops_the_signing(name):
    with serving(ANSWERS[name]) as server:
        with pytest.raises(RefusedError, match="no time stamp, so nothing was signed"):
            signed(server)
        with pytest.raises(RefusedError, match="failed"):
            check_server(server)


def test_signing_goes_on_without_a_stamp_only_where_the_office_says_so():
    with serving(lambda _: 500) as server:
        pass  # nobody listens there any more
    with pytest.raises(RefusedError, match="cannot be reached"):
        signed(server)
    pdf, failures = signed(server, optional=True)
    assert len(failures) == 2
    found = verify(pdf, ROOTS, stamps=STAMPS)
    assert found.good
    assert found.signatures[0].stamped_at is None
    assert len(pdf) < 170_000, "without the room for a stamp"


@pytest.mark.parametrize("which", [0, 1])
def test_a_stamp_that_was_taken_out_is_told(stamped, which):
    """Nothing covers a stamp, and without it the signer's own word would count again."""
    pdf = rewritten(stamped, no_stamp, which)
    found = verify(pdf, ROOTS, stamps=STAMPS)
    assert (found.good, found.intact) == (False, False)
    assert found.problems[0].zh.endswith("原有的时间戳被去掉了。")
    assert len(found.problems) == (1 if which else 2), "the second signature covers the first"


def test_an_authority_that_is_gone_is_not_asked_for_each_of_hundreds():
    asked = []

    def answer(body):
        asked.append(body)
        return 500 if len(asked) != 3 else stamping(LATER)(body)

    with serving(answer) as server:
        signer = StampingSigner(office().signer("clerk"), server, optional=True)
        for _ in range(9):
            certify(prepared(), signer, clerk_text(), role="clerk", fonts=fonts())
    assert len(asked) == 6, "after two failures and a stamp three failures in a row"
    assert len(signer.failures) == 8, "each signature without one is counted"


@pytest.mark.parametrize("url", ["file:///etc/passwd", "ftp://127.0.0.1/", "stamps", ""])
def test_only_addresses_of_the_web_are_asked(url):
    with pytest.raises(UnusableInputError, match="http"):
        check_server(StampServer(url, authority().root))
    with pytest.raises(UnusableInputError):
        check_server(StampServer("http://127.0.0.1:1/", "no certificate"))
