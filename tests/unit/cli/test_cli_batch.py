"""Many documents at once on the command line, and the office's seal."""

from __future__ import annotations

import os
import signal

import pytest
from PIL import Image, ImageDraw

from auditdesk.documents.preview import page_count
from desk_samples import to_approval
from stamp_samples import authority, serving, stamping
from token_samples import PIN, slots  # noqa: F401 – a fixture is found by its name

MANY = ("land_entry", "approval")


@pytest.fixture
def approved(at_desk, entered):
    numbers = [to_approval(at_desk, entered()).no for _ in range(2)]
    at_desk("li").close()
    return numbers


def test_all_that_waits_is_signed_and_printed(as_user, approved, tmp_path):
    found = as_user("li", "document", "waiting", *MANY, "--json").json
    assert [(one["no"], one["step"]) for one in found] == [(no, "certify") for no in approved]
    assert as_user("wang", "document", "waiting", *MANY, "--json").json == []
    proofs = tmp_path / "proofs.pdf"
    answer = as_user("wang", "document", "print-all", *MANY, "--proofs", "--out", proofs)
    assert (answer.status, page_count(proofs.read_bytes()) % 2) == (0, 0)
    first = as_user("li", "document", "sign-all", *MANY, "--json")
    assert (first.status, first.json["failed"]) == (0, [])
    assert [one["number"] for one in first.json["done"]] == [
        "章政土批〔2026〕1号",
        "章政土批〔2026〕2号",
    ]
    second = as_user("wang", "document", "sign-all", *MANY, "--no", approved[0])
    assert second.status == 0
    assert "已签名 1 份，未办成 0 份" in second.out
    copies = tmp_path / "copies.pdf"
    answer = as_user("sun", "document", "print-all", *MANY, "--out", copies)
    assert answer.status == 0
    assert "1 份" in answer.out
    assert page_count(copies.read_bytes()) >= 2


def test_a_token_signs_many_at_once(as_user, approved, slots, tmp_path, monkeypatch):  # noqa: F811
    slots.make("li")
    request, pin = tmp_path / "li.csr", tmp_path / "pin"
    pin.write_text(f"{PIN}\n", encoding="utf-8")
    token = ("--token", slots.module, "--pin-file", pin)
    words = ("certificate", "request", *token, "--new-key", "--out", request)
    assert as_user("li", *words).status == 0
    issue = ("certificate", "issue", "li", "--request", request, "--out", tmp_path / "li.pem")
    assert as_user("admin", *issue).status == 0
    sign = ("document", "sign-all", *MANY)
    assert as_user("li", *sign, *token, "--certificate", pin).status == 2
    assert as_user("li", *sign, *token, "--token-label", "other").status == 3
    monkeypatch.setenv("AUDITDESK_PIN", "999999")
    assert as_user("li", *sign, "--token", slots.module).status == 3
    assert len(as_user("li", "document", "waiting", *MANY, "--json").json) == 2, "nothing was done"
    done = as_user("li", *sign, *token, "--token-label", "li", "--json")
    assert (done.status, done.json["failed"], len(done.json["done"])) == (0, [], 2)
    assert as_user("wang", *sign).status == 0
    serial = as_user("admin", "certificate", "list", "li", "--json").json[0]["serial"]
    for no in approved:
        pdf = tmp_path / f"{no}.pdf"
        assert as_user("wang", "document", "issue", no, "approval", "--out", pdf).status == 0
        assert as_user("wang", "document", "verify", pdf).status == 0
    revoke = ("certificate", "revoke", serial, "--reason", "key_compromise", "--json")
    told = as_user("admin", *revoke, "--since", "2026-03-01").json["documents"]
    assert told == [one["number"] for one in done.json["done"]], "signed by the token's key"


def stamps(as_user, server, tmp_path, *more):
    root = tmp_path / "tsa.pem"
    root.write_text(authority().root, encoding="utf-8")
    words = ("office", "timestamp", "--url", server.url, "--root", root, *more)
    assert as_user("admin", *words).status == 0


def test_the_papers_without_a_stamp_are_listed(as_user, approved, tmp_path, clock):
    asked = []

    def answer(body):
        asked.append(body)
        return 500 if len(asked) == 3 else stamping(clock.now())(body)

    with serving(answer) as server:
        stamps(as_user, server, tmp_path, "--optional")
        done = as_user("li", "document", "sign-all", *MANY)
    assert done.status == 0
    assert "其中 1 份没有时间戳" in done.out
    assert "! 章政土批〔2026〕2号 没有时间戳: 连不上" in done.out
    listed = as_user("li", "document", "list", approved[1], "--json").json
    (unstamped,) = next(one for one in listed if one["kind"] == "approval")["unstamped"]
    assert unstamped.startswith("经办人的签名没有时间戳")
    assert "文书编号并签名，没有时间戳" in as_user("admin", "journal", "list").out
    pdf = tmp_path / "one.pdf"
    fetched = as_user("li", "document", "issue", approved[1], "approval", "--out", pdf)
    assert "! 经办人的签名没有时间戳" in fetched.out


def test_ctrl_c_stops_after_the_document_in_hand(as_user, approved, tmp_path, clock):
    asked = []

    def answer(body):
        asked.append(body)
        if len(asked) == 2:  # while the first document is being signed
            os.kill(os.getpid(), signal.SIGINT)
        return stamping(clock.now())(body)

    with serving(answer) as server:
        stamps(as_user, server, tmp_path)
        done = as_user("li", "document", "sign-all", *MANY, "--json")
    assert done.status == 1
    assert (done.json["cancelled"], done.json["untouched"]) == (True, 1)
    assert [one["number"] for one in done.json["done"]] == ["章政土批〔2026〕1号"]
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


def test_a_batch_that_stopped_says_why_and_what_is_left(as_user, approved, tmp_path, clock):
    asked = []

    def answer(body):
        asked.append(body)
        return 500 if len(asked) == 3 else stamping(clock.now())(body)

    with serving(answer) as server:
        stamps(as_user, server, tmp_path)
        done = as_user("li", "document", "sign-all", *MANY)
    assert done.status == 1
    assert "没有取得时间戳，因此没有签名" in done.out
    assert "已停止，1 份没有办" in done.out


def test_nothing_to_print_is_said_and_leaves_no_file(as_user, approved, tmp_path):
    out = tmp_path / "none.pdf"
    assert as_user("li", "document", "print-all", *MANY, "--out", out).status == 3
    assert not out.exists()


def test_the_seal_is_put_in_and_taken_out(as_user, office_folder, tmp_path):
    image = Image.new("RGBA", (400, 400), (0, 0, 0, 0))
    ImageDraw.Draw(image).ellipse((4, 4, 395, 395), outline=(220, 0, 0, 255), width=9)
    path = tmp_path / "seal.png"
    image.save(path)
    assert as_user("li", "office", "seal", path).status == 3
    assert as_user("admin", "office", "seal", path, "--across").status == 0
    assert "印章图片：有；骑缝章：加盖" in as_user("li", "office", "seal").out
    assert as_user("admin", "office", "seal", "--remove", "--not-across").status == 0
    assert "无，留空盖章；骑缝章：不加盖" in as_user("li", "office", "seal").out
    path.write_bytes(b"GIF89a")
    assert as_user("admin", "office", "seal", path).status == 2
