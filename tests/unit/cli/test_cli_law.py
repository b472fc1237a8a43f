"""What the law says on any day, as commands print it; a broken file is never passed over."""

from __future__ import annotations

import json

import pytest

from successor_samples import LAND, changed, drop_in
from template_samples import put_template


@pytest.fixture
def by_id(auditdesk):
    """A command's list of case types or regulations, by id."""

    def listed(*arguments):
        answer = auditdesk(*arguments, "--json")
        assert answer.status == 0
        (things,) = (v for v in answer.json.values() if isinstance(v, list))
        return {thing["id"]: thing for thing in things}

    return listed


def rule(case_type, name):
    return next(r for r in case_type["rules"] if r["rule" if "rule" in r else "id"] == name)


def articles(citations):
    return [f"{c['regulation']} {c['article']}" for c in citations]


@pytest.mark.parametrize(
    ("day", "in_force", "first"),
    [
        ("2021-11-30", True, "jinan-land-2021 19"),
        ("2023-11-30", True, "jinan-land-2021 19"),
        ("2023-12-01", False, "national-land-law 63"),
    ],
)
def test_types_on_a_day_lists_what_held_on_it(by_id, day, in_force, first):
    entry = by_id("types", "--on", day)["land_entry"]
    assert entry["on"] == day
    assert ("jinan-land-2021" in entry["in_force"]) is in_force
    assert articles(rule(entry, "land_entry.vote.two_thirds")["citations"])[0] == first
    assert bool(rule(entry, "land_entry.vote.topics")["citations"]) is in_force
    figures = {f["id"]: f for f in entry["figures"]}
    assert ("lease_min_years" in figures) is in_force
    assert figures["vote_share"]["shown"] == "2/3"
    material = next(m for m in entry["materials"] if m["id"] == "vote_record")
    assert len(material["citations"]) == (2 if in_force else 1)


def test_types_without_a_day_lists_what_is_declared(by_id):
    entry = by_id("types")["land_entry"]
    assert "figures" not in entry
    assert articles(rule(entry, "land_entry.vote.topics")["citations"]) == ["jinan-land-2021 19"]


def test_types_and_check_follow_the_offices_successor(
    auditdesk, by_id, office_folder, lease, tmp_path
):
    drop_in(office_folder, LAND)
    with_office = ("--office", office_folder)
    entry = by_id(*with_office, "types", "--on", "2024-06-01")["land_entry"]
    assert articles(rule(entry, "land_entry.vote.two_thirds")["citations"]) == [
        "jinan-land-2024 8",
        "national-land-law 63",
    ]
    case = tmp_path / "case.json"
    case.write_text(
        json.dumps(json.loads(lease.read_text("utf-8")) | {"accepted_on": "2024-06-01"}),
        encoding="utf-8",
    )
    seen = {}
    for name, arguments in (("office", with_office), ("shipped", ())):
        answer = auditdesk(*arguments, "check", case, "--json")
        found = next(r for r in answer.json["rules"] if r["rule"] == "land_entry.lease.min_term")
        seen[name] = (found["outcome"], [c["regulation"] for c in found["citations"]])
    assert seen["office"][1] == ["jinan-land-2024"]
    assert seen["shipped"] == ("not_applicable", ["jinan-land-2021"])


def test_the_regulations_with_their_days_figures_and_rules(by_id):
    land = by_id("regulations", "--on", "2023-11-30")["jinan-land-2021"]
    assert (land["state"], land["days_left"], land["origin"]) == ("ending", 0, "shipped")
    share = next(p for p in land["parameters"] if p["id"] == "vote_share")
    assert share["values"][0] | {} == {
        "shown": "2/3",
        "article": "19",
        "first_day": "2021-12-01",
        "last_day": "2023-11-30",
    }
    assert {"number": "19"}.items() <= next(
        a for a in land["articles"] if a["number"] == "19"
    ).items()
    citing = {use["rule"] for use in land["rules"]}
    assert {"land_entry.vote.topics", "land_use_approval.principles"} <= citing
    assert not any(use.startswith("building") for use in citing)


def test_what_papers_tell_and_no_rule_cites_says_so(auditdesk, by_id):
    listed = by_id("regulations", "--on", "2024-01-01")
    told = {name for name, entry in listed.items() if entry["told_in_papers"]}
    assert told == {
        "national-litigation-law",
        "national-reconsideration-law",
        "national-reconsideration-law-2023",
    }
    assert all(listed[name]["rules"] == [] for name in told)
    assert listed["national-reconsideration-law"]["state"] == "ended"
    assert "以文书签发之日为准" in auditdesk("regulations").out


@pytest.mark.parametrize(
    ("day", "state"),
    [
        ("2021-11-30", "not_yet"),
        ("2021-12-01", "in_force"),
        ("2023-08-31", "in_force"),
        ("2023-09-01", "ending"),
        ("2023-11-30", "ending"),
        ("2023-12-01", "ended"),
    ],
)
def test_a_regulation_is_pointed_at_ninety_days_before_its_last(by_id, day, state):
    assert by_id("regulations", "--on", day)["jinan-land-2021"]["state"] == state


def test_the_offices_regulations_are_listed_as_its_own(auditdesk, by_id, office_folder):
    drop_in(office_folder, LAND)
    listed = by_id("--office", office_folder, "regulations", "--on", "2024-06-01")
    mine = listed["jinan-land-2024"]
    assert (mine["origin"], mine["succeeds"]) == ("office", "jinan-land-2021")
    assert listed["jinan-land-2021"]["succeeded_by"] == "jinan-land-2024"
    rules = {use["rule"]: use["articles"] for use in mine["rules"]}
    assert rules["land_entry.vote.two_thirds"] == ["8"]
    text = auditdesk("--office", office_folder, "regulations", "--lang", "en").out
    assert "jinan-land-2024" in text
    assert "succeeded by jinan-land-2024" in text


@pytest.mark.parametrize("command", [("types",), ("regulations",), ("check", "CASE")])
def test_a_broken_file_is_told_by_every_command_that_reads_the_law(
    auditdesk, office_folder, lease, command
):
    folder = drop_in(office_folder, changed(LAND, '"3/4"', '"4/3"'))
    command = [lease if word == "CASE" else word for word in command]
    answer = auditdesk("--office", office_folder, *command)
    assert str(folder / "jinan-land-2024.toml") in answer.err
    assert "没有采用" in answer.err
    answer = auditdesk("--lang", "en", "--office", office_folder, *command)
    assert "is broken or missing and not used" in answer.err


def test_a_template_that_cannot_be_used_is_told(auditdesk, as_user, office_folder):
    path = put_template(office_folder, "land_entry/refusal.toml", "form = ")
    answer = as_user("li", "case", "list")
    assert answer.status == 0
    assert str(path) in answer.err
    assert "文书模板有误，没有采用，仍用程序自带的" in answer.err
    answer = auditdesk("--lang", "en", "--office", office_folder, "types")
    assert "A template of the office is broken and not used" in answer.err


def test_whoever_signs_in_is_told_of_a_broken_file(as_user, office_folder):
    drop_in(office_folder, changed(LAND, '"3/4"', '"4/3"'))
    answer = as_user("li", "case", "list")
    assert answer.status == 0
    assert "jinan-land-2024.toml" in answer.err
    assert "应在 0 与 1 之间" in answer.err


def test_an_office_that_is_not_there_is_no_reason_to_judge_by_the_shipped_law(
    auditdesk, tmp_path, lease
):
    answer = auditdesk("--office", tmp_path / "typo", "check", lease)
    assert answer.status == 2
    assert "typo" in answer.err


@pytest.fixture
def draft(tmp_path):
    folder = tmp_path / "draft"
    folder.mkdir()
    drop_in(folder, LAND)
    return folder


CLOSE = {
    "vote_total": 90,
    "vote_present": 80,
    "vote_agree": 60,
    "vote_against": 16,
    "vote_abstain": 4,
}
ALL_DAYS = ("--from", "2019-01-01", "--to", "2030-12-31")


def test_a_replay_on_the_command_line(as_user, entered, at_desk, draft, tmp_path):
    no = entered(accepted_on="2025-06-02", data=CLOSE).no
    at_desk("li").close()
    out = tmp_path / "out.xlsx"
    answer = as_user("wang", "replay", draft, *ALL_DAYS, "--json", "--out", out)
    assert answer.status == 0
    assert out.read_bytes().startswith(b"PK")
    (case,) = answer.json["cases"]
    assert (case["no"], case["verdict"]) == (no, {"old": "pass", "new": "block"})
    found = {d["id"]: d for d in case["differences"]}["land_entry.vote.two_thirds"]
    assert (found["old"], found["new"]) == ("pass", "fail")
    text = as_user("wang", "--lang", "en", "replay", draft, *ALL_DAYS).out
    assert "1 cases replayed, 1 would change, 1 in their verdict." in text
    assert "passed → blocked" in text
    assert "3/4" in text


def test_a_replay_says_what_is_wrong_with_its_arguments(as_user, draft, tmp_path):
    (draft / "regulations" / "jinan-land-2024.toml").write_text("[", encoding="utf-8")
    answer = as_user("wang", "replay", draft, *ALL_DAYS)
    assert answer.status == 2
    assert "草案有误" in answer.err
    answer = as_user("wang", "replay", tmp_path / "nowhere", *ALL_DAYS)
    assert answer.status == 2
    answer = as_user("admin", "replay", draft, *ALL_DAYS)
    assert answer.status == 3
