"""Making an office and its people from the command line."""

from __future__ import annotations

import pytest

from auditdesk.cli.main import cli
from desk_samples import PASSWORD


def test_alone_it_opens_the_window(auditdesk, tmp_path):
    assert auditdesk().status == 0
    assert auditdesk("--lang", "en", "--office", tmp_path).status == 0
    assert auditdesk.opened == [(None, "zh"), (tmp_path, "en")]


def test_every_command_has_help(auditdesk):
    def walk(command, words):
        answer = auditdesk(*words, "--help")
        assert answer.status == 0
        assert answer.out.startswith("Usage: ")
        for name in getattr(command, "list_commands", lambda _: [])(None):
            walk(command.get_command(None, name), [*words, name])

    walk(cli, [])


def test_an_office_is_made_and_says_its_recovery_key_once(auditdesk, tmp_path):
    folder = tmp_path / "office"
    words = ("office", "create", folder, "--name", "历城区审查处", "--district", "370112")
    answer = auditdesk(*words, "--setting", "contact=0531-00000000", "--json")
    assert answer.status == 0
    assert answer.json["admin"] == "admin"
    assert len(answer.json["recovery_key"]) > 20
    again = auditdesk(*words)
    assert (again.status, again.out) == (2, "")
    shown = auditdesk("--office", folder, "--user", "admin", "office", "show", "--json").json
    assert shown["name"] == "历城区审查处"
    assert shown["settings"]["contact"] == "0531-00000000"
    changed = auditdesk("--office", folder, "--user", "admin", "office", "set", "contact=")
    assert changed.status == 0
    answer = auditdesk("--office", folder, "--user", "admin", "office", "show")
    assert "0531" not in answer.out


def test_the_recovery_key_gives_the_administrator_a_new_password(auditdesk, tmp_path, monkeypatch):
    folder = tmp_path / "office"
    words = ("office", "create", folder, "--name", "历城区审查处", "--district", "370112", "--json")
    key = auditdesk(*words).json["recovery_key"]
    monkeypatch.setenv("AUDITDESK_NEW_PASSWORD", "another-password")
    recover = ("office", "recover", folder)
    assert auditdesk(*recover).status == 2, "nobody to ask for the key"
    monkeypatch.setenv("AUDITDESK_RECOVERY_KEY", "AAAA" + key[4:])
    assert auditdesk(*recover).status == 3
    monkeypatch.setenv("AUDITDESK_RECOVERY_KEY", key.lower().replace("-", " "))
    assert auditdesk(*recover, "--admin", "nobody").status == 3
    assert auditdesk("office", "recover", tmp_path / "none").status == 4
    assert auditdesk(*recover).status == 0
    show = ("--office", folder, "--user", "admin", "office", "show")
    assert auditdesk(*show).status == 3, "the lost password opens nothing any more"
    monkeypatch.setenv("AUDITDESK_PASSWORD", "another-password")
    assert auditdesk(*show).status == 0
    words = ("user", "add", "qian", "--full-name", "钱多多", "--role", "clerk")
    assert auditdesk("--office", folder, "--user", "admin", *words).status == 0
    assert auditdesk("--office", folder, "--user", "admin", "journal", "verify").status == 0


@pytest.mark.parametrize(
    "words",
    [
        ("--name", "处", "--district", "37"),
        ("--name", " ", "--district", "370112"),
        ("--name", "处", "--district", "370112", "--setting", "nonsense"),
        ("--name", "处", "--district", "370112", "--setting", "no_such=1"),
        ("--name", "处"),
        ("--district", "370112"),
    ],
)
def test_an_office_that_cannot_be_made_leaves_nothing(auditdesk, tmp_path, words):
    answer = auditdesk("office", "create", tmp_path / "office", *words)
    assert answer.status == 2
    assert answer.err.strip()
    assert list(tmp_path.iterdir()) == []


def test_a_short_password_is_refused(auditdesk, tmp_path, monkeypatch):
    monkeypatch.setenv("AUDITDESK_PASSWORD", "kurz")
    answer = auditdesk("office", "create", tmp_path / "o", "--name", "处", "--district", "370112")
    assert answer.status == 2
    assert list(tmp_path.iterdir()) == []


def test_people_are_added_listed_disabled(as_user):
    words = ("user", "add", "qian", "--full-name", "钱多多", "--role", "clerk")
    assert as_user("admin", *words).status == 0
    people = {p["name"]: p for p in as_user("admin", "user", "list", "--json").json}
    assert people["qian"]["full_name"] == "钱多多"
    assert people["qian"]["certificate_until"] == "2029-03-01"
    assert "钱多多  经办人  启用" in as_user("admin", "user", "list").out
    assert as_user("admin", "user", "disable", "qian").status == 0
    assert as_user("qian", "case", "list").status == 3
    assert as_user("admin", "user", "enable", "qian").status == 0
    assert as_user("qian", "case", "list").status == 0


def test_only_administrators_manage_people(as_user):
    words = ("user", "add", "qian", "--full-name", "钱多多", "--role", "clerk")
    answer = as_user("wang", *words)
    assert answer.status == 3
    assert answer.err == "只有管理员可以这样做。\n"
    assert as_user("admin", "user", "disable", "nobody").status == 3
    assert as_user("admin", "user", "disable", "admin").status == 3
    assert as_user("admin", *words[:-1], "boss").status == 2


def test_passwords_come_from_files_too(auditdesk, as_user, office_folder, tmp_path, monkeypatch):
    new = tmp_path / "new.txt"
    new.write_text("Neues-Wort-9\nsecond line\n", encoding="utf-8")
    assert as_user("li", "user", "password", "--new-password-file", new).status == 0
    assert as_user("li", "case", "list").status == 3
    monkeypatch.delenv("AUDITDESK_PASSWORD")
    words = ("--office", office_folder, "--user", "li", "--password-file")
    assert auditdesk(*words, new, "case", "list").status == 0
    for bad, content in (("empty", b"\n"), ("latin", b"\xff\xfe\n")):
        (tmp_path / bad).write_bytes(content)
        assert auditdesk(*words, tmp_path / bad, "case", "list").status == 2
    assert auditdesk(*words, tmp_path / "missing", "case", "list").status == 2


def test_without_a_terminal_a_missing_password_is_told(as_user, monkeypatch):
    monkeypatch.delenv("AUDITDESK_PASSWORD")
    answer = as_user("li", "case", "list")
    assert answer.status == 2
    assert "AUDITDESK_PASSWORD" in answer.err


def test_certificates_are_renewed_and_kept(as_user, at_desk, tmp_path, monkeypatch):
    container = tmp_path / "own.p12"
    container.write_bytes(at_desk("li").office.users.get("li").pkcs12)
    at_desk("wang").close()
    monkeypatch.setenv("AUDITDESK_PASSPHRASE", PASSWORD)
    assert as_user("li", "user", "certificate", "--file", container).status == 0
    assert as_user("admin", "user", "certificate", "li").status == 0
    assert as_user("li", "user", "certificate", "--file", container).status == 3, "replaced"
    assert as_user("wang", "user", "certificate", "--file", container).status == 3
    assert as_user("li", "user", "certificate", "zhao").status == 3
    assert as_user("li", "user", "certificate", "--file", tmp_path / "none").status == 2
    monkeypatch.setenv("AUDITDESK_PASSPHRASE", "falsch")
    assert as_user("li", "user", "certificate", "--file", container).status == 3
    assert as_user("admin", "user", "reset", "li").status == 0


def test_office_and_user_must_be_named(auditdesk, office_folder):
    answer = auditdesk("case", "list")
    assert (answer.status, "--office" in answer.err) == (2, True)
    answer = auditdesk("--office", office_folder, "case", "list")
    assert (answer.status, "--user" in answer.err) == (2, True)


@pytest.mark.parametrize(
    "words",
    [
        ("nonsense",),
        ("case", "nonsense"),
        ("case",),
        ("--nonsense",),
        ("case", "show"),
        ("export", "city", "--from", "gestern", "--to", "2022-01-01", "--out", "x.xlsx"),
        ("--lang", "de", "types"),
    ],
)
def test_unusable_arguments_are_told_in_the_users_language(auditdesk, words):
    answer = auditdesk(*words)
    assert answer.status == 2
    if words != ("case",):
        assert "用 --help 查看用法。" in answer.err
        english = auditdesk("--lang", "en", *words)
        assert english.status == 2
        assert "See --help" in english.err or "de" in words


def test_the_language_can_come_from_the_environment(as_user, monkeypatch):
    monkeypatch.setenv("AUDITDESK_LANG", "en")
    assert as_user("wang", "user", "disable", "li").err == "Only a administrator may do this.\n"
