from __future__ import annotations

import shutil

import pytest

from auditdesk.regulations.library import law_from_texts, load_library
from auditdesk.regulations.packs import PackError
from auditdesk.util.faults import UnusableInputError
from auditdesk.util.paths import shipped
from pack_samples import edit, loaded, refused


def test_everything_shipped_loads():
    library = load_library(shipped("forms"), shipped("resources"))
    assert library.problems == ()
    assert "land_entry" in library.laws


REGULATION = "resources/regulations/jinan-land-2021.toml"
# ruff: noqa: E501 – a table reads best a row a line
BROKEN = [
    # a value without its article is refused, and said which
    (REGULATION, 'value = 5, article = "16", ', "value = 5, ", "parameters[lease_min_years].values[0].article", "required"),
    (REGULATION, 'value = 5, article = "16"', 'value = 5, article = "99"', "lease_min_years", "no article 99"),
    (REGULATION, 'value = "2/3"', 'value = "2/0"', "vote_share", "kind fraction"),
    (REGULATION, "value = 5,", 'value = "five",', "lease_min_years", "kind integer"),
    (REGULATION, "first_day = 2021-12-01\n", "", "first_day", "required"),
    (REGULATION, "ending =", "# ending =", "ending", "written down together"),
    (REGULATION, 'id = "jinan-land-2021"', 'id = "other"', "id", "file's name"),
    (REGULATION, 'number = "3"', "number = 3", "articles[0].number", "string"),
    (REGULATION, "first_day = 2021-12-01", "first_day = ", "-", "Invalid"),
    ("forms/land_entry/rules.toml", 'citations = [{ regulation = "jinan-land-2021", article = "12" }, { regulation = "national-land-law", article = "63" }]', "citations = []", "rules[land_entry.use.operating].citations", "at least 1"),
    ("forms/land_entry/rules.toml", 'article = "18(1)"', 'article = "180"', "land_entry.policy.compliant", "no article 180"),
    ("forms/land_entry/rules.toml", 'regulation = "national-land-rules"', 'regulation = "somewhere"', "filing.lead_time", "no regulation somewhere"),
    ("forms/land_entry/rules.toml", 'parameters = ["vote_share"]', 'parameters = ["filing_lead_workdays"]', "two_thirds", "does not cite"),
    ("forms/land_entry/rules.toml", 'parameters = ["vote_share"]', 'parameters = ["luck"]', "two_thirds", "no regulation sets luck"),
    ("forms/land_entry/rules.toml", 'id = "land_entry.vote.two_thirds"', 'id = "land_entry.vote.three_thirds"', "three_thirds", "no function"),
    ("forms/land_entry/rules.toml", 'reads = ["planned_use"]', 'reads = ["weather"]', "use.operating", "no field weather"),
    ("forms/land_entry/rules.toml", "{agree}/{total} is less", "{agree} is less {extra}", "two_thirds", "same figures"),
    ("forms/land_entry/rules.toml", 'severity = "block"', 'severity = "fatal"', "severity", "block"),
    ("forms/land_entry/fields.toml", 'kind = "money"', 'kind = "cash"', "kind", "money"),
    ("forms/land_entry/fields.toml", 'kind = "text"\nsuggest', 'kind = "text"\nformat = "uscc"\nsuggest', "fields[town].suggest", "only plain texts"),
    ("forms/land_entry/fields.toml", 'section = "parcel"', 'section = "moon"', "section", "no section moon"),
    ("forms/land_entry/fields.toml", 'needs = [{ stage = "decision" }]', 'needs = [{ stage = "never" }]', "needs", "no stage never"),
    ("forms/land_entry/fields.toml", 'id = "village"', 'id = "town"', "fields[town]", "twice"),
    ("forms/land_entry/fields.toml", 'id = "village"', 'id = "village"\ncolour = "red"', "fields[village].colour", "not permitted"),
    ("forms/land_entry/materials.toml", 'kind = "required"', "", "materials[title_proof].kind", "required"),
    ("forms/land_entry/case_type.toml", 'stages = ["intake", "town_review"', 'stages = ["town_review", "intake"', "routes", "must begin with intake"),
    ("forms/land_entry/case_type.toml", '"national-civil-code"', '"national-dream"', "regulations", "national-dream"),
    ("forms/land_entry/outputs.toml", 'source = "data.village"', 'source = "data.planet"', "export_columns[village]", "no data.planet"),
    ("forms/land_entry/outputs.toml", "[[documents]]", '[totals_by]\nlabel = { zh = "汇总", en = "Sums" }\ngroups = ["moon"]\n\n[[documents]]', "totals_by.groups", "no export column moon"),
    ("forms/land_entry/outputs.toml", 'id = "levy_yuan"', 'id = "luck_yuan"', "computed[luck_yuan]", "no function"),
    ("forms/land_entry/rules.toml", 'reads = ["planned_use"]', 'reads = ["planned_use"]\nmaterials = ["moon_rock"]', "use.operating].materials", "no material moon_rock"),
    ("forms/land_entry/materials.toml", "any_given = [", 'above = { vote_total = "luck" }, any_given = [', "materials[appraisal_report].when", "no regulation sets luck"),
    ("forms/land_entry/materials.toml", "any_given = [", 'above = { village = "lease_max_years" }, any_given = [', "materials[appraisal_report].when", "village is no number"),
    ("forms/land_entry/case_type.toml", 'title = "applicant_name"', 'title = ["village", "moon"]', "summary", "no field moon"),
    ("forms/land_entry/case_type.toml", 'title = "applicant_name"', "title = []", "summary.title", "at least 1"),
    ("forms/land_entry/case_type.toml", "when = { equals", 'when = { above = { vote_total = "lease_max_years" }, equals', "routes[competitive].when", "no regulation sets"),
]  # fmt: skip


@pytest.mark.parametrize("broken", BROKEN, ids=lambda b: f"{b[0]} {b[3]}")
def test_a_broken_pack_is_refused_with_file_key_and_reason(installation, broken):
    library = refused(installation, broken)
    with pytest.raises(UnusableInputError):
        library.law("land_entry")


BUILDING = "resources/regulations/jinan-building-2021.toml"
STANDARD = "resources/regulations/national-gb4754-2017.toml"
FORMS = "forms/building_certification/"
BROKEN_LISTS = [
    (STANDARD, '"tables/gb4754.csv"', '"tables/moon.csv"', "industry_classes", "no table tables/moon.csv"),
    (STANDARD, '"tables/gb4754.csv"', "51", "industry_classes", "no table 51"),
    (BUILDING, 'value = "occupied_area"', "value = 5", "leading_share_base", "kind text"),
    (BUILDING, 'number = "二(一)4"', 'number = "二(一)5x"', "leading_firms_minimum", "no article 二(一)4"),
    (f"{FORMS}rules.toml", 'article = "二(一)末段"', 'article = "二(一)9"', "reserve.tenants", "no article 二(一)9"),
    (f"{FORMS}fields.toml", "counts = { leading_classes = [2] }", "counts = { colours = [2] }", "fields[classes_related].when", "no field colours"),
    (f"{FORMS}fields.toml", "counts = { leading_classes = [2] }", "counts = { floor_area_total_m2 = [2] }", "fields[classes_related].when", "no list"),
    (f"{FORMS}fields.toml", "equals = { intending = [true] }", "equals = { colour = [true] }", "tenants].columns[used_area_m2].optional_when", "no field colour"),
    (f"{FORMS}fields.toml", "decimals = 6", "decimals = 9", "fields[tenants].columns[contribution_wan].decimals", "less than or equal"),
    (f"{FORMS}outputs.toml", 'stage = "publicity"', 'stage = "moon"', "documents[publicity_notice].stage", "name one"),
    (f"{FORMS}outputs.toml", 'stage = "publicity"', "", "documents[publicity_notice].stage", "name one"),
    (f"{FORMS}outputs.toml", 'after = "approved"', 'after = "approved"\nstage = "certified"', "documents[recommendation].stage", "name one"),
]  # fmt: skip


@pytest.mark.parametrize("broken", BROKEN_LISTS, ids=lambda b: f"{b[0]} {b[3]}")
def test_lists_tables_and_later_papers_are_checked_too(installation, broken):
    library = refused(installation, broken)
    assert "building_certification" not in library.laws
    assert "land_entry" in library.laws


@pytest.mark.parametrize(
    "text",
    [
        "",
        "code,zh\n",
        "code,name\n51,批发业\n",
        "code,zh\n51,\n",
        "code,zh\n51,甲\n51,乙\n",
        "code,zh\n51\n",
    ],
)
def test_a_code_table_needs_each_code_once_with_its_name(installation, text):
    (installation / "resources/tables/gb4754.csv").write_text(text, encoding="utf-8")
    library = loaded(installation)
    assert "columns code and zh" in library.problems[0].reason
    assert "building_certification" not in library.laws


def test_a_code_table_that_is_no_text_is_named(installation):
    (installation / "resources/tables/gb4754.csv").write_bytes(b"\xff")
    library = loaded(installation)
    assert library.problems[0].file == "tables/gb4754.csv"
    assert "land_entry" in library.laws


def test_another_code_table_is_another_law(installation):
    before = loaded(installation)
    edit(installation / "resources/tables/gb4754.csv", "651,软件开发", "650,软件开发")
    after = loaded(installation)
    name = "building_certification"
    assert after.law(name).digest != before.law(name).digest
    assert after.law("land_entry").digest == before.law("land_entry").digest


def test_a_case_type_is_not_called_disabled_for_another_ones_name(installation):
    """A broken `land_entry` does not disable what only begins like it, nor `land` itself."""
    edit(installation / "forms/land_entry/rules.toml", 'severity = "block"', 'severity = "fatal"')
    library = loaded(installation)
    with pytest.raises(UnusableInputError, match="is disabled, its pack is broken"):
        library.law("land_entry")
    for name in ("land", "land_ent", "land_entry_x", "rules.toml", "forms"):
        with pytest.raises(UnusableInputError, match="There is no case type"):
            library.law(name)


def test_a_broken_pack_disables_only_itself(installation):
    """A second case type with a broken form leaves the first one in use."""
    shutil.copytree(installation / "forms" / "land_entry", installation / "forms" / "land_copy")
    library = loaded(installation)
    assert "land_entry" in library.laws
    assert "land_copy" not in library.laws
    assert len(library.problems) == 1
    with pytest.raises(UnusableInputError, match="land_copy"):
        library.law("land_copy")


def test_bytes_that_are_no_utf8_name_their_file(installation):
    (installation / REGULATION).write_bytes(b"\xff\xfe")
    assert "jinan-land-2021" in loaded(installation).problems[0].file
    (installation / "forms" / "land_entry" / "rules.toml").write_bytes(b"\xff")
    assert any("rules.toml" in problem.file for problem in loaded(installation).problems)


def test_an_unknown_case_type_names_the_known_ones():
    library = load_library(shipped("forms"), shipped("resources"))
    with pytest.raises(UnusableInputError, match="land_entry"):
        library.law("moon_entry")


def test_law_comes_back_from_its_texts():
    law = load_library(shipped("forms"), shipped("resources")).law("land_entry")
    again = law_from_texts(law.texts)
    assert again.digest == law.digest
    assert again.case_type == law.case_type
    assert again.regulations == law.regulations


def test_another_figure_is_another_law(installation):
    before = loaded(installation).law("land_entry").digest
    edit(installation / REGULATION, "value = 5,", "value = 6,")
    assert loaded(installation).law("land_entry").digest != before


def test_texts_that_are_no_law_are_refused():
    with pytest.raises(PackError):
        law_from_texts({})
    with pytest.raises(PackError):
        law_from_texts({"forms/land_entry/rules.toml": "x = 1"})


@pytest.mark.parametrize(
    ("regulation", "number", "zh", "en"),
    [
        ("jinan-land-2021", "22", "第22条", "art. 22"),
        ("jinan-land-2021", "22(1)", "第22条第（1）项", "art. 22(1)"),
        ("jinan-reservoir-2021", "二(三)", "第二部分第（三）项", "part 二(三)"),
        ("jinan-building-2021", "二(一)4", "第二部分（一）4", "part 二(一)4"),
        ("jinan-building-2021", "末段", "末段", "末段"),
    ],
)
def test_how_a_piece_of_a_regulation_is_cited(library, regulation, number, zh, en):
    cited = library.regulations[regulation].cited(number)
    assert (cited.zh, cited.en) == (zh, en)


def test_an_item_without_a_gist_of_its_own_shows_its_articles(library):
    land = library.regulations["jinan-land-2021"]
    assert land.article("22(1)") == land.article("22")
    opinion = library.regulations["jinan-reservoir-2021"]
    assert opinion.article("二(三)").number == "二(三)"
    assert opinion.article("九(一)") is None


APPRAISAL = "forms/reservoir_appraisal/follow_ups.toml"
PUT_RIGHT = 'citations = [{ regulation = "jinan-building-2021", article = "三(二)" }]'
BROKEN_FOLLOW_UPS = [
    # a period that nothing is cited for is refused
    (f"{FORMS}follow_ups.toml", PUT_RIGHT, "", "follow_ups[rectification].citations", "required"),
    (f"{FORMS}follow_ups.toml", PUT_RIGHT, "citations = []", "follow_ups[rectification].citations", "at least 1"),
    (f"{FORMS}follow_ups.toml", PUT_RIGHT, PUT_RIGHT.replace("三(二)", "9"), "follow_ups[rectification].citations", "no article 9"),
    (f"{FORMS}follow_ups.toml", PUT_RIGHT, PUT_RIGHT.replace("jinan-building", "moon"), "follow_ups[rectification].citations", "no regulation moon-2021"),
    (f"{FORMS}follow_ups.toml", 'id = "rectification"', 'id = "luck"', "follow_ups[luck]", "no function"),
    (f"{FORMS}follow_ups.toml", 'id = "rectification"', 'id = "reserve"', "follow_ups[reserve]", "given twice"),
    (f"{FORMS}follow_ups.toml", 'stage = "rectification"', 'stage = "moon"', "follow_ups[rectification].stage", "no stage moon"),
    (f"{FORMS}follow_ups.toml", 'ends = ["certified", "revoked"]', 'ends = ["moon"]', "follow_ups[rectification].stage", "no stage moon"),
    (f"{FORMS}follow_ups.toml", 'ends = ["certified", "revoked"]', "lead_days = -1", "follow_ups[rectification].lead_days", "greater than or equal"),
    (f"{FORMS}follow_ups.toml", "when = { equals = { applied", "when = { equals = { colour", "follow_ups[rectification].when", "no field colour"),
    (f"{FORMS}follow_ups.toml", 'same = { building_name = "building_name" }', "", "settled_by[0].same", "required"),
    (f"{FORMS}follow_ups.toml", 'same = { building_name = "building_name" }', 'same = { building_name = "moon" }', "follow_ups[reserve].settled_by.same", "no field moon"),
    (f"{FORMS}follow_ups.toml", '= { building_name = "building_name" }', '= { operator_name = "operator_name" }', "follow_ups[reserve].settled_by.same", "no duplicate key"),
    (f"{FORMS}follow_ups.toml", '= { certified_on = "certified_on" }', '= { certified_on = "building_name" }', "follow_ups[reserve].settled_by.later", "no date"),
    (f"{FORMS}follow_ups.toml", '= { certified_on = "certified_on" }', '= { building_name = "certified_on" }', "follow_ups[reserve].settled_by.later", "no date"),
    (APPRAISAL, 'case_type = "reservoir_project"', 'case_type = "moon"', "follow_ups[next_appraisal].settled_by.case_type", "no case type moon"),
    (APPRAISAL, 'stage = "construction"', 'stage = "moon"', "follow_ups[reinforcement].settled_by.stage", "no stage moon"),
    (APPRAISAL, 'project_kind = ["reinforcement"]', 'colour = ["reinforcement"]', "follow_ups[reinforcement].settled_by.when", "no field colour"),
    ("forms/building_reward/follow_ups.toml", 'year = "apply_year"', 'year = "building_name"', "follow_ups[instalment].settled_by.year", "no whole number"),
    (f"{FORMS}case_type.toml", 'back_to = "certified"', 'back_to = "revoked"', "stages[rectification].back_to", "earlier stage of progress"),
    (f"{FORMS}case_type.toml", 'back_to = "certified"', 'back_to = "recommendation"', "stages[rectification].back_to", "earlier stage of progress"),
    (f"{FORMS}case_type.toml", 'back_to = "certified"', 'back_to = "moon"', "stages[rectification].back_to", "earlier stage of progress"),
]  # fmt: skip


@pytest.mark.parametrize("broken", BROKEN_FOLLOW_UPS, ids=lambda b: f"{b[0]} {b[3]} {b[4]}")
def test_follow_ups_are_refused_with_file_key_and_reason(installation, broken):
    library = refused(installation, broken)
    assert broken[0].split("/")[1] not in library.laws
    assert "land_entry" in library.laws


def test_follow_ups_that_wait_for_a_broken_case_type_stay(installation):
    edit(installation / "forms/reservoir_project/rules.toml", "article = ", "artikel = ")
    library = loaded(installation)
    assert "reservoir_project" not in library.laws
    assert "reservoir_appraisal" in library.laws


def test_a_figure_stands_in_an_article_that_a_rule_with_it_cites(library):
    """A slip in an article's number would send a reader of the review sheet astray."""
    cited: dict[tuple[str, str], set[str]] = {}
    for law in library.laws.values():
        for rule in law.case_type.rules:
            for name in rule.parameters:
                for source in rule.citations:
                    cited.setdefault((source.regulation, name), set()).add(source.article)
    for regulation in library.regulations.values():
        for parameter in regulation.parameters:
            articles = cited.get((regulation.id, parameter.id))
            for value in parameter.values if articles else ():
                assert value.article in articles, f"{regulation.id}: {parameter.id}"
