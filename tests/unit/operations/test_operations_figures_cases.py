"""Figures of made-up cases on their way: what counts as what, and what an older office needs."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import date

import pytest

from auditdesk.domain.period import Period
from auditdesk.operations import cases, figures, offices, reviews, tallies
from auditdesk.operations.figure_views import Asked
from auditdesk.operations.figure_words import measured, told
from auditdesk.regulations.casefile import read_case
from auditdesk.store.records import CaseFilter
from auditdesk.util.faults import RefusedError, UnusableInputError
from auditdesk.util.progress import CancelledError, NoProgress
from desk_samples import PASSWORD, hand_on, save, to_approval, to_decision
from office_samples import files_below, make_read_only, small_disk

ALWAYS = Period(date(2021, 1, 1), date(2026, 12, 31))


@pytest.fixture
def desk(at_desk):
    return at_desk("li")


def only(read, basis, dimension):
    part = next(part for part in read.parts if part.basis == basis)
    return {line.key: line.cases for line in part.group(dimension).lines if line.cases}


MARCH = Asked(Period(date(2022, 3, 1), date(2022, 3, 31)))
NOW = Asked(Period(date(2026, 3, 1), date(2026, 3, 31)))


def test_a_case_that_went_back_and_came_again_is_counted_once(at_desk, entered):
    view = to_decision(at_desk, entered())
    desk = at_desk("wang")
    view, _ = reviews.return_case(
        desk, view.no, view.record.version, reviews.Reasons(text="材料不清")
    )
    read = figures.read(desk, MARCH, NoProgress())
    assert only(read, "accepted_on", "outcome") == {"returned": 1}
    assert only(read, "accepted_on", "timeliness") == {"waiting": 1}
    assert only(read, "accepted_on", "reached") == {"land_entry.intake": 1}
    desk = at_desk("li")
    view = hand_on(desk, save(desk, cases.view(desk, view.no), contact_phone="13900000001"))
    view = hand_on(at_desk("zhao"), view)
    desk = at_desk("zhao")
    view = hand_on(desk, cases.view(desk, view.no))
    desk = at_desk("wang")
    hand_on(desk, cases.view(desk, view.no), "同意")
    read = figures.read(desk, MARCH, NoProgress())
    for dimension in ("reached", "outcome", "timeliness", "place", "month"):
        assert sum(only(read, "accepted_on", dimension).values()) == 1
    assert only(read, "accepted_on", "outcome") == {"approved": 1}
    # accepted in March 2022, decided on the day of the clock: another month, another year
    assert read.parts[1].total.cases == 0
    decided = figures.read(desk, NOW, NoProgress())
    assert only(decided, "decided_on", "month") == {"2026-03": 1}
    assert decided.parts[0].total.cases == 0
    assert only(decided, "decided_on", "timeliness") == {"late": 1}


def test_a_refused_case_counts_as_decided_and_a_withdrawn_one_does_not(at_desk, entered):
    first, second = to_decision(at_desk, entered()), entered("agreement")
    desk = at_desk("wang")
    reviews.refuse(desk, first.no, first.record.version, reviews.Reasons(text="不合规划"))
    desk = at_desk("li")
    view = cases.view(desk, second.no)
    reviews.withdraw(desk, view.no, view.record.version, reviews.Reasons(text="申请人来函"))
    read = figures.read(desk, Asked(ALWAYS), NoProgress())
    assert only(read, "accepted_on", "outcome") == {"refused": 1, "withdrawn": 1}
    assert only(read, "accepted_on", "reached") == {
        "land_entry.refused": 1,
        "land_entry.withdrawn": 1,
    }
    assert only(read, "accepted_on", "timeliness") == {"late": 1, "ended": 1}
    assert only(read, "decided_on", "outcome") == {"refused": 1}


def test_a_case_withdrawn_after_its_approval_stays_among_the_decided(at_desk, entered):
    view = to_approval(at_desk, entered())
    desk = at_desk("li")
    view = cases.view(desk, view.no)
    reviews.withdraw(desk, view.no, view.record.version, reviews.Reasons(text="申请人来函"))
    read = figures.read(desk, Asked(ALWAYS), NoProgress())
    assert only(read, "decided_on", "outcome") == {"withdrawn": 1}
    assert only(read, "accepted_on", "outcome") == {"withdrawn": 1}


def test_what_is_saved_again_is_counted_anew(at_desk, entered):
    view = entered(data={"town": "明水街道"})
    desk = at_desk("li")
    before = figures.read(desk, MARCH, NoProgress()).parts[0]
    assert only_places(before) == {"370114.明水街道"}
    save(
        desk,
        cases.view(desk, view.no),
        town="　普集街道 ",
        parcel_area_m2="1000000000000000.12345678",
    )
    read = figures.read(desk, replace(MARCH, case_type="land_entry"), NoProgress())
    assert only_places(read.parts[0]) == {"370114.普集街道"}
    area = measured(read, "area")
    assert area.shown(read.parts[0].total.amounts["area"]) == "1,000,000,000,000,000.12345678"
    save(desk, cases.view(desk, view.no), town="", parcel_area_m2="很大")
    read = figures.read(desk, replace(MARCH, case_type="land_entry"), NoProgress())
    assert only_places(read.parts[0]) == {"370114."}
    assert "area" not in read.parts[0].total.amounts
    assert told(read.parts[0].total, area) == ("0", "0", "0")


def only_places(part):
    return {line.key for line in part.group("place").lines}


@pytest.mark.parametrize(
    ("address", "town"),
    [
        ("章丘区明水街道双泉路1号", "明水街道"),
        ("双泉路1号（明水街道与双山街道交界）", "明水街道"),
        ("双泉路1号", ""),
        ("王𬭎村", ""),
    ],
)
def test_the_town_of_an_address_is_the_first_that_it_names(desk, plan, address, town):
    content = {
        "format": "auditdesk.case/1",
        "case_type": "building_certification",
        "accepted_on": "2022-03-01",
        "district": "370114",
        "data": {"building_name": "样例楼", "building_address": address},
    }
    cases.import_case(desk, read_case(content, desk.library))
    read = figures.read(desk, MARCH, NoProgress())
    assert only_places(read.parts[0]) == {f"370114.{town}"}
    ((line,),) = [part.group("place").lines for part in read.parts[:1]]
    assert line.label.zh == (town or "章丘区（未归镇街）")


def test_places_are_told_with_their_district_where_there_are_several(at_desk, entered):
    entered(data={"town": "明水街道"})
    entered("agreement", district="370124", data={"town": "玫瑰镇"})
    read = figures.read(at_desk("li"), Asked(ALWAYS), NoProgress())
    names = {line.label.zh for line in read.parts[0].group("place").lines}
    assert names == {"章丘区 · 明水街道", "平阴县 · 玫瑰镇"}
    one = figures.read(at_desk("li"), Asked(ALWAYS, district="370124"), NoProgress())
    assert [line.label.zh for line in one.parts[0].group("place").lines] == ["玫瑰镇"]
    assert one.about.zh == "全部事项，平阴县"


def test_what_cannot_be_asked_for_is_said(desk):
    with pytest.raises(UnusableInputError, match="no case type"):
        figures.read(desk, replace(MARCH, case_type="nonsense"), NoProgress())
    with pytest.raises(UnusableInputError, match="district"):
        figures.read(desk, replace(MARCH, town="明水街道"), NoProgress())
    read = figures.read(desk, MARCH, NoProgress())
    with pytest.raises(UnusableInputError, match="Choose a case type"):
        measured(read, "levy")
    read = figures.read(desk, replace(MARCH, case_type="land_entry"), NoProgress())
    with pytest.raises(UnusableInputError, match="deal Deal price"):
        measured(read, "profit")


class Stop:
    """Cancels at the n-th step."""

    def __init__(self, steps) -> None:
        self.left = steps

    def step(self, done, total):
        assert 0 <= done <= total
        self.left -= 1
        if self.left < 0:
            raise CancelledError


def make_old(desk):
    """As an office is that was just upgraded: nothing has been tallied."""
    session = desk.office._session
    with session.transaction():
        session.execute(
            "UPDATE case_ SET town = '', tallied = '', decided_on = NULL, decided_due = NULL"
        )
        session.execute("DELETE FROM case_sum")
    desk.tallied.clear()


def test_an_older_office_is_caught_up_with_once_and_as_a_whole(at_desk, entered):
    to_approval(at_desk, entered())
    entered("agreement")
    desk = at_desk("li")
    whole = figures.read(desk, Asked(ALWAYS), NoProgress())
    assert whole.parts[0].sums
    make_old(desk)
    for steps in range(5):
        with pytest.raises(CancelledError):
            figures.read(desk, Asked(ALWAYS), Stop(steps))
        make_old(desk)
    entries = desk.office.journal.page(None, 1)[0].seq
    assert figures.read(desk, Asked(ALWAYS), NoProgress()) == whole
    assert figures.read(desk, Asked(ALWAYS), NoProgress()) == whole
    (entry, *_) = desk.office.journal.page(None, 5)
    assert (entry.seq, entry.kind, entry.body["tallied"]) == (entries + 1, "figures.tally", 2)
    assert desk.office.journal.verify(NoProgress()).ok


def test_a_list_narrowed_by_figures_catches_up_too(at_desk, entered):
    no = to_approval(at_desk, entered()).no
    desk = at_desk("li")
    make_old(desk)
    assert cases.count(desk, CaseFilter(outcome="approved")) == 1
    make_old(desk)
    assert [r.no for r in cases.page(desk, CaseFilter(decided_from=date(2026, 1, 1))).rows] == [no]
    make_old(desk)
    assert [r.no for r in cases.search(desk, no, CaseFilter(town="柳溪镇")).rows] == [no]


def test_a_declaration_that_changed_tallies_its_cases_anew(at_desk, entered):
    entered()
    desk = at_desk("li")
    law = desk.library.laws["land_entry"]
    summary = replace(law.case_type.summary, town="data.village")
    changed = replace(law, case_type=replace(law.case_type, summary=summary))
    library = replace(desk.library, laws={**desk.library.laws, "land_entry": changed})
    other = replace(desk, library=library, tallied=[])
    before = tallies.declaration(law.case_type)
    assert tallies.declaration(changed.case_type) != before
    read = figures.read(other, MARCH, NoProgress())
    assert only_places(read.parts[0]) == {"370114.杏林村"}
    assert desk.office.tallies.tallied() == {
        ("land_entry", tallies.declaration(changed.case_type)): 1
    }


def test_cases_whose_pack_is_gone_are_counted_under_its_id(at_desk, entered):
    entered()
    desk = at_desk("li")
    laws = {name: law for name, law in desk.library.laws.items() if name != "land_entry"}
    other = replace(desk, library=replace(desk.library, laws=laws), tallied=[])
    read = figures.read(other, MARCH, NoProgress())
    assert only(read, "accepted_on", "case_type") == {"land_entry": 1}
    assert only(read, "accepted_on", "reached") == {"land_entry.intake": 1}


def test_figures_can_be_read_where_nothing_can_be_written(tmp_path, surroundings, office_folder):
    desk = offices.sign_in(office_folder, "li", PASSWORD, surroundings)
    desk.close()
    with small_disk(tmp_path / "disk", "16m") as disk:
        shutil.copytree(office_folder, disk / "office")
        make_read_only(disk)
        before = files_below(disk / "office")
        desk = offices.sign_in(disk / "office", "li", PASSWORD, surroundings)
        assert figures.read(desk, MARCH, NoProgress()).parts[0].total.cases == 0
        desk.close()
        assert files_below(disk / "office") == before


def test_an_older_office_on_a_read_only_medium_says_what_to_do(at_desk, entered, monkeypatch):
    entered()
    desk = at_desk("li")
    make_old(desk)
    monkeypatch.setattr(desk.office._session, "read_only", True)
    with pytest.raises(RefusedError, match="read-only"):
        figures.read(desk, MARCH, NoProgress())


def test_an_administrator_sees_figures_too(at_desk, entered):
    entered()
    assert figures.read(at_desk("admin"), MARCH, NoProgress()).parts[0].total.cases == 1
