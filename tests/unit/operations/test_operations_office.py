"""Making an office, its people and settings."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest

from auditdesk.operations import certificates, offices, people, settings
from auditdesk.operations.containers import change_passphrase
from auditdesk.operations.offices import NewOffice
from auditdesk.util.clock import CHINA, FixedClock
from auditdesk.util.faults import OfficeFaultError, RefusedError, UnusableInputError
from desk_samples import PASSWORD


def new_office(**changes):
    values = {
        "name": "历城区审查处",
        "district": "370112",
        "admin_name": "admin",
        "admin_full_name": "周管理",
        "admin_password": PASSWORD,
    }
    return NewOffice(**{**values, **changes})


def test_a_new_office_has_an_authority_and_settings_of_its_district(tmp_path, surroundings):
    key = offices.create(tmp_path / "office", new_office(), surroundings)
    assert len(key) > 20
    assert offices.look_at(tmp_path / "office").name == "历城区审查处"
    desk = offices.sign_in(tmp_path / "office", "admin", PASSWORD, surroundings)
    try:
        values = settings.settings(desk)
        assert values["number_prefix"] == "历政"
        assert values["signatory"] == "济南市历城区人民政府"
        assert desk.profile.settings["authority_certificate"].startswith("-----BEGIN")
        assert desk.office.authority() is not None
    finally:
        desk.close()


@pytest.mark.parametrize(
    "changes",
    [
        {"name": "  "},
        {"name": "长" * 101},
        {"district": "37011"},
        {"district": "37011x"},
        {"district": "３７０１１２"},
        {"admin_name": "管 理"},
        {"admin_password": "short"},
        {"settings": {"no_such": "1"}},
        {"settings": {"number_prefix": "章\n政"}},
    ],
)
def test_an_office_that_cannot_be_made_leaves_nothing(tmp_path, surroundings, changes):
    with pytest.raises(UnusableInputError):
        offices.create(tmp_path / "office", new_office(**changes), surroundings)
    assert not (tmp_path / "office").exists()


def test_a_failing_authority_leaves_nothing(tmp_path, surroundings):
    """The office is there already when its authority fails: it has to go again."""
    no_calendar_goes_that_far = FixedClock(datetime(9990, 1, 1, tzinfo=CHINA))
    late = replace(surroundings, clock=no_calendar_goes_that_far)
    with pytest.raises((ValueError, OverflowError)):
        offices.create(tmp_path / "office", new_office(), late)
    assert not (tmp_path / "office").exists()


def test_a_folder_in_use_is_not_touched(tmp_path, surroundings):
    (tmp_path / "letter.txt").write_text("bleibt", encoding="utf-8")
    with pytest.raises(UnusableInputError):
        offices.create(tmp_path, new_office(), surroundings)
    assert [p.name for p in tmp_path.iterdir()] == ["letter.txt"]


def test_wrong_password_and_unknown_user_sound_the_same(office_folder, surroundings):
    sentences = set()
    for name, password in (("li", "falsch-falsch"), ("nobody", PASSWORD)):
        with pytest.raises(RefusedError) as refused:
            offices.sign_in(office_folder, name, password, surroundings)
        sentences.add(refused.value.message.zh)
    assert len(sentences) == 1


def test_a_folder_that_is_no_office_is_told(tmp_path, surroundings):
    for folder in (tmp_path, tmp_path / "missing"):
        with pytest.raises(OfficeFaultError):
            offices.look_at(folder)
        with pytest.raises(OfficeFaultError):
            offices.sign_in(folder, "li", PASSWORD, surroundings)


def test_administrators_add_people_with_certificates(at_desk):
    desk = at_desk("admin")
    people.add_user(desk, "qian", "钱多多", "supervisor", "Noch-eins-9")
    added = next(p for p in people.people(desk) if p.name == "qian")
    assert (added.role, added.active) == ("supervisor", True)
    assert added.certificate_until.isoformat() == "2029-03-01"
    people.add_user(desk, "admin2", "吴管理", "administrator", "Noch-eins-9")
    assert next(p for p in people.people(desk) if p.name == "admin2").certificate_until is None


@pytest.mark.parametrize(
    ("name", "full_name", "role", "password"),
    [
        ("li", "重名", "clerk", PASSWORD),
        ("new", " ", "clerk", PASSWORD),
        ("new", "新\n人", "clerk", PASSWORD),
        ("new", "新人", "boss", PASSWORD),
        ("new", "新人", "clerk", "kurz"),
        ("no spaces", "新人", "clerk", PASSWORD),
    ],
)
def test_an_account_that_cannot_be_is_refused_whole(at_desk, name, full_name, role, password):
    desk = at_desk("admin")
    before = people.people(desk)
    with pytest.raises(UnusableInputError):
        people.add_user(desk, name, full_name, role, password)
    assert people.people(desk) == before


@pytest.mark.parametrize("name", ["li", "wang"])
def test_others_do_not_manage_people_or_settings(at_desk, name):
    desk = at_desk(name)
    for deed in (
        lambda: people.add_user(desk, "new", "新人", "clerk", PASSWORD),
        lambda: people.set_active(desk, "zhao", False),
        lambda: people.reset_password(desk, "zhao", PASSWORD),
        lambda: certificates.renew(desk, "zhao", PASSWORD),
        lambda: settings.put_settings(desk, {"contact": "1"}),
    ):
        with pytest.raises(RefusedError):
            deed()


def test_a_disabled_account_does_not_sign_in(at_desk, office_folder, surroundings):
    people.set_active(at_desk("admin"), "li", False)
    at_desk("wang").close()
    with pytest.raises(RefusedError):
        offices.sign_in(office_folder, "li", PASSWORD, surroundings)
    people.set_active(at_desk("admin"), "li", True)
    assert at_desk("li").user.name == "li"


def test_the_last_administrator_stays(at_desk):
    desk = at_desk("admin")
    with pytest.raises(RefusedError):
        people.set_active(desk, "admin", False)
    people.add_user(desk, "admin2", "吴管理", "administrator", PASSWORD)
    people.set_active(desk, "admin2", False)
    with pytest.raises(RefusedError):
        people.set_active(desk, "admin", False)


def test_a_wrong_old_password_changes_nothing(at_desk, office_folder, surroundings):
    with pytest.raises(RefusedError):
        people.change_password(at_desk("li"), "falsch-falsch", "Neues-Wort-9")
    assert at_desk("li").user.name == "li"


def test_a_reset_password_brings_a_new_certificate(at_desk, office_folder, surroundings):
    desk = at_desk("admin")
    before = desk.office.users.get("li").certificate_pem
    people.reset_password(desk, "li", "Neues-Wort-9")
    assert desk.office.users.get("li").certificate_pem != before
    at_desk("wang").close()
    offices.sign_in(office_folder, "li", "Neues-Wort-9", surroundings).close()


def test_people_keep_certificate_files_of_their_own(at_desk):
    desk = at_desk("li")
    own = change_passphrase(desk.office.users.get("li").pkcs12, PASSWORD, "etwas anderes")
    before = desk.office.users.get("li").certificate_pem
    people.own_certificate(desk, own, "etwas anderes")
    kept = desk.office.users.get("li")
    assert kept.pkcs12 == own
    assert kept.certificate_pem.split() == before.split()
    with pytest.raises(RefusedError):
        people.own_certificate(desk, own, "falsch")
    with pytest.raises(RefusedError, match="sign with your own"):
        people.own_certificate(desk, desk.office.users.get("wang").pkcs12, PASSWORD)
    with pytest.raises(UnusableInputError):
        people.own_certificate(desk, b"no container", PASSWORD)


def test_settings_are_kept_and_journalled_once(at_desk):
    desk = at_desk("admin")
    last = desk.office.journal.last_checkpoint().seq
    settings.put_settings(desk, {"contact": " 0531-00000000 ", "number_prefix": "章政土"})
    assert settings.settings(desk)["contact"] == "0531-00000000"
    entry = desk.office.journal.page(None, 1)[0]
    assert (entry.seq, entry.kind) == (last + 1, "settings.change")
    assert entry.body["settings"] == ["contact"]
    for values in ({"no_such": "1"}, {"contact": "1" * 201}, {"authority_certificate": "x"}):
        with pytest.raises(UnusableInputError):
            settings.put_settings(desk, values)
