from __future__ import annotations

import dataclasses
import json

import pytest

from auditdesk.store.crypto import OfficeKey, new_key
from auditdesk.store.keys import (
    KEYS_FILE,
    KdfCost,
    KeyFile,
    Secrets,
    check_password,
    check_user_name,
    new_key_file,
    new_recovery_key,
)
from auditdesk.util.faults import OfficeFaultError, RefusedError, UnusableInputError
from office_samples import CHEAP, PASSWORD

SECRETS = Secrets(OfficeKey(new_key()), new_key(), "passphrase")


def key_file(password=PASSWORD):
    keys = new_key_file("office-1", "AAAA-" * 7 + "AAAA", SECRETS)
    return keys.with_slot("lihua", keys.make_slot("lihua", password, SECRETS, CHEAP))


def test_the_password_opens_what_was_wrapped(tmp_path):
    key_file().save(tmp_path)
    ((slot, secrets),) = KeyFile.load(tmp_path).unlock("lihua", PASSWORD)
    assert secrets == SECRETS
    assert slot == key_file_slot(tmp_path)


def key_file_slot(folder):
    return json.loads((folder / KEYS_FILE).read_bytes())["users"]["lihua"][0]["id"]


def test_an_unknown_user_and_a_wrong_password_are_told_the_same():
    sentences = set()
    for user, password in (("lihua", "wrong"), ("lihua", ""), ("nobody", PASSWORD), ("", "")):
        with pytest.raises(RefusedError) as refused:
            key_file().unlock(user, password)
        sentences.add(refused.value.message)
    assert len(sentences) == 1


def test_a_password_is_the_same_however_its_characters_are_composed():
    keys = key_file("café 密码 long")
    assert keys.unlock("lihua", "cafe\u0301 密码 long")


def test_a_lone_surrogate_is_a_wrong_password_like_any_other():
    with pytest.raises(RefusedError):
        key_file().unlock("lihua", "\ud800 broken input")


def test_two_slots_are_both_found_so_that_the_database_can_choose():
    keys = key_file()
    keys = keys.with_slot("lihua", keys.make_slot("lihua", PASSWORD, SECRETS, CHEAP))
    found = [slot for slot, _ in keys.unlock("lihua", PASSWORD)]
    assert found == [slot.id for slot in keys.users["lihua"]]
    assert keys.only({"lihua": found[1]}).users["lihua"] == keys.users["lihua"][1:]
    assert keys.only({}).users == {}


def test_a_slot_opens_only_for_its_user_office_and_cost():
    keys = key_file()
    (slot,) = keys.users["lihua"]
    moved = [
        dataclasses.replace(keys, users={"wangfang": (slot,)}),
        dataclasses.replace(keys, office_id="office-2"),
        dataclasses.replace(keys, users={"lihua": (dataclasses.replace(slot, id="00"),)}),
        dataclasses.replace(
            keys,
            users={"lihua": (dataclasses.replace(slot, cost=dataclasses.replace(CHEAP, lanes=2)),)},
        ),
    ]
    for changed in moved:
        with pytest.raises(RefusedError):
            changed.unlock(next(iter(changed.users)), PASSWORD)


@pytest.mark.parametrize("part", ["salt", "sealed"])
def test_a_flipped_bit_in_a_slot_opens_nothing(tmp_path, part):
    key_file().save(tmp_path)
    plain = json.loads((tmp_path / KEYS_FILE).read_bytes())
    slot = plain["users"]["lihua"][0]
    slot[part] = f"{int(slot[part][:2], 16) ^ 1:02x}{slot[part][2:]}"
    (tmp_path / KEYS_FILE).write_text(json.dumps(plain), encoding="utf-8")
    with pytest.raises(RefusedError):
        KeyFile.load(tmp_path).unlock("lihua", PASSWORD)


def damaged(change):
    def apply(text):
        plain = json.loads(text)
        change(plain)
        return json.dumps(plain).encode()

    return apply


DAMAGES = {
    "empty": lambda _: b"",
    "cut off": lambda text: text[: len(text) // 2],
    "no JSON": lambda _: b"hello",
    "not UTF-8": lambda _: b"\xff\xfe\x00",
    "another kind of JSON": lambda _: b"[1, 2]",
    "a number": lambda _: b"3",
    "another format": damaged(lambda p: p.update(format="auditdesk.keys/9")),
    "no users": damaged(lambda p: p.pop("users")),
    "users no object": damaged(lambda p: p.update(users=[1])),
    "no slots": damaged(lambda p: p["users"].update(lihua=None)),
    "salt no hexadecimal": damaged(lambda p: p["users"]["lihua"][0].update(salt="zz")),
    "no recovery": damaged(lambda p: p.pop("recovery")),
    "endless work": damaged(lambda p: p["users"]["lihua"][0]["kdf"].update(iterations=10**9)),
    "endless memory": damaged(lambda p: p["users"]["lihua"][0]["kdf"].update(memory_kib=2**40)),
    "no work": damaged(lambda p: p["users"]["lihua"][0]["kdf"].update(iterations=0)),
    "work no number": damaged(lambda p: p["users"]["lihua"][0]["kdf"].update(lanes="2")),
}


@pytest.mark.parametrize("name", DAMAGES)
def test_a_damaged_key_file_is_told_as_such(tmp_path, name):
    key_file().save(tmp_path)
    path = tmp_path / KEYS_FILE
    path.write_bytes(DAMAGES[name](path.read_bytes()))
    with pytest.raises(OfficeFaultError, match=r"keys\.json is damaged"):
        KeyFile.load(tmp_path)


def test_a_missing_or_unreadable_key_file_is_told_as_such(tmp_path):
    with pytest.raises(OfficeFaultError, match=r"lacks its file keys\.json"):
        KeyFile.load(tmp_path)
    (tmp_path / KEYS_FILE).mkdir()
    with pytest.raises(OfficeFaultError, match=r"keys\.json cannot be read"):
        KeyFile.load(tmp_path)


def test_more_memory_than_there_is_makes_a_sentence():
    cost = KdfCost(memory_kib=2**32 - 1, iterations=1, lanes=1)
    with pytest.raises(OfficeFaultError) as fault:
        key_file().make_slot("lihua", PASSWORD, SECRETS, cost)
    assert "内存不足" in fault.value.message.zh


def test_the_recovery_key_opens_however_it_is_typed():
    printed = new_recovery_key()
    keys = new_key_file("office-1", printed, SECRETS)
    assert len(printed) == 39
    typed = [printed, printed.lower(), printed.replace("-", " "), f" {printed.replace('-', '')}\n"]
    typed.append(printed.replace("O", "0").replace("I", "1"))
    for text in typed:
        assert keys.unlock_recovery(text) == SECRETS


@pytest.mark.parametrize("typed", ["", "AAAA", "A" * 32, "密钥", "A" * 40, "@" * 32])
def test_a_wrong_recovery_key_is_refused(typed):
    keys = new_key_file("office-1", new_recovery_key(), SECRETS)
    with pytest.raises(RefusedError):
        keys.unlock_recovery(typed)


@pytest.mark.parametrize("name", ["a", "li.hua", "Li-Hua_2", "a" * 32])
def test_names_to_sign_in_with(name):
    check_user_name(name)


@pytest.mark.parametrize("name", ["", " a", "李华", "a b", "-a", "@recovery", "a" * 33, "a\n"])
def test_names_that_cannot_be_used(name):
    with pytest.raises(UnusableInputError):
        check_user_name(name)


def test_passwords_have_eight_to_1024_characters():
    check_password("8" * 8)
    check_password("密" * 1024)
    for unusable in ("", "7" * 7, "x" * 1025):
        with pytest.raises(UnusableInputError):
            check_password(unusable)


def test_secrets_do_not_print_themselves():
    assert "passphrase" not in repr(SECRETS).replace("authority_passphrase", "")
    assert SECRETS.signing_seed.hex() not in repr(SECRETS)
