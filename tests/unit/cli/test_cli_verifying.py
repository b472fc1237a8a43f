"""`document verify` and `document find`: many files, papers by their code, what the words say."""

from __future__ import annotations

import json

import pytest

from alteration_samples import note, updated
from desk_samples import to_approval
from page_reading import codes_of


@pytest.fixture
def papers(as_user, at_desk, entered, tmp_path):
    """Two issued approvals and what a phone reads off their last pages."""
    found = []
    for number in range(2):
        no = to_approval(at_desk, entered(data={"village": f"某{number}村"})).no
        at_desk("li").close()
        path = tmp_path / f"{number}.pdf"
        for name in ("li", "wang"):
            assert as_user(name, "document", "issue", no, "approval", "--out", path).status == 0
        (text,) = codes_of(path.read_bytes())
        found.append((no, path, text))
    return found


def test_a_paper_is_compared_with_its_file(auditdesk, papers):
    (_, path, text), (_, other, _) = papers
    for code in (text, text.split()[-1].upper()):
        answer = auditdesk("document", "verify", path, "--code", code, "--json")
        assert (answer.status, answer.json["paper_ok"]) == (0, True)
    answer = auditdesk("document", "verify", other, "--code", text)
    assert answer.status == 1
    assert answer.out.startswith("✕ 这张纸与这个文件对不上")
    wrong = auditdesk("document", "verify", path, "--code", "3f7a")
    assert (wrong.status, "这里有 4 位" in wrong.err) == (2, True)
    assert auditdesk("document", "verify", path, other, "--code", text).status == 2


def test_many_files_are_told_one_after_the_other(auditdesk, papers, tmp_path):
    (_, path, _), (_, other, _) = papers
    changed, none = tmp_path / "changed.pdf", tmp_path / "none.pdf"
    changed.write_bytes(updated(note)(path.read_bytes()))
    none.write_text("no PDF", encoding="utf-8")
    assert auditdesk("document", "verify", path, other).status == 0
    answer = auditdesk("document", "verify", path, changed, none, tmp_path / "gone.pdf", "--json")
    lines = [json.loads(line) for line in answer.out.splitlines()]
    assert [line["good"] for line in lines] == [True, False, False, False]
    assert [line.get("fault") is None for line in lines] == [True, True, False, False]
    assert answer.status == 2
    told = auditdesk("document", "verify", changed, none).out
    assert told.index("changed.pdf") < told.index("不可信赖") < told.index("none.pdf")


def test_the_words_say_who_when_and_how_sure(auditdesk, as_user, papers, tmp_path):
    root, crl = tmp_path / "root.pem", tmp_path / "list.crl"
    export = ("certificate", "export", "--root", root, "--list", crl)
    assert as_user("li", *export).status == 0
    _, path, _ = papers[0]
    alone = auditdesk("document", "verify", path).out
    assert alone.startswith("! 文书完好，但签名人是谁还没有核实")
    assert "经办人 李晓彤（章丘区集体土地审查处）" in alone
    assert "i 签于 2026-03-02 09:30:00（签名人电脑的时间）" in alone
    assert "! 身份未核实" in alone
    known = auditdesk("document", "verify", path, "--root", root, "--revocations", crl).out
    assert known.startswith("✓ 文书完好：签名后没有改动")
    assert "✓ 身份由所知的签发机构确认" in known
    asked = as_user("sun", "document", "verify", path)
    assert "✓ 与本单元留存的原件逐字节相同" in asked.out
    assert "✓ 本单元日志第" in asked.out
    facts = auditdesk("document", "verify", path, "--json").json
    assert len(facts["figures"]) > 12
    assert all(one["agrees"] for one in facts["figures"])
    assert (facts["own"], facts["clean"]) == (True, True)
    assert facts["code"] == papers[0][2].split()[-1]


def test_the_office_finds_its_own_paper(as_user, papers):
    (no, _, text), _ = papers
    found = as_user("sun", "document", "find", "--code", text, "--json").json
    assert found == [
        {
            "number": text.split("\n")[0],
            "case": no,
            "kind": "approval",
            "state": "issued",
            "void_reason": None,
        }
    ]
    assert "批复" in as_user("sun", "document", "find", "--code", text.split()[-1]).out
    listed = as_user("sun", "case", "list", "--search", text.split()[-1], "--json")
    assert no in listed.out
    assert as_user("sun", "document", "find", "--code", "0" * 32).status == 3
    assert as_user("sun", "document", "find", "--code", "none").status == 2
