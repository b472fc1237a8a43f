"""The commands `material`: what the window does with materials and scans, typed."""

from __future__ import annotations

import json

import pytest

from auditdesk.operations.scan_folder import ARCHIVE
from scan_samples import HOSTILE, pdf_of, picture

NO, OTHER = "RS-2022-0001", "RS-2022-0002"


@pytest.fixture
def imported(as_user, lease):
    """Two cases of the same applicant."""
    for _ in (NO, OTHER):
        assert as_user("li", "case", "import", lease).status == 0


@pytest.fixture
def scans(tmp_path):
    """A folder that a scanner wrote into."""
    folder = tmp_path / "scans"
    folder.mkdir()
    for number in (1, 2, 3):
        (folder / f"{number}.pdf").write_bytes(pdf_of(number))
    return folder


def attach(as_user, *files, no=NO, material="vote_record"):
    return as_user("li", "material", "attach", no, material, *files)


def listed(as_user, no=NO):
    rows = as_user("wang", "material", "list", no, "--json").json
    return {row["material"]: row for row in rows}


def test_many_scans_are_attached_and_each_that_is_refused_is_told(as_user, imported, scans):
    bad = scans / "bad.pdf"
    bad.write_bytes(HOSTILE["a script at opening"][0])
    answer = attach(as_user, scans / "1.pdf", bad, scans / "2.pdf", scans / "missing.pdf", "--json")
    assert answer.status == 1
    lines = [json.loads(line) for line in answer.out.splitlines()]
    assert [(line["file_name"], line["pages"]) for line in lines] == [("1.pdf", 1), ("2.pdf", 2)]
    assert "bad.pdf" in answer.err
    assert "脚本" in answer.err
    assert "missing.pdf" in answer.err
    assert [s["pages"] for s in listed(as_user)["vote_record"]["scans"]] == [1, 2]


@pytest.mark.parametrize("name", ["a program", "a pdf under lock", "nothing"])
def test_one_file_that_is_refused_is_unusable_input(as_user, imported, tmp_path, name):
    path = tmp_path / "x.pdf"
    path.write_bytes(HOSTILE[name][0])
    answer = attach(as_user, path)
    assert (answer.status, answer.out) == (2, "")
    assert "x.pdf" in answer.err


def test_files_are_put_away_once_they_are_safe(as_user, imported, scans):
    (scans / ARCHIVE).mkdir()
    (scans / ARCHIVE / "1.pdf").write_bytes(b"an older one")
    (scans / "bad.pdf").write_bytes(b"no scan")
    answer = attach(as_user, scans / "1.pdf", scans / "2.pdf", scans / "bad.pdf", "--put-away")
    assert answer.status == 1
    assert {p.name for p in scans.iterdir()} == {ARCHIVE, "3.pdf", "bad.pdf"}
    away = {p.name: p.read_bytes() for p in (scans / ARCHIVE).iterdir()}
    assert away == {"1.pdf": b"an older one", "1 (2).pdf": pdf_of(1), "2.pdf": pdf_of(2)}


def test_a_file_that_cannot_be_put_away_is_told_and_is_attached(as_user, imported, scans):
    (scans / ARCHIVE).write_bytes(b"a file where the folder should be")
    answer = attach(as_user, scans / "1.pdf", "--put-away")
    assert answer.status == 1
    assert "仍在原处" in answer.err
    assert (scans / "1.pdf").exists()
    assert len(listed(as_user)["vote_record"]["scans"]) == 1


def test_the_same_content_is_told(as_user, imported, scans):
    one = scans / "1.pdf"
    assert attach(as_user, one).status == 0
    again = attach(as_user, one)
    assert again.status == 3
    assert "完全相同" in again.err
    elsewhere = attach(as_user, one, no=OTHER)
    assert elsewhere.status == 0
    assert NO in elsewhere.out
    other = attach(as_user, one, "--json", material="title_proof").json
    assert {(e["no"], e["material"]) for e in other["elsewhere"]} == {
        (NO, "vote_record"),
        (OTHER, "vote_record"),
    }
    told = attach(as_user, one, material="appraisal_report")
    assert "本案" in told.out


def test_materials_are_marked_and_listed(as_user, imported):
    mark = ("material", "mark", NO)
    assert as_user("li", *mark, "title_proof", "--form", "original", "--pages", 3).status == 0
    assert as_user("li", *mark, "vote_record", "--verdict", "missing").status == 0
    rows = listed(as_user)
    row = rows["title_proof"]
    assert (row["form"], row["pages"], row["noted"], row["verdict"]) == (
        "original",
        3,
        True,
        "present",
    )
    assert rows["vote_record"]["verdict"] == "missing"
    assert as_user("li", *mark, "title_proof", "--pages", 4).status == 0
    assert listed(as_user)["title_proof"]["form"] == "original", "the rest stays"
    assert as_user("li", *mark, "title_proof", "--clear").status == 0
    assert not listed(as_user)["title_proof"]["noted"]
    assert as_user("li", *mark, "--all-present").status == 0
    rows = listed(as_user)
    assert {r["verdict"] for r in rows.values() if r["required"]} == {"present"}
    printed = as_user("li", "material", "list", NO).out
    assert "土地权属证明" in printed
    assert "齐" in printed
    for wrong, status in (
        ((), 2),
        (("title_proof", "--all-present"), 2),
        (("no_such", "--form", "copy"), 2),
        (("title_proof", "--pages", "0"), 2),
        (("title_proof", "--form", "fax"), 2),
    ):
        assert as_user("li", *mark, *wrong).status == status, wrong
    assert as_user("wang", *mark, "--all-present").status == 3


def test_a_scan_is_shown_exported_and_moved(as_user, imported, scans, tmp_path):
    made = attach(as_user, scans / "1.pdf", "--original", "--json").json
    attach(as_user, scans / "2.pdf", material="title_proof")
    shown = as_user("wang", "material", "show", made["id"], "--json").json
    assert (shown["pages"], shown["original"], shown["came"]) == (1, True, "attached")
    assert "1.pdf" in as_user("wang", "material", "show", made["id"]).out
    assert as_user("wang", "material", "show", 99).status == 3

    out = tmp_path / "out"
    export = ("material", "export", NO, "--out", out)
    assert as_user("wang", *export).status == 2, "the folder has to be there"
    out.mkdir()
    assert as_user("wang", *export).status == 0
    assert {p.name: p.read_bytes() for p in out.iterdir()} == {
        "01 集体经济组织表决情况.pdf": pdf_of(1),
        "02 土地权属证明.pdf": pdf_of(2),
    }
    assert as_user("wang", *export).status == 2, "nothing is replaced"
    assert as_user("wang", "material", "export", OTHER, "--out", tmp_path).status == 2

    move = ("material", "move", made["id"], "--to", OTHER, "--material", "title_proof")
    assert as_user("li", *move).status == 2, "why"
    answer = as_user("li", *move, "--reason", "放错案件")
    assert (answer.status, OTHER in answer.out) == (0, True)
    assert listed(as_user)["vote_record"]["scans"] == []
    (moved,) = listed(as_user, OTHER)["title_proof"]["scans"]
    assert (moved["came"], moved["reason"]) == ("moved", "放错案件")
    told = as_user("wang", "case", "show", NO, "--json").json["timeline"][-1]
    assert "放错案件" in told["detail"]


def test_a_scan_of_an_earlier_case_is_offered_and_taken_over(as_user, imported, tmp_path):
    path = tmp_path / "证.png"
    path.write_bytes(picture())
    attach(as_user, path)
    offers = as_user("li", "material", "reuse", OTHER, "vote_record", "--json").json
    assert [(o["no"], o["same_material"], o["pages"]) for o in offers] == [(NO, True, 1)]
    printed = as_user("li", "material", "reuse", OTHER, "vote_record").out
    assert "统一社会信用代码" in printed
    taken = as_user("li", "material", "reuse", OTHER, "vote_record", offers[0]["id"])
    assert (taken.status, NO in taken.out) == (0, True)
    (scan,) = listed(as_user, OTHER)["vote_record"]["scans"]
    assert (scan["came"], scan["file_name"]) == ("reused", "证.png")
    again = as_user("li", "material", "reuse", OTHER, "vote_record", offers[0]["id"])
    assert again.status == 3
    assert as_user("li", "material", "reuse", OTHER, "vote_record", "--json").json == []
