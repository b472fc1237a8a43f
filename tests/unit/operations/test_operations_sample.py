"""The sample office: whoever practises in it finds every type, stage, outcome and mistake."""

from __future__ import annotations

import re
from collections import defaultdict

import pytest

from auditdesk.domain.identity import personal_id_problem, uscc_problem
from auditdesk.operations import cases, journals, offices, registers, sample, sample_data, viewing
from auditdesk.operations.documents import issued
from auditdesk.operations.exports import export_city
from auditdesk.operations.verification import verify_file
from auditdesk.store.records import CaseFilter
from auditdesk.util.faults import UnusableInputError
from auditdesk.util.progress import NoProgress
from desk_samples import SAMPLE_DAY

# What a case's description promises, and how such a case stands.
PROMISES = {
    "已办结": ("status", "closed"),
    "撤回": ("status", "withdrawn"),
    "不予": ("status", "refused"),
    "停在受理": ("stage", "intake"),
    "停在授牌": ("stage", "certified"),
    "停在鉴定报告": ("stage", "appraised"),
    "停在年度计划": ("stage", "planned"),
}


@pytest.fixture(scope="module")
def built(sample_office):
    """The sample office as `demo` makes it, with the stand of each of its cases."""
    facts, folder, surroundings = sample_office
    desk = offices.sign_in(folder, "liu", facts.office.password, surroundings)
    rows = desk.office.cases.page(CaseFilter(), limit=1000).rows
    views = [viewing.view(desk, row.no) for row in rows]
    yield facts, desk, views
    desk.close()


@pytest.fixture(scope="module")
def data(shipped_law):
    return sample_data.load(shipped_law[2] / "sample", SAMPLE_DAY.date())


def test_there_are_about_25_cases_of_each_type(built, shipped_law):
    facts, _, views = built
    counts = {t.id: sum(v.case_type.id == t.id for v in views) for t in shipped_law[0].case_types}
    assert min(counts.values()) >= 25, counts
    assert sum(counts.values()) == facts.cases


def test_every_type_has_every_status_and_nearly_every_stage(built):
    found, stages, verdicts = defaultdict(set), defaultdict(set), defaultdict(set)
    for view in built[2]:
        found[view.case_type.id].add(view.record.status)
        stages[view.case_type.id].add(view.stage.id)
        verdicts[view.case_type.id].add(str(view.report.verdict))
    every = {"open", "returned", "refused", "withdrawn", "closed"}
    assert {name: every - statuses for name, statuses in found.items() if every - statuses} == {}
    assert all({"pass", "block", "incomplete"} <= kinds for kinds in verdicts.values())
    types = built[1].library.case_types
    unseen = {t.id: {s.id for s in t.stages} - stages[t.id] for t in types}
    assert all(len(missing) <= 1 for missing in unseen.values()), unseen


def test_every_rule_that_can_hold_a_case_up_does_so_somewhere_or_is_justified(built):
    failing, all_rules = set(), set()
    for view in built[2]:
        all_rules |= {r.id for r in view.case_type.rules}
        failing |= {f.rule for f in view.report.findings if f.outcome in ("fail", "justified")}
    missing = all_rules - failing
    assert len(missing) <= len(all_rules) // 4, sorted(missing)


def test_cases_stand_where_their_description_says(data, built):
    views = {(v.record.accepted_on, v.record.title, v.record.place): v for v in built[2]}
    wrong = []
    for case in data.cases:
        view = next((v for v in views.values() if _is_same(v, case)), None)
        for word, (column, value) in PROMISES.items():
            if word in case.about and view and getattr(view.record, column) != value:
                wrong.append((case.about, getattr(view.record, column)))
    assert wrong == []


def _is_same(view, case):
    """Whether a view shows this case; most are told apart by type, day and title."""
    file = case.case_file
    title = " ".join(filter(None, map(file.data.get, view.case_type.summary.title)))
    return (view.case_type.id, view.record.accepted_on, view.record.title) == (
        file.case_type,
        file.accepted_on,
        title,
    )


def test_there_are_cases_before_within_and_after_the_regulations(built):
    years = {v.record.accepted_on.year for v in built[2]}
    assert years == set(range(2021, 2027))
    failing = defaultdict(set)
    for view in built[2]:
        for finding in view.report.findings:
            if finding.rule.endswith("regulation.in_force"):
                failing[view.case_type.id].add((finding.outcome, finding.message.zh[:3]))
    assert all({"pass", "fail"} <= {str(o) for o, _ in seen} for seen in failing.values())


def test_papers_of_most_kinds_were_issued_and_bear_both_names(built):
    _, desk, views = built
    kinds, states = defaultdict(set), set()
    for view in views:
        for document in issued(desk, view.no):
            kinds[view.case_type.id].add(document.kind)
            states.add(document.state)
    assert states == {"issued"}
    types = desk.library.case_types
    unseen = {t.id: {d.id for d in t.documents} - kinds[t.id] for t in types}
    assert all(not missing for missing in unseen.values()), unseen


def test_the_written_papers_begin_with_the_case_that_is_shown(built):
    facts, desk, _ = built
    names = [path.name for path in facts.files]
    assert names[:2] == [f"{facts.shown}-review_sheet.pdf", f"{facts.shown}-approval.pdf"]
    types = {name.split("-")[0] for name in names if name.endswith(".pdf")}
    assert types == {t.code for t in desk.library.case_types}


def test_the_workbook_has_a_sheet_of_every_type(built, tmp_path):
    _, desk, views = built
    first = min(v.record.accepted_on for v in views)
    exported = export_city(desk, first, SAMPLE_DAY.date(), tmp_path / "city.xlsx", NoProgress())[0]
    assert {sheet.name for sheet in exported.sheets} >= {
        t.label.zh for t in desk.library.case_types
    }


def test_numbers_are_invented_and_right_but_where_the_mistake_is_the_lesson(data):
    wrong = []
    for case in data.cases:
        for name, value in _texts(case.case_file.data):
            problem = None
            if name.endswith("uscc"):
                problem = uscc_problem(value)
                assert value[8:10] in {"FA", "MF"}, "organisations that nobody registered"
            elif name == "applicant_id_no":
                problem = personal_id_problem(value)
                assert value[6:10] == "1900", "nobody alive has such a number"
            if problem:
                wrong.append(case.about)
    assert all(re.search("校验|不存在", about) for about in wrong)
    assert len(wrong) <= 4


def _texts(value, name=""):
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _texts(inner, key)
    elif isinstance(value, list):
        for inner in value:
            yield from _texts(inner, name)
    elif isinstance(value, str):
        yield name, value


def test_the_register_has_reservoirs_of_every_scale_and_something_in_every_view(built):
    _, desk, _ = built
    found = registers.entries(desk, "reservoir", SAMPLE_DAY.date())
    assert len(found) == 30
    scales = {entry.computed["scale"] for entry in found}
    assert scales >= {"large_2", "medium", "small_1", "small_2", "pond"}
    assert all(not entry.report.invalid_fields for entry in found)
    views = desk.library.register("reservoir").register.views
    unseen = {v.id for v in views} - {name for entry in found for name in entry.views}
    assert unseen == set()


def test_cases_are_about_rows_of_the_register_and_wrote_into_them(built):
    _, desk, views = built
    linked = [v.register for v in views if v.case_type.register]
    assert len(linked) >= 50
    assert all(link is not None and link.found for link in linked)
    row = registers.entry(desk, "reservoir", "ZQ-05", SAMPLE_DAY.date())
    assert row.current["last_appraisal_on"] == "2021-11-18"
    assert row.current["reinforced_on"] == "2022-11-22"
    assert len(row.versions) == 3


def test_periods_that_followed_are_mostly_settled_and_some_are_waiting(built):
    _, _, views = built
    found = [f for v in views for f in v.follow_ups]
    overdue = [f for f in found if f.is_overdue]
    assert 1 <= len(overdue) <= 8, [f.label.zh for f in overdue]
    assert sum(not f.is_open for f in found) >= 15
    assert any(f.is_open and not f.is_overdue for f in found)


def test_it_is_built_in_a_year_whose_calendar_is_not_known_too(tmp_path, surroundings, clock):
    clock.moment = clock.moment.replace(year=2027, month=10, day=8)
    facts = sample.build(tmp_path / "sample", surroundings, NoProgress())
    desk = offices.sign_in(tmp_path / "sample", "liu", facts.office.password, surroundings)
    try:
        assert desk.profile.sample
        assert cases.count(desk, CaseFilter()) == facts.cases
        assert journals.verify(desk, NoProgress()).ok
        found = [verify_file(path, desk) for path in facts.files if path.suffix == ".pdf"]
        assert len(found) >= 20
        assert all(f.good and f.verification.trusted for f in found)
    finally:
        desk.close()
    assert sum(path.suffix == ".xlsx" for path in facts.files) == 1
    with pytest.raises(UnusableInputError):
        sample.build(tmp_path / "sample", surroundings, NoProgress())


def test_there_is_work_of_these_days(data):
    relative = [c for c in data.cases if c.case_file.accepted_on.year == SAMPLE_DAY.year]
    assert {c.case_file.case_type for c in relative} >= {"reservoir_project", "land_use_approval"}
