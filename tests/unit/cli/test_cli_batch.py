"""Many documents at once on the command line, and the office's seal."""

from __future__ import annotations

import pytest
from PIL import Image, ImageDraw

from auditdesk.documents.preview import page_count
from desk_samples import to_approval

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
