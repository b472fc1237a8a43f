"""The case work from the command line."""

from __future__ import annotations

import json
import re
from pathlib import Path

import openpyxl
import pytest

from desk_samples import PASSWORD
from scan_samples import pdf_of
from successor_samples import LAND, changed, drop_in

NO = "RS-2022-0001"


@pytest.fixture
def imported(as_user, lease):
    assert as_user("li", "case", "import", lease).status == 0


@pytest.fixture
def approved(as_user, imported):
    """The whole way to the approval, as it is typed."""
    steps = [
        ("li", "case", "advance", NO, "--opinion", "材料齐全"),
        ("li", "case", "set", NO, "town_opinion=present", "town_reviewed_on=2022-03-02"),
        ("zhao", "case", "advance", NO),
        ("li", "case", "set", NO, "district_reviewed_on=2022-03-03", "planned_trade_on=2022-04-01"),
        ("zhao", "case", "advance", NO),
        ("li", "case", "set", NO, "government_approved_on=2022-03-10"),
        ("wang", "case", "advance", NO, "--opinion", "同意"),
    ]
    for step in steps:
        answer = as_user(*step)
        assert answer.status == 0, answer.err


def write(path, content):
    path.write_text(json.dumps(content, ensure_ascii=False, default=str), encoding="utf-8")
    return path


def test_a_case_is_imported_listed_shown(as_user, lease):
    answer = as_user("li", "case", "import", lease, "--json")
    assert answer.json == {"no": NO, "verdict": "pass", "unknown_fields": []}
    rows = [json.loads(x) for x in as_user("wang", "case", "list", "--json").out.splitlines()]
    assert [(r["no"], r["stage"], r["verdict"]) for r in rows] == [(NO, "intake", "pass")]
    listed = as_user("wang", "case", "list", "--search", "杏林").out.splitlines()
    assert [line.split()[0] for line in listed] == ["案号", NO]
    assert listed[0].split()[1] == "申请人／对象"
    # both stand in one column, where a Chinese character takes two places
    assert listed[1].index("章丘") - listed[0].index("申请人") == len("案号")
    assert as_user("wang", "case", "list", "--search", "槐树").out == ""
    assert as_user("wang", "case", "list", "--mine").out == ""
    assert NO in as_user("li", "case", "list", "--mine", "--status", "open", "--sort", "no").out
    shown = as_user("wang", "case", "show", NO, "--json").json
    assert shown["case"]["data"]["vote_total"] == 90
    assert shown["report"]["verdict"] == "pass"
    assert {a["id"] for a in shown["actions"]} >= {"advance", "save"}
    assert "受理" in as_user("wang", "case", "show", NO).out


def test_fields_that_the_type_lacks_are_named(as_user, plan, tmp_path):
    path = write(tmp_path / "case.json", plan(data={"colour": "red"}))
    answer = as_user("li", "case", "import", path)
    assert answer.status == 0
    assert "colour" in answer.out


def test_of_several_files_all_are_entered_or_none(as_user, lease, plan, tmp_path):
    broken = write(tmp_path / "broken.json", plan(case_type="no_such"))
    answer = as_user("li", "case", "import", lease, broken, lease, tmp_path / "missing.json")
    assert answer.status == 2
    assert "broken.json" in answer.err
    assert "missing.json" in answer.err
    assert as_user("li", "case", "list").out == ""
    assert as_user("li", "case", "import", lease, lease).status == 0
    assert len(as_user("li", "case", "list", "--json").out.splitlines()) == 2


def test_check_answers_with_its_exit_status(as_user, imported, plan, tmp_path):
    answer = as_user("wang", "case", "check", NO)
    assert (answer.status, answer.out.splitlines()[0]) == (0, "通过 · 受理")
    short = write(tmp_path / "short.json", plan(data={"vote_agree": 39, "vote_against": 37}))
    assert as_user("li", "case", "import", short).status == 0
    answer = as_user("wang", "case", "check", "RS-2022-0002", "--json")
    assert answer.status == 1
    assert answer.json["format"] == "auditdesk.check/1"
    answer = as_user("li", "case", "advance", "RS-2022-0002")
    assert answer.status == 1
    assert "三分之二" in answer.err
    assert as_user("wang", "case", "check", "RS-2022-0009").status == 3


def test_the_whole_way_to_two_signatures(as_user, auditdesk, approved, office_folder, tmp_path):
    out = tmp_path / "approval.pdf"
    issue = ("document", "issue", NO, "approval", "--out", out)
    early = as_user("wang", *issue)
    assert early.status == 3
    assert not out.exists()
    first = as_user("li", *issue, "--json")
    assert (first.status, first.json["state"]) == (0, "certified")
    assert auditdesk("document", "verify", out).status == 1
    assert as_user("li", *issue, "--json").json["digest"] == first.json["digest"]
    second = as_user("wang", *issue, "--json")
    assert second.json["state"] == "issued"
    assert second.json["number"] == "章政土批〔2026〕1号"
    kept = out.read_bytes()
    assert as_user("sun", *issue).status == 0
    assert out.read_bytes() == kept
    verified = auditdesk("document", "verify", out, "--json")
    assert (verified.status, verified.json["good"]) == (0, True)
    assert verified.json["case"]["case_type"] == "land_entry"
    assert [s["name"] for s in verified.json["signatures"]] == ["李晓彤", "王建国"]
    known = auditdesk(
        "--user", "sun", "document", "verify", out, "--office", office_folder, "--json"
    )
    assert known.json["trusted"]
    assert known.json["journal_ok"]
    assert known.json["kept"]
    assert "完好" in auditdesk("document", "verify", out).out
    altered = bytearray(kept)
    altered[kept.index(b"stream") + 60] ^= 1
    out.write_bytes(altered)
    answer = auditdesk("document", "verify", out)
    assert answer.status == 1
    assert "不可信赖" in answer.out
    out.write_bytes(kept + b"\n")
    assert auditdesk("document", "verify", out).status == 1


def test_documents_are_listed_previewed_voided(as_user, approved, tmp_path):
    rows = {o["kind"]: o for o in as_user("li", "document", "list", NO, "--json").json}
    assert rows["approval"]["next_step"] == "certify"
    assert rows["refusal"]["next_step"] == ""
    preview = tmp_path / "preview.pdf"
    assert as_user("wang", "document", "preview", NO, "approval", "--out", preview).status == 0
    assert preview.read_bytes().startswith(b"%PDF-")
    issue = ("document", "issue", NO, "approval", "--out", tmp_path / "a.pdf", "--json")
    number = as_user("li", *issue).json["number"]
    void = ("document", "void", NO, number, "--reason", "印错")
    assert as_user("li", *void).status == 3
    assert as_user("wang", *void).status == 0
    assert as_user("wang", "document", "void", NO, "没有", "--reason", "x").status == 3
    rows = {o["kind"]: o for o in as_user("li", "document", "list", NO, "--json").json}
    assert (rows["approval"]["next_step"], rows["approval"]["document"]) == ("certify", None)


def test_a_wrong_passphrase_is_refused_and_nothing_is_numbered(
    as_user, approved, tmp_path, monkeypatch
):
    out = tmp_path / "a.pdf"
    monkeypatch.setenv("AUDITDESK_PASSPHRASE", "falsch")
    answer = as_user("li", "document", "issue", NO, "approval", "--out", out)
    assert answer.status == 3
    assert answer.err.strip()
    assert not out.exists()
    monkeypatch.setenv("AUDITDESK_PASSPHRASE", PASSWORD)
    answer = as_user("li", "document", "issue", NO, "approval", "--out", out, "--json")
    assert answer.json["number"].endswith("1号")


def test_a_certificate_file_of_ones_own_signs(as_user, at_desk, approved, tmp_path, monkeypatch):
    container = tmp_path / "own.p12"
    container.write_bytes(at_desk("li").office.users.get("li").pkcs12)
    at_desk("li").close()
    issue = ("document", "issue", NO, "approval", "--out", tmp_path / "a.pdf", "--certificate")
    monkeypatch.setenv("AUDITDESK_PASSPHRASE", PASSWORD)
    assert as_user("li", *issue, tmp_path / "none.p12").status == 2
    assert as_user("li", *issue, tmp_path).status == 2
    assert as_user("li", *issue, container).status == 0


def test_a_target_that_cannot_be_written_is_told_before_signing(as_user, approved, tmp_path):
    letter = tmp_path / "letter.txt"
    letter.write_text("bleibt", encoding="utf-8")
    for out in (letter, tmp_path / "missing" / "a.pdf", tmp_path):
        answer = as_user("li", "document", "issue", NO, "approval", "--out", out)
        assert answer.status == 2
    assert letter.read_text(encoding="utf-8") == "bleibt"
    rows = as_user("li", "document", "list", NO, "--json").json
    assert all(o["document"] is None for o in rows)


def test_a_value_that_cannot_be_used_is_kept_and_told_at_once(as_user, imported):
    done = as_user("li", "case", "set", NO, "entry_price_yuan=九万")
    assert done.status == 0
    assert done.out.splitlines() == [
        f"案件 {NO} 已保存 · 否决",
        "  [填写有误] 入市价格：应为金额（元）",
    ]


def test_what_lacks_a_justification_is_to_be_justified_not_put_right(as_user, imported):
    assert as_user("li", "case", "set", NO, "term_years=3").status == 0
    held = as_user("li", "case", "advance", NO)
    assert held.status == 1
    assert "审查结论为“待说明”，须先逐条填写说明，才能提交：\n  [说明] " in held.err


def test_return_refuse_withdraw_justify(as_user, imported, lease):
    assert as_user("li", "case", "return", NO).status == 2
    answer = as_user("li", "case", "return", NO, "--reason", "补正", "--material", "vote_record")
    assert answer.status == 0
    shown = as_user("li", "case", "show", NO, "--json").json
    assert (shown["status"], shown["opinions"][0]["reason"]) == ("returned", "补正")
    assert as_user("li", "case", "refuse", NO, "--reason", "x").status == 3
    assert as_user("wang", "case", "withdraw", NO, "--reason", "x").status == 3
    justify = ("case", "justify", NO, "land_entry.lease.min_term", "--reason", "说明")
    assert as_user("wang", *justify).status == 3
    assert as_user("li", *justify).status == 0
    assert as_user("li", "case", "justify", NO, "no.such", "--reason", "x").status == 2
    assert as_user("li", "case", "withdraw", NO, "--reason", "撤回").status == 0
    assert as_user("li", "case", "advance", NO).status == 3


def test_facts_are_set_and_replaced(as_user, imported, plan, tmp_path):
    rows = '[{"recipient": "集体提留", "share_percent": 99.5}]'
    answer = as_user(
        "li",
        "case",
        "set",
        NO,
        "site_cleared=否",
        "structures_title_clear=false",
        "vote_total=91",
        "vote_topics=entry,price",
        f"income_distribution={rows}",
        "title_proof=missing",
        "village=",
    )
    assert answer.status == 0, answer.err
    shown = as_user("li", "case", "show", NO, "--json").json["case"]
    data = shown["data"]
    assert data["site_cleared"] is False
    assert data["vote_total"] == 91
    assert data["vote_topics"] == ["entry", "price"]
    assert data["income_distribution"][0]["share_percent"] == "99.5"
    assert "village" not in data
    assert shown["materials"]["title_proof"] == "missing"
    for bad in ("nonsense", "no_such=1", "income_distribution=[", "=1"):
        assert as_user("li", "case", "set", NO, bad).status == 2, bad
    assert as_user("wang", "case", "set", NO, "village=别村").status == 3
    whole = write(tmp_path / "whole.json", plan(accepted_on="2022-03-02"))
    assert as_user("li", "case", "edit", NO, whole).status == 0
    shown = as_user("li", "case", "show", NO, "--json").json["case"]
    assert shown["accepted_on"] == "2022-03-02"
    assert shown["data"]["village"] == "杏林村"
    assert as_user("li", "case", "edit", NO, tmp_path / "missing.json").status == 2


def test_scans_are_attached_fetched_removed(as_user, imported, tmp_path):
    scan = tmp_path / "scan.pdf"
    scan.write_bytes(pdf_of())
    attach = ("material", "attach", NO, "vote_record")
    kept = as_user("li", *attach, scan, "--original", "--json").json
    assert kept["size"] == len(pdf_of())
    out = tmp_path / "back.pdf"
    assert as_user("wang", "material", "fetch", kept["id"], "--out", out).status == 0
    assert out.read_bytes() == scan.read_bytes()
    assert as_user("wang", "material", "fetch", kept["id"], "--out", out).status == 2
    assert as_user("wang", "material", "fetch", 99, "--out", tmp_path / "x").status == 3
    assert as_user("wang", *attach, scan).status == 3
    assert as_user("li", "material", "attach", NO, "no_such", scan).status == 2
    assert as_user("li", *attach, tmp_path / "missing.pdf").status == 2
    assert as_user("li", "material", "attach", "RS-1", "vote_record", scan).status == 3
    assert as_user("li", "material", "remove", NO, kept["id"]).status == 0


def test_the_period_is_exported(as_user, imported, tmp_path):
    out = tmp_path / "city.xlsx"
    export = ("export", "city", "--from", "2022-01-01", "--to", "2022-12-31", "--out", out)
    answer = as_user("li", *export, "--json")
    filled = [sheet for sheet in answer.json["sheets"] if sheet["rows"]]
    assert filled == [{"name": "集体经营性建设用地入市方案", "rows": 1}]
    assert len(openpyxl.load_workbook(out).worksheets) == 1 + len(answer.json["sheets"])
    assert as_user("li", *export).status == 2
    assert as_user("li", *export, "--overwrite").status == 0
    assert as_user("admin", *export, "--overwrite").status == 3
    backwards = ("export", "city", "--from", "2022-12-31", "--to", "2022-01-01", "--out", out)
    assert as_user("li", *backwards).status == 2
    nowhere = (*export[:-1], tmp_path / "missing" / "city.xlsx")
    assert as_user("li", *nowhere).status == 4


def test_the_journal_is_verified_and_listed(as_user, imported):
    answer = as_user("wang", "journal", "verify", "--json")
    assert (answer.status, answer.json["ok"]) == (0, True)
    assert "日志完好" in as_user("wang", "journal", "verify").out
    entry = json.loads(as_user("wang", "journal", "list", "--limit", 1, "--json").out)
    assert entry["kind"] == "case.import"
    assert "录入案件" in as_user("wang", "journal", "list").out


def test_a_backup_whose_regulation_was_altered_is_told(as_user, imported, office_folder):
    drop_in(office_folder, LAND)
    made = as_user("li", "backup", "create", "--json").json
    assert made["regulations"] == 1
    sound = as_user("li", "backup", "verify", made["folder"])
    assert (sound.status, "依据和文书模板文件 1 个" in sound.out) == (0, True)
    copy = Path(made["folder"], "regulations", "jinan-land-2024.toml")
    copy.write_text(changed(LAND, '"3/4"', '"2/3"'), encoding="utf-8")
    answer = as_user("li", "backup", "verify", made["folder"])
    assert (answer.status, "regulations/jinan-land-2024.toml" in answer.err) == (1, True)


def test_backups_are_made_and_verified(as_user, imported, tmp_path):
    made = as_user("li", "backup", "create", "--json").json
    assert made["cases"] == 1
    assert as_user("li", "backup", "verify", made["folder"]).status == 0
    elsewhere = tmp_path / "stick"
    assert as_user("li", "backup", "create", "--to", elsewhere).status == 2
    elsewhere.mkdir()
    assert as_user("li", "backup", "create", "--to", elsewhere).status == 0
    assert as_user("li", "backup", "verify", elsewhere).status == 2
    database = next(elsewhere.glob("2026*/office.db"))
    content = bytearray(database.read_bytes())
    content[-1] ^= 1
    database.write_bytes(content)
    answer = as_user("li", "backup", "verify", database.parent)
    assert answer.status == 1
    assert answer.err.strip()


def test_english_is_english_throughout(auditdesk, office_folder, imported):
    words = ("--lang", "en", "--office", office_folder, "--user", "li")
    answer = auditdesk(*words, "case", "advance", NO)
    assert answer.out == f"Case {NO}: Hand on – recorded → Town review\n"
    for command in (("journal", "verify"), ("document", "list", NO), ("case", "check", NO)):
        text = auditdesk(*words, *command).out
        assert text.strip()
        assert not re.search("[\u4e00-\u9fff]", text), text
