from __future__ import annotations

import json

import pytest

from auditdesk.store.keys import KEYS_FILE, KdfCost
from auditdesk.store.records import NewUser
from auditdesk.util.faults import OfficeFaultError, RefusedError, UnusableInputError
from auditdesk.util.progress import NoProgress
from office_samples import CHEAP, PASSWORD, clock_at, open_as

NEW_PASSWORD = "another horse 9"


@pytest.fixture
def admin(folder):
    with open_as(folder, "admin") as opened:
        yield opened


def slots(folder):
    plain = json.loads((folder / KEYS_FILE).read_bytes())
    return {name: len(found) for name, found in plain["users"].items()}


def test_an_account_that_was_added_signs_in(folder):
    with open_as(folder, "admin") as office:
        with office.write("user.add", None, {}) as writer:
            added = writer.add_user(NewUser("zhao.q", " 赵强 ", "supervisor", NEW_PASSWORD))
        assert office.users.get("zhao.q") == added
    assert (added.full_name, added.role, added.active) == ("赵强", "supervisor", True)
    assert (added.certificate_pem, added.pkcs12, added.created_at) == (None, None, clock_at().now())
    with open_as(folder, "zhao.q", password=NEW_PASSWORD) as office:
        assert office.user == added
        assert office.authority_passphrase is None


def test_a_second_administrator_shares_the_authority(folder, admin):
    with admin.write("user.add", None, {}) as writer:
        writer.add_user(NewUser("admin2", "管理员乙", "administrator", NEW_PASSWORD))
    passphrase = admin.authority_passphrase
    admin.close()
    assert passphrase
    with open_as(folder, "admin2", password=NEW_PASSWORD) as office:
        assert office.authority_passphrase == passphrase


@pytest.mark.parametrize(
    "user",
    [
        NewUser("lihua", "李华", "clerk", PASSWORD),
        NewUser("李华", "李华", "clerk", PASSWORD),
        NewUser("new", "  ", "clerk", PASSWORD),
        NewUser("new", "新", "clerk", "short"),
    ],
    ids=["taken", "name", "blank", "password"],
)
def test_accounts_that_cannot_be_made(admin, user):
    before = (admin.folder / KEYS_FILE).read_bytes()
    with pytest.raises(UnusableInputError), admin.write("user.add", None, {}) as writer:
        writer.add_user(user)
    assert (admin.folder / KEYS_FILE).read_bytes() == before
    assert len(admin.users.all()) == 3


def test_an_account_that_was_rolled_back_leaves_no_slot(admin):
    with pytest.raises(ZeroDivisionError), admin.write("user.add", None, {}) as writer:
        1 / bool(writer.add_user(NewUser("gone", "无", "clerk", PASSWORD)) is None)
    assert "gone" not in slots(admin.folder)
    assert admin.users.find("gone") is None
    with pytest.raises(RefusedError):
        admin.users.get("gone")


def test_the_own_password_is_changed_and_the_journal_key_stays(folder):
    with open_as(folder) as office:
        key = office.user.public_key
        with office.write("user.password", None, {}) as writer:
            writer.change_password(PASSWORD, NEW_PASSWORD)
        assert office.user.public_key == key
    assert slots(folder)["lihua"] == 1
    with pytest.raises(RefusedError):
        open_as(folder)
    with open_as(folder, password=NEW_PASSWORD) as office:
        assert office.journal.verify(NoProgress()).ok


def test_a_wrong_old_password_changes_nothing(folder):
    with open_as(folder) as office:
        with pytest.raises(RefusedError, match="old password"), office.write("x", None, {}) as w:
            w.change_password("wrong", NEW_PASSWORD)
        with pytest.raises(UnusableInputError), office.write("x", None, {}) as w:
            w.change_password(PASSWORD, "short")
    with open_as(folder):
        pass


def test_a_password_whose_slot_the_database_does_not_name_is_no_old_password(folder):
    with open_as(folder) as office:
        before = json.loads((folder / KEYS_FILE).read_bytes())
        with office.write("x", None, {}) as writer:
            writer.change_password(PASSWORD, NEW_PASSWORD)
        both = json.loads((folder / KEYS_FILE).read_bytes())
        both["users"]["lihua"] += before["users"]["lihua"]
        (folder / KEYS_FILE).write_text(json.dumps(both), encoding="utf-8")
        with pytest.raises(RefusedError, match="old password"), office.write("x", None, {}) as w:
            w.change_password(PASSWORD, "a third horse 5")


def test_a_rolled_back_change_keeps_the_old_password(folder):
    with (
        open_as(folder) as office,
        pytest.raises(ZeroDivisionError),
        office.write("x", None, {}) as writer,
    ):
        1 / bool(writer.change_password(PASSWORD, NEW_PASSWORD))
    assert slots(folder)["lihua"] == 1
    with pytest.raises(RefusedError):
        open_as(folder, password=NEW_PASSWORD)
    open_as(folder).close()


def test_a_change_cut_off_before_its_commit_keeps_the_old_password(folder):
    """The new slot is on the disk, the database does not name it: as after a power cut."""
    with open_as(folder) as office:
        old = (folder / KEYS_FILE).read_bytes()
        with office.write("x", None, {}) as writer:
            writer.change_password(PASSWORD, NEW_PASSWORD)
        new = json.loads((folder / KEYS_FILE).read_bytes())
        with office.write("x", None, {}) as writer:
            writer.change_password(NEW_PASSWORD, PASSWORD)
        third = json.loads((folder / KEYS_FILE).read_bytes())
    both = json.loads(old)
    both["users"]["lihua"] = new["users"]["lihua"] + third["users"]["lihua"]
    (folder / KEYS_FILE).write_text(json.dumps(both), encoding="utf-8")
    with pytest.raises(RefusedError):
        open_as(folder, password=NEW_PASSWORD)
    open_as(folder).close()
    assert slots(folder)["lihua"] == 1


def test_a_reset_password_brings_a_new_journal_key(folder, admin):
    before = admin.users.get("lihua")
    with admin.write("user.password", None, {}) as writer:
        writer.set_password("lihua", NEW_PASSWORD)
    assert admin.users.get("lihua").public_key != before.public_key
    for bad in (("nobody", NEW_PASSWORD, RefusedError), ("lihua", "x", UnusableInputError)):
        with pytest.raises(bad[2]), admin.write("x", None, {}) as writer:
            writer.set_password(*bad[:2])
    admin.close()
    with pytest.raises(RefusedError):
        open_as(folder)
    open_as(folder, password=NEW_PASSWORD).close()


def test_a_disabled_account_cannot_sign_in_until_enabled(folder):
    with open_as(folder, "admin") as office, office.write("user.disable", None, {}) as writer:
        assert not writer.set_user_active("lihua", False).active
    with pytest.raises(RefusedError, match="disabled"):
        open_as(folder)
    with pytest.raises(RefusedError, match="wrong"):
        open_as(folder, password="wrong password")
    with open_as(folder, "admin") as office, office.write("user.enable", None, {}) as writer:
        assert writer.set_user_active("lihua", True).active
    open_as(folder).close()


def test_the_last_administrator_stays_enabled(admin):
    with pytest.raises(RefusedError, match="last administrator"), admin.write("x", None, {}) as w:
        w.set_user_active("admin", False)
    with admin.write("user.add", None, {}) as writer:
        writer.add_user(NewUser("admin2", "管理员乙", "administrator", PASSWORD))
        writer.set_user_active("admin", False)
    assert not admin.user.active
    with pytest.raises(RefusedError), admin.write("x", None, {}) as writer:
        writer.set_user_active("nobody", True)


def test_certificates_and_the_authority_are_kept(folder, admin):
    assert admin.authority() is None
    with admin.write("user.certificate", None, {}) as writer:
        user = writer.set_certificate("lihua", pkcs12=b"p12", certificate_pem="-----BEGIN")
        writer.put_authority(b"authority")
    assert (user.pkcs12, user.certificate_pem) == (b"p12", "-----BEGIN")
    assert admin.authority() == b"authority"
    (entry,) = admin.journal.page(limit=1)
    assert "BEGIN" not in str(entry.body)
    admin.close()
    with open_as(folder) as office:
        assert office.user.pkcs12 == b"p12"
        with pytest.raises(RefusedError), office.write("x", None, {}) as writer:
            writer.set_certificate("nobody", pkcs12=b"", certificate_pem="")


def test_settings_are_set_changed_and_removed(admin):
    assert admin.profile.settings == {"number_prefix": "章政土"}
    with admin.write("settings", None, {}) as writer:
        writer.put_setting("number_prefix", "济政土")
        writer.put_setting("body", "区自然资源局")
    assert admin.profile.settings == {"number_prefix": "济政土", "body": "区自然资源局"}
    with admin.write("settings", None, {}) as writer:
        writer.put_setting("body", "")
    assert admin.profile.settings == {"number_prefix": "济政土"}
    assert [e.body["settings"] for e in admin.journal.page(limit=2)] == [
        ["body"],
        ["number_prefix", "body"],
    ]


def test_an_account_costs_what_the_office_or_the_caller_says(admin):
    with admin.write("user.add", None, {}) as writer:
        writer.add_user(NewUser("one", "一", "clerk", PASSWORD))
        writer.add_user(NewUser("two", "二", "clerk", PASSWORD), cost=KdfCost(16, 2, 1))
    plain = json.loads((admin.folder / KEYS_FILE).read_bytes())["users"]
    assert plain["one"][0]["kdf"] == {"name": "argon2id", **CHEAP.as_json()}
    assert plain["two"][0]["kdf"] == {
        "name": "argon2id",
        "memory_kib": 16,
        "iterations": 2,
        "lanes": 1,
    }


def test_a_key_file_that_cannot_be_written_rolls_the_account_back(admin):
    keys = admin.folder / KEYS_FILE
    content = keys.read_bytes()
    keys.unlink()
    with pytest.raises(OfficeFaultError), admin.write("user.add", None, {}) as writer:
        writer.add_user(NewUser("new", "新", "clerk", PASSWORD))
    keys.write_bytes(content)
    assert admin.users.find("new") is None
