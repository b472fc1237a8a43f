"""Successors: what follows from them on which day."""

from __future__ import annotations

import pytest

from auditdesk.regulations.casefile import read_case
from paper_subjects import filled_paper, subject_of, words
from successor_samples import BUILDING, DEED_TAX, LAND, NEXT, RESERVOIR, changed, cited, outcome

VOTE = {"vote_total": 90, "vote_present": 80, "vote_against": 0, "vote_abstain": 20}


def test_a_successor_is_used_without_a_problem(own, library):
    mine = own(LAND, NEXT)
    assert mine.problems == ()
    assert mine.own == {"jinan-land-2024", "jinan-land-2026"}
    assert set(mine.regulations) == {*library.regulations, *mine.own}


DAYS = [
    ("2023-11-30", "jinan-land-2021 19", "pass", "pass", "2/3"),
    ("2023-12-01", "national-land-law 63", "pass", "fail", "2/3"),
    ("2024-01-31", "national-land-law 63", "pass", "fail", "2/3"),
    ("2024-02-01", "jinan-land-2024 8", "fail", "pass", "3/4"),
    ("2026-01-31", "jinan-land-2024 8", "fail", "pass", "3/4"),
    ("2026-02-01", "jinan-land-2026 3", "fail", "pass", "4/5"),
    ("2030-01-01", "jinan-land-2026 3", "fail", "pass", "4/5"),
]


@pytest.mark.parametrize("expected", DAYS, ids=lambda e: e[0])
def test_each_day_has_its_article_and_its_figure(own, judged, expected):
    """60 of 90 agree: two thirds, not three quarters; on both sides of every first and last day."""
    day, first, vote, in_force, share = expected
    report = judged(own(LAND, NEXT), day, vote_agree=60, **VOTE)
    assert cited(report, "vote.two_thirds")[0] == first
    assert outcome(report, "vote.two_thirds") == vote
    assert share in report.finding("land_entry.vote.two_thirds").message.zh
    assert outcome(report, "regulation.in_force") == in_force


@pytest.mark.parametrize("day", [day for day, *_ in DAYS])
def test_no_rule_that_is_judged_cites_what_was_not_in_force(own, judged, day):
    mine = own(LAND, NEXT)
    report = judged(mine, day)
    in_force = mine.law("land_entry").on(report.accepted_on)
    for finding in report.findings:
        assert finding.citations, finding.rule
        if str(finding.outcome) == "not_applicable" and not in_force.successors(
            mine.law("land_entry").case_type.rule(finding.rule).citations
        ):
            continue  # says itself that what it rests on had run out
        if finding.rule.endswith("regulation.in_force") and str(finding.outcome) == "fail":
            continue  # names the regulation that had run out
        assert all(in_force.holds(c) for c in finding.citations), finding


def test_before_and_without_the_successor_nothing_changes(own, judged, library):
    mine = own(LAND, NEXT)
    for day in ("2019-06-01", "2021-12-01", "2023-11-30", "2023-12-01", "2024-01-31"):
        assert judged(mine, day).as_json() == judged(library, day).as_json()


def test_what_the_successor_has_no_article_for_drops_away_and_says_so(own, judged):
    mine = own(LAND)
    report = judged(mine, "2024-02-01", site_cleared=False, structures_title_clear=False)
    assert outcome(report, "site.clear") == "not_applicable"
    assert cited(report, "site.clear") == ["jinan-land-2024 41"]
    message = report.finding("land_entry.site.clear").message.zh
    assert message.startswith("济政办发〔2021〕21号已由济政办发〔2024〕99号接续，")
    assert message.endswith("济政办发〔2024〕99号没有相应规定，本条不适用")
    assert report.computed["levy_rate_percent"] is None


def test_a_successor_that_names_no_article_of_its_days_cites_the_order_of_days(own, judged):
    report = judged(own(changed(LAND, 'days_article = "41"\n', "")), "2024-02-01")
    assert cited(report, "site.clear") == ["logic 受理日与施行日的先后"]


def test_an_item_follows_its_article(own, judged):
    """22(1) is not replaced by itself: the article that takes the place of 22 is cited."""
    report = judged(own(LAND), "2024-02-01")
    assert cited(report, "vote.before_filing") == ["jinan-land-2024 15"]
    text = changed(LAND, 'replaces = "30"', 'replaces = ["30", "22(1)"]')
    report = judged(own(text), "2024-02-01")
    assert cited(report, "vote.before_filing") == ["jinan-land-2024 41"]


def test_articles_move_twice_from_successor_to_successor(own, judged):
    report = judged(own(LAND, NEXT), "2026-02-01")
    assert cited(report, "vote.resolution") == ["jinan-land-2026 3"]
    assert cited(report, "regulation.in_force") == ["jinan-land-2026 60"]
    # what the second one does not take over is gone, though the first one had it
    assert outcome(report, "use.operating") == "pass"
    assert cited(report, "use.operating") == ["national-land-law 63"]
    assert outcome(report, "vote.before_filing") == "not_applicable"
    assert outcome(report, "lease.min_term") == "not_applicable"
    assert report.computed["max_term_years"] == 20  # the Civil Code's


@pytest.mark.parametrize(
    ("day", "outcomes"), [("2024-12-31", ("fail", "fail")), ("2025-01-01", ("fail", "pass"))]
)
def test_a_figure_changes_within_the_successors_days(own, judged, day, outcomes):
    mine = own(LAND)
    found = [outcome(judged(mine, day, term_years=years), "lease.min_term") for years in ("5", "7")]
    assert tuple(found) == outcomes


def test_a_figure_without_replaced_article_is_cited_by_its_own(own, judged):
    """No article says that it replaces 19: the figure's own stands for what is demanded."""
    report = judged(
        own(changed(LAND, 'replaces = "19"\n', "")), "2024-02-01", vote_agree=60, **VOTE
    )
    assert outcome(report, "vote.two_thirds") == "fail"
    assert cited(report, "vote.two_thirds") == ["national-land-law 63", "jinan-land-2024 8"]
    assert outcome(report, "vote.resolution") == "not_applicable"


def test_a_successor_repeals_a_measure_without_an_end(own, judged, library):
    mine = own(RESERVOIR)
    assert mine.problems == ()
    ended = mine.regulations["jinan-reservoir-2021"]
    assert str(ended.last_day) == "2026-12-31"
    assert "济政办字〔2026〕88号第30条" in ended.ending.zh
    before = judged(mine, "2026-12-31", "small", "reservoir_project", "planned")
    after = judged(mine, "2027-01-01", "small", "reservoir_project", "planned")
    assert cited(before, "funding.split") == ["jinan-reservoir-2021 二(二)"]
    assert cited(after, "funding.split") == ["jinan-reservoir-2027 7"]
    assert before.computed["city_share_due_yuan"] != after.computed["city_share_due_yuan"]
    assert outcome(after, "class.third") == "not_applicable"
    assert "2026-12-31" in before.finding("reservoir_project.regulation.in_force").message.zh


def test_the_digest_changes_for_the_case_types_concerned_only(own, library):
    mine = own(LAND)
    different = {n for n in library.laws if mine.law(n).digest != library.law(n).digest}
    assert different == {"land_entry", "land_use_approval"}


def test_a_successor_may_keep_some_figures_of_a_rule_only(own, judged):
    """Operation is rewarded by new steps; clustering and the subsidies are no more."""
    mine, day, kind = own(BUILDING), "2025-01-01", "building_reward"
    assert mine.problems == ()
    report = judged(mine, day, "operation", kind, self_held_percent="59.99")
    assert (outcome(report, "threshold"), report.computed["award_yuan"]) == ("fail", "0.00")
    report = judged(mine, day, "operation", kind, self_held_percent="60")
    assert (outcome(report, "threshold"), report.computed["award_yuan"]) == ("pass", "400000.00")
    assert cited(report, "threshold") == ["jinan-building-2025 2"]
    for base in ("clustering", "attraction", "purchase", "rent"):
        report = judged(mine, day, base, kind)
        assert outcome(report, "threshold") == "not_applicable"
        assert outcome(report, "area.minimum") == "not_applicable"
        assert report.computed["award_yuan"] is None


def test_a_paper_states_the_figures_and_articles_of_the_successor(own, bases, calendar, library):
    """The levy and the deed tax are printed where the day has both; with the day's figures."""
    text = (
        changed(LAND, 'replaces = ["16", "17"]', 'replaces = ["16", "17", "24", "25"]') + DEED_TAX
    )
    seen = {}
    for name, made in (("shipped", library), ("tax", own(text)), ("none", own)):
        mine = made if made is not own else own(LAND)
        case = bases["land_entry"].case("agreement") | {"format": "auditdesk.case/1"}
        case |= {
            "stage": "decision",
            "accepted_on": "2022-03-01" if name == "shipped" else "2024-06-03",
        }
        subject = subject_of(mine, calendar, read_case(case, mine))
        seen[name] = words(filled_paper(mine, subject, "approval"))
    assert "按成交价款的3%缴纳契税" in seen["shipped"]
    assert "《济南市集体建设用地管理办法（试行）》" in seen["shipped"]
    assert "按成交价款的4%缴纳契税" in seen["tax"]
    assert "《济南市集体建设用地管理办法（样例）》" in seen["tax"]
    assert "（试行）" not in seen["tax"]
    assert "契税" not in seen["none"]
    assert "按受理时有效的规定缴清" in seen["none"]
    assert "动态监测" not in seen["none"]
