from __future__ import annotations

import itertools

import pytest
from sqlcipher3 import dbapi2

from auditdesk.store import codec, journal
from auditdesk.store.crypto import SigningKey, new_key
from auditdesk.store.journal import Actor, Draft, private_digest
from auditdesk.store.records import NewUser
from auditdesk.util.faults import RefusedError
from auditdesk.util.progress import CancelledError, NoProgress
from office_samples import PASSWORD, add_case, clock_at, open_as


def verdict(office):
    return office.journal.verify(NoProgress())


def test_one_operation_is_one_entry_chained_and_signed(office):
    case = add_case(office)
    newest, before = office.journal.page(limit=2)
    assert (newest.seq, newest.kind, newest.case_no) == (4, "case.import", case.no)
    assert (newest.actor, newest.at, newest.clock_back) == ("lihua", clock_at().now(), False)
    assert newest.prev == before.hash
    found = verdict(office)
    assert (found.ok, found.entries, found.first_bad_seq, found.reason) == (True, 4, None, None)
    assert found.last == office.journal.last_checkpoint()
    assert (found.last.seq, found.last.hash) == (newest.seq, newest.hash)
    assert (found.last.signature, found.last.actor) == (newest.signature, "lihua")


def test_a_rolled_back_operation_leaves_no_entry(office):
    with pytest.raises(ZeroDivisionError), office.write("x", None, {}) as writer:
        writer.note("a", 1 / 0)
    assert office.journal.last_checkpoint().seq == 3


def test_pages_go_back_from_the_newest(office):
    numbers = [add_case(office).no for _ in range(3)]
    assert [e.seq for e in office.journal.page(limit=4)] == [6, 5, 4, 3]
    assert [e.seq for e in office.journal.page(before=3)] == [2, 1]
    assert [e.case_no for e in office.journal.page(case_no=numbers[1])] == [numbers[1]]


def test_personal_data_is_in_the_journal_only_as_a_salted_hash(office):
    with office.write("x", None, {"public": "fact"}) as writer:
        writer.note("number", 7)
        writer.note_private("applicant", "王小明 370102199001011234")
    (entry,) = office.journal.page(limit=1)
    text = codec.json_in(entry.body)
    assert "王小明" not in text
    assert entry.body["public"] == "fact"
    private = entry.body["applicant"]
    assert private["sha256"] == private_digest(private["salt"], "王小明 370102199001011234")
    assert private["sha256"] != private_digest(private["salt"], "王小明")


def test_a_clock_set_back_is_flagged_and_order_kept(folder):
    with open_as(folder, clock=clock_at(12, 0)) as office:
        add_case(office)
    with open_as(folder, clock=clock_at(8, 0)) as office:
        add_case(office)
        assert [e.clock_back for e in office.journal.page(limit=2)] == [True, False]
        assert verdict(office).ok


def test_a_checkpoint_that_comes_back_on_paper_is_recognised(office):
    checkpoint = office.journal.last_checkpoint()
    add_case(office)
    assert office.journal.holds(checkpoint.seq, checkpoint.hash)
    assert not office.journal.holds(checkpoint.seq, "0" * 64)
    assert not office.journal.holds(999, checkpoint.hash)


def test_verifying_can_be_cancelled_and_tells_how_far_it_is(office, monkeypatch):
    monkeypatch.setattr(journal, "_BATCH", 2)
    steps = []

    class Watch:
        def step(self, done, total):
            steps.append((done, total))
            if done >= 2:
                raise CancelledError

    with pytest.raises(CancelledError):
        office.journal.verify(Watch())
    assert steps == [(2, 3)]
    assert verdict(office).ok


def test_new_keys_are_introduced_and_used(folder):
    with open_as(folder, "admin") as office:
        with office.write("user.password", None, {}) as writer:
            writer.set_password("lihua", "another pass 8")
        with office.write("user.add", None, {}) as writer:
            writer.add_user(NewUser("zhaoqiang", "赵强", "supervisor", PASSWORD))
    for name, password in (("lihua", "another pass 8"), ("zhaoqiang", PASSWORD)):
        with open_as(folder, name, password=password) as office:
            add_case(office)
            assert verdict(office).ok


# Attacks by somebody who holds the database's key and writes with tools of their own. Each
# gets the triggers out of the way first, as they would.

COLUMNS = ("at", "actor", "kind", "case_no", "body", "prev", "hash", "alg", "signature")


def change(column, value):
    return f"UPDATE journal SET {column} = {value} WHERE seq = 4"  # noqa: S608 – an attack


ATTACKS = {
    "moment": change("at", "'2026-03-02T09:30:01+08:00'"),
    "actor": change("actor", "'wangfang'"),
    "unknown actor": change("actor", "'nobody'"),
    "recovery as actor": change("actor", "'@recovery'"),
    "kind": change("kind", "'case.refuse'"),
    "case": change("case_no", "'LRS-2022-0009'"),
    "body": change("body", "'{}'"),
    "body no JSON": change("body", "'{'"),
    "body no object": change("body", "'[]'"),
    "body with a float": change("body", "'{\"a\":1.5}'"),
    "previous hash": change("prev", "hex(zeroblob(32))"),
    "own hash": change("hash", "lower(hex(zeroblob(32)))"),
    "algorithm": change("alg", "'none'"),
    "signature": change("signature", "lower(hex(zeroblob(64)))"),
    "no signature": change("signature", "''"),
    "signature of another entry": change("signature", "(SELECT signature FROM journal LIMIT 1)"),
    "clock flag": change("clock_back", "1"),
    "entry removed": "DELETE FROM journal WHERE seq = 4",
    "first entry removed": "DELETE FROM journal WHERE seq = 1",
    "entries renumbered": "UPDATE journal SET seq = seq + 10 WHERE seq > 4",
    "entries swapped": "UPDATE journal SET seq = CASE seq WHEN 4 THEN -5 ELSE -4 END"
    " WHERE seq IN (4, 5); UPDATE journal SET seq = -seq WHERE seq < 0",
    "entry copied to the end": "INSERT INTO journal SELECT 7, at, actor, kind, case_no, body,"
    " prev, 'x', alg, signature, clock_back FROM journal WHERE seq = 4",
    "key of an account": "UPDATE user SET public_key = lower(hex(randomblob(32)))"
    " WHERE name = 'wangfang'",
    "role of an account": "UPDATE user SET role = 'supervisor' WHERE name = 'lihua'",
    "account slipped in": "INSERT INTO user SELECT 'extra', full_name, role, active, public_key,"
    " slot, certificate_pem, pkcs12, created_at FROM user WHERE name = 'wangfang'",
    "account removed": "PRAGMA foreign_keys = OFF; DELETE FROM user WHERE name = 'wangfang'",
}


def by_hand(office, script):
    database = office._session.database
    for trigger in ("update", "delete"):
        database.execute(f"DROP TRIGGER IF EXISTS journal_no_{trigger}")
    database.execute("DROP TRIGGER IF EXISTS journal_in_order")
    database.execute("DROP TRIGGER IF EXISTS user_no_delete")
    for statement in script.split("; "):
        database.execute(statement)


@pytest.mark.parametrize("name", ATTACKS)
def test_every_attack_on_the_rows_shows(office, name):
    for _ in range(3):
        add_case(office)
    assert verdict(office).ok
    by_hand(office, ATTACKS[name])
    found = verdict(office)
    assert not found.ok
    assert found.reason is not None
    if "account" not in name:
        assert found.first_bad_seq is not None
        assert found.last is None or found.last.seq < found.first_bad_seq


def test_a_removed_entry_is_told_as_missing(office):
    add_case(office)
    by_hand(office, "DELETE FROM journal WHERE seq = 2")
    found = verdict(office)
    assert (found.first_bad_seq, found.last.seq) == (3, 1)
    assert "缺少" in found.reason.zh


def forged(office, actor, body, kind="case.approve"):
    with office._session.transaction():
        draft = Draft(kind, None, body, clock_at().now())
        journal.append(office._session, office._id, actor, draft)


def introduce(name, role, key):
    return {"keys": [journal.introduction(name, role, key.public)]}


def test_a_clerk_cannot_sign_as_a_supervisor(office):
    forged(office, Actor("wangfang", office._actor.key), {})
    found = verdict(office)
    assert (found.ok, found.first_bad_seq) == (False, 4)
    assert "签名" in found.reason.zh


def test_a_clerk_cannot_introduce_a_key_for_a_supervisor(office):
    own = SigningKey(new_key())
    forged(office, office._actor, introduce("wangfang", "supervisor", own))
    forged(office, Actor("wangfang", own), {})
    found = verdict(office)
    assert (found.ok, found.first_bad_seq) == (False, 4)
    assert "无权" in found.reason.zh


def test_nobody_introduces_themselves(office):
    own = SigningKey(new_key())
    forged(office, Actor("stranger", own), introduce("stranger", "administrator", own))
    assert verdict(office).first_bad_seq == 4


@pytest.mark.parametrize("keys", [3, "x", [1], [{}], [{"name": "a", "role": "clerk"}], {"a": 1}])
def test_keys_that_cannot_be_read_are_an_attack_not_a_crash(folder, keys):
    with open_as(folder, "admin") as office:
        forged(office, office._actor, {"keys": keys})
        found = verdict(office)
    assert (found.ok, found.first_bad_seq) == (False, 4)
    assert "无法辨认" in found.reason.zh


def test_a_journal_fits_no_other_office(office):
    other = journal.JournalReader(office._session, "another office")
    found = other.verify(NoProgress())
    assert (found.ok, found.first_bad_seq, found.last) == (False, 1, None)


def test_a_cut_off_tail_shows_against_a_checkpoint_on_paper(office):
    with office.write("city.export", None, {"rows": 7}):
        pass
    printed = office.journal.last_checkpoint()
    by_hand(office, "DELETE FROM journal WHERE seq = 4")
    assert verdict(office).ok  # the chain alone cannot tell
    assert not office.journal.holds(printed.seq, printed.hash)


def test_the_triggers_keep_order_and_chain(office):
    (newest,) = office.journal.page(limit=1)
    row = office._session.row("SELECT * FROM journal WHERE seq = 3")
    for seq, prev in itertools.product((0, 2, 3, 4, 5), (newest.hash, row["prev"], "0" * 64)):
        if (seq, prev) == (4, newest.hash):
            continue
        with pytest.raises(dbapi2.IntegrityError), office._session.transaction():
            office._session.insert("journal", {**row, "seq": seq, "prev": prev, "hash": "x"})
    assert verdict(office).ok


def test_only_an_administrator_may_bring_in_keys_at_all(office):
    with pytest.raises(RefusedError), office.write("x", None, {}) as writer:
        writer.add_user(NewUser("new", "新人", "clerk", PASSWORD))
    with pytest.raises(RefusedError), office.write("x", None, {}) as writer:
        writer.set_password("wangfang", PASSWORD)
    assert verdict(office).ok
