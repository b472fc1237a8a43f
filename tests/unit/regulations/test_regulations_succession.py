"""Successors: what follows from them on which day, and which of them are refused."""

from __future__ import annotations

import pytest

from auditdesk.regulations.additions import with_additions
from auditdesk.regulations.casefile import read_case
from auditdesk.regulations.judge import judge
from auditdesk.regulations.subject import Subject
from auditdesk.regulations.templates import fill_template
from successor_samples import LAND, NEXT, RESERVOIR, changed, drop_in, identity, with_successors


@pytest.fixture
def own(library, tmp_path):
    """The library of an office with these regulations."""

    def made(*texts):
        return with_successors(library, tmp_path, *texts)

    return made


@pytest.fixture
def judged(bases, calendar):
    def made(library, day, base="lease", case_type="land_entry", stage="intake", **data):
        case = bases[case_type].case(base)
        case["data"] |= data
        case |= {"format": "auditdesk.case/1", "stage": stage, "accepted_on": day}
        return judge(read_case(case, library), library.law(case_type), calendar)

    return made


def cited(report, rule):
    found = report.finding(f"{report.case_type}.{rule}")
    return [f"{c.regulation} {c.article}" for c in found.citations]


def outcome(report, rule):
    return str(report.finding(f"{report.case_type}.{rule}").outcome)


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
    assert (
        message
        == "济政办发〔2021〕21号已由济政办发〔2024〕99号接续，济政办发〔2024〕99号没有相应规定，本条不适用"
    )
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


BUILDING = """
id = "jinan-building-2025"
number = "济政办发〔2024〕50号"
title = { zh = "楼宇政策（样例）", en = "Sample policy on buildings" }
short = { zh = "济政办发〔2024〕50号", en = "Sample policy 2024/50" }
issuer = { zh = "济南市人民政府办公厅", en = "General Office of the Jinan Municipal Government" }
first_day = 2025-01-01
succeeds = "jinan-building-2021"

[[articles]]
number = "2"
gist = { zh = "运营奖励", en = "operation" }
replaces = "一(一)1"
[[articles]]
number = "3"
gist = { zh = "各担一半", en = "one half each" }
replaces = "一(二)3"

[[parameters]]
id = "operation_steps"
label = { zh = "统一运营奖励分档", en = "steps" }
unit = { zh = "%", en = "%" }
kind = "table"
values = [{ value = { "60" = 40, "80" = 90 }, article = "2", first_day = 2025-01-01 }]
[[parameters]]
id = "city_share"
label = { zh = "市级财政承担比例", en = "the city's part" }
unit = { zh = "占奖补金额", en = "of the award" }
kind = "fraction"
values = [{ value = "1/2", article = "3", first_day = 2025-01-01 }]
"""


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


SHIPPED_ID = changed(LAND, "jinan-land-2024", "national-land-law")
# ruff: noqa: E501 – a table reads best a row a line
REFUSED = [
    ("overlap", [changed(LAND, "first_day = 2024-02-01", "first_day = 2023-11-30")], "first_day", "重叠"),
    ("overlap of a later one", [LAND, changed(NEXT, "first_day = 2026-02-01", "first_day = 2026-01-31")], "first_day", "重叠"),
    ("overlap with one without end", [changed(RESERVOIR, 'repealing_article = "30"\n', "")], "first_day", "未定"),
    ("begins before", [changed(LAND, "first_day = 2024-02-01", "first_day = 2021-12-01")], "first_day", "首日"),
    ("another kind", [changed(LAND, 'kind = "fraction"\nvalues = [{ value = "3/4"', 'kind = "integer"\nvalues = [{ value = 75')], "parameters[vote_share].kind", "fraction"),
    ("another kind two steps away", [changed(LAND, 'id = "vote_share"', 'id = "other"'), changed(NEXT, 'kind = "fraction"\nvalues = [{ value = "4/5"', 'kind = "integer"\nvalues = [{ value = 80')], "parameters[vote_share].kind", "fraction"),
    ("a share above one", [changed(LAND, '"3/4"', '"4/3"')], "parameters[vote_share].values", "0 与 1"),
    ("a figure of nought", [changed(LAND, "value = 20", "value = 0")], "parameters[lease_max_years].values", "之间"),
    ("a slip of the keyboard", [changed(LAND, "value = 20", "value = 200000")], "parameters[lease_max_years].values", "之间"),
    ("steps without a step", [changed(BUILDING, '{ "60" = 40, "80" = 90 }', "{}")], "parameters[operation_steps].values", "各档"),
    ("steps that are no numbers", [changed(BUILDING, '"60" = 40', "much = 40")], "parameters[operation_steps].values", "各档"),
    ("replaces what is not there", [changed(LAND, 'replaces = "12"', 'replaces = "99"')], "articles[5].replaces", "没有第 99 条"),
    ("succeeds nothing that is there", [changed(LAND, '"jinan-land-2021"', '"jinan-land-2020"')], "succeeds", "没有可用"),
    ("succeeds itself", [changed(LAND, '"jinan-land-2021"', '"jinan-land-2024"')], "succeeds", "成环"),
    ("says not what it succeeds", [changed(LAND, 'succeeds = "jinan-land-2021"\n', "")], "succeeds", ""),
    ("by reference", [changed(LAND, "succeeds =", 'by_reference = "41"\nsucceeds =')], "by_reference", "首日"),
    ("a shipped id", [SHIPPED_ID], "-", "自带同名"),
    ("an article of its days that is not there", [changed(LAND, 'days_article = "41"', 'days_article = "42"')], "days_article", "没有第 42"),
    ("a value without article", [changed(LAND, 'article = "8", ', "")], "article", ""),
    ("values that overlap", [changed(LAND, "last_day = 2024-12-31", "last_day = 2025-01-01")], "parameters[lease_min_years].values", "重叠"),
    ("a value before the first day", [changed(LAND, '"3/4", article = "8", first_day = 2024-02-01', '"3/4", article = "8", first_day = 2024-01-01')], "parameters[vote_share].values", "早于"),
    ("a value after the last day", [changed(LAND, 'article = "9", first_day = 2025-01-01 }', 'article = "9", first_day = 2025-01-01, last_day = 2026-02-01 }')], "parameters[lease_min_years].values", "晚于"),
    ("an article twice", [changed(LAND, 'number = "12"\n', 'number = "9"\n')], "articles[9]", "两次"),
    ("no TOML", [LAND + "]]"], "-", ""),
]  # fmt: skip


@pytest.mark.parametrize("refused", REFUSED, ids=lambda r: r[0])
def test_a_successor_that_does_not_fit_is_refused_alone_and_told(own, library, judged, refused):
    _, texts, key, zh = refused
    mine = own(*texts)
    (problem,) = mine.problems
    assert problem.key.startswith(key) or key in problem.key
    assert zh in problem.zh
    assert problem.file.endswith(".toml")
    assert "/regulations/" in problem.file
    assert set(mine.laws) == set(library.laws)
    if texts != [SHIPPED_ID]:
        assert identity(texts[-1]) not in mine.regulations
    last = judged(mine, "2027-06-01").as_json()
    if len(texts) == 1:
        assert last == judged(library, "2027-06-01").as_json()


def test_two_that_claim_one_place_are_both_refused(own, judged, library):
    rival = changed(LAND, "jinan-land-2024", "jinan-land-2025")
    mine = own(LAND, rival)
    assert [p.key for p in mine.problems] == ["succeeds", "succeeds"]
    assert mine.own == frozenset()
    assert judged(mine, "2024-06-01").as_json() == judged(library, "2024-06-01").as_json()


def test_a_successor_of_a_refused_one_is_refused_too(own):
    mine = own(changed(LAND, '"3/4"', '"4/3"'), NEXT)
    assert {p.key for p in mine.problems} == {"parameters[vote_share].values", "succeeds"}
    assert mine.own == frozenset()


def test_two_that_succeed_each_other_are_refused(own):
    round_about = changed(LAND, '"jinan-land-2021"', '"jinan-land-2026"')
    assert [p.key for p in own(round_about, NEXT).problems] == ["succeeds", "succeeds"]


def test_the_shipped_text_stays_where_an_office_claims_its_name(own, library):
    mine = own(SHIPPED_ID)
    assert mine.regulations["national-land-law"] == library.regulations["national-land-law"]
    assert mine.law("land_entry").digest == library.law("land_entry").digest


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("jinan-land-2024.toml.txt", LAND.encode()),
        ("jinan-land-2024.TOML", LAND.encode()),
        ("jinan-land-2024.docx", b"PK"),
        ("jinan-land-2024.toml", b"\xff\xfe"),
        ("other-name.toml", LAND.encode()),
        ("jinan-land-2024.toml", b""),
        ("tables/new.xlsx", b"PK"),
    ],
)
def test_a_file_that_is_not_used_is_told(library, tmp_path, name, content):
    path = tmp_path / "regulations" / name
    path.parent.mkdir(parents=True)
    path.write_bytes(content)
    mine = with_additions(library, tmp_path)
    (problem,) = mine.problems
    assert problem.file == str(path)
    assert problem.label.zh.startswith(str(path))
    assert mine.laws.keys() == library.laws.keys()


def test_notes_beside_the_files_are_no_problem(library, tmp_path):
    folder = drop_in(tmp_path, LAND)
    (folder / "README.md").write_text("由法制科放入", encoding="utf-8")
    (folder / ".DS_Store").write_bytes(b"\x00")
    assert with_additions(library, tmp_path).problems == ()


def test_an_office_without_the_folder_has_the_shipped_library(library, tmp_path):
    assert with_additions(library, tmp_path) is library
    (tmp_path / "regulations").mkdir()
    assert with_additions(library, tmp_path) is library


STANDARD = """
id = "national-gb4754-2027"
number = "GB/T 4754-2027"
title = { zh = "国民经济行业分类（样例）", en = "Sample classification" }
short = { zh = "GB/T 4754-2027", en = "GB/T 4754-2027" }
issuer = { zh = "样例", en = "sample" }
first_day = 2024-01-01
succeeds = "national-gb4754-2017"
repealing_article = "1"

[[articles]]
number = "1"
gist = { zh = "代替 2017 年版", en = "replaces the edition of 2017" }
replaces = "5"

[[parameters]]
id = "industry_classes"
label = { zh = "行业代码", en = "codes" }
unit = { zh = "代码", en = "codes" }
kind = "listing"
values = [{ value = "tables/classes-2027.csv", article = "1", first_day = 2024-01-01 }]
"""


def test_a_table_lies_beside_and_is_pinned_with_the_law(library, tmp_path, judged):
    folder = drop_in(tmp_path, STANDARD)
    assert "no table" in with_additions(library, tmp_path).problems[0].reason
    (folder / "tables").mkdir()
    table = folder / "tables" / "classes-2027.csv"
    table.write_text("code,zh\n70,房地产\n701,开发\n", encoding="utf-8")
    mine = with_additions(library, tmp_path)
    assert mine.problems == ()
    law = mine.law("building_certification")
    assert "tables/classes-2027.csv" in law.texts
    for day, expected in (("2023-12-31", "pass"), ("2024-01-01", "fail")):
        report = judged(mine, day, "certified", "building_certification", leading_classes=["651"])
        assert outcome(report, "industry.classes") == expected
    assert cited(report, "industry.classes")[-1] == "national-gb4754-2027 1"


def test_a_shipped_table_keeps_its_place(library, tmp_path):
    folder = drop_in(tmp_path, LAND)
    (folder / "tables").mkdir()
    (folder / "tables" / "gb4754.csv").write_text("code,zh\n51,无\n", encoding="utf-8")
    mine = with_additions(library, tmp_path)
    assert "自带同名" in mine.problems[0].zh
    digest = library.law("building_certification").digest
    assert mine.law("building_certification").digest == digest


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
        law, read = mine.law("land_entry"), read_case(case, mine)
        more = {"case.no": "RS-1", "case.accepted_on": "x", "opinion.reason": "x"}
        subject = Subject(law, read, judge(read, law, calendar), {}, more)
        filled = fill_template("t", mine.template("land_entry", "approval.toml"), subject)
        seen[name] = "\n".join(words for _, words in filled.paragraphs)
    assert "按成交价款的3%缴纳契税" in seen["shipped"]
    assert "《济南市集体建设用地管理办法（试行）》" in seen["shipped"]
    assert "按成交价款的4%缴纳契税" in seen["tax"]
    assert "《济南市集体建设用地管理办法（样例）》" in seen["tax"]
    assert "（试行）" not in seen["tax"]
    assert "契税" not in seen["none"]
    assert "按受理时有效的规定缴清" in seen["none"]
    assert "动态监测" not in seen["none"]


DEED_TAX = """
[[parameters]]
id = "deed_tax_rate"
label = { zh = "契税税率", en = "deed tax" }
unit = { zh = "占成交价款的 %", en = "% of the deal price" }
kind = "percent"
values = [{ value = "4", article = "9", first_day = 2024-02-01 }]
[[parameters]]
id = "levy_percent_by_use"
label = { zh = "土地增值收益缴纳比例", en = "levy on the net gain" }
unit = { zh = "占土地净收益的 %", en = "% of the net gain" }
kind = "table"
values = [{ value = { industrial_storage = 10, commercial = 30, tourism = 30, entertainment = 30 }, article = "9", first_day = 2024-02-01 }]
"""


def test_a_table_by_name_keeps_every_name(own):
    """A use without a figure would stop the judging of every case with that use."""
    text = LAND + changed(DEED_TAX, "tourism = 30, ", "")
    (problem,) = own(text).problems
    assert problem.key == "parameters[levy_percent_by_use].values"
    assert "tourism" in problem.zh


def test_a_word_is_one_of_those_that_there_are(own):
    word = """
[[parameters]]
id = "subsidy_unit_counting"
label = { zh = "计法", en = "counting" }
unit = { zh = "词", en = "word" }
kind = "text"
values = [{ value = "rounded_up", article = "2", first_day = 2025-01-01 }]
"""
    (problem,) = own(BUILDING + word).problems
    assert "proportional / whole_units" in problem.zh
