"""A register on paper: which rows, which columns, in which order, and what they add up to."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from auditdesk.documents.preview import page_count
from auditdesk.documents.printed import printed_text
from auditdesk.operations import offices, register_print, registers
from auditdesk.operations.register_print import Choice
from auditdesk.util.faults import RefusedError, UnusableInputError
from auditdesk.util.progress import CancelledError, NoProgress
from desk_samples import PASSWORD
from kept_rows import REGISTER, ROWS, WOHU, kept_rows  # noqa: F401 – a fixture by its name
from paper_samples import Steps

TODAY = date(2026, 3, 2)


@pytest.fixture
def desk(at_desk, kept_rows):  # noqa: F811 – as above
    return at_desk("li")


def ledger(desk, **choice):
    return register_print.ledger(desk, REGISTER, Choice(**{"day": TODAY} | choice))


def column(content, label):
    place = [c.label for c in content.table.columns].index(label)
    return [row[place] for row in content.table.rows]


def test_the_declared_columns_are_printed_with_their_units(desk):
    content = ledger(desk)
    declared = desk.library.register(REGISTER).register
    by_id = {c.id: c for c in declared.columns}
    labels = [c.label.partition("（万")[0] for c in content.table.columns]
    assert set(labels) >= {by_id[name].label.zh for name in ("code", "name", "capacity_wan_m3")}
    assert len(labels) == len(declared.printed)
    assert "总库容（万m³）" in [c.label for c in content.table.columns]
    assert content.naming == 2


def test_values_are_written_as_papers_write_them(desk):
    content = ledger(desk, columns=("code", "scale", "rainfall_monitoring", "last_appraisal_on"))
    first = dict(zip([c.label for c in content.table.columns], content.table.rows[0], strict=True))
    assert first == {
        "水库编码": "K-001",
        "规模": "小（1）型",
        "有雨水情测报设施": "是",
        "上次安全鉴定日期": "2016年5月20日",
    }
    assert column(content, "上次安全鉴定日期")[3] == "", "a pond has none"


def test_what_was_typed_wrongly_is_printed_as_typed_and_not_added_up(desk):
    registers.save(
        desk, REGISTER, None, 0, WOHU | {"reservoir_code": "K-9", "capacity_wan_m3": "约 7"}
    )
    content = ledger(desk, columns=("code", "capacity_wan_m3"))
    assert column(content, "总库容（万m³）")[-1] == "约 7"
    assert content.table.sums == ("", "281")


def test_sums_stand_where_the_register_declares_them(desk):
    content = ledger(desk)
    place = [c.label for c in content.table.columns].index("总库容（万m³）")
    assert content.table.sums[place] == "281"
    assert [cell for cell in content.table.sums if cell] == ["281"]
    assert ledger(desk, columns=("code", "name")).table.sums == ()


def test_day_view_and_search_narrow_the_rows_and_are_said(desk):
    content = ledger(desk, view="overdue", text=" 青石 ")
    assert column(content, "水库编码") == ["K-002"]
    assert content.scope == "截至2026年3月2日　范围：鉴定逾期　检索：“青石”"
    assert content.count == "共1条"
    earlier = ledger(desk, day=date(2024, 1, 1), view="overdue")
    assert column(earlier, "水库编码") == ["K-003"]
    assert earlier.scope.startswith("截至2024年1月1日")
    assert ledger(desk).scope == "截至2026年3月2日　范围：全部"


def test_rows_come_by_code_or_by_any_column_those_without_it_last(desk):
    assert column(ledger(desk), "水库编码") == [row["reservoir_code"] for row in ROWS]
    for descending, codes in (
        (False, ["K-002", "K-001", "K-003", "K-004"]),
        (True, ["K-003", "K-001", "K-002", "K-004"]),
    ):
        content = ledger(desk, sort="last_appraisal_on", descending=descending)
        assert column(content, "水库编码") == codes
    by_capacity = ledger(desk, sort="capacity_wan_m3", columns=("code", "capacity_wan_m3"))
    assert column(by_capacity, "总库容（万m³）") == ["5", "35", "120.5", "120.5"]


def test_columns_come_in_the_order_of_the_declaration_each_once(desk):
    content = ledger(desk, columns=("town", "code", "town"))
    assert [c.label for c in content.table.columns] == ["水库编码", "乡镇（街道）"]
    assert content.naming == 1
    assert ledger(desk, columns=("town",)).naming == 0


def test_who_keeps_it_and_who_printed_it_when_is_said(desk):
    content = ledger(desk)
    assert content.office == desk.profile.name
    assert content.made == "制表人：李晓彤　　制表日期：2026年3月2日"
    assert content.sample is desk.profile.sample


@pytest.mark.parametrize("wrong", [{"view": "no_such"}, {"columns": ("x",)}, {"sort": "x"}])
def test_what_the_register_does_not_have_is_named_with_what_it_has(desk, wrong):
    with pytest.raises(UnusableInputError, match="there are:"):
        ledger(desk, **wrong)


@pytest.mark.usefixtures("kept_rows")
def test_an_administrator_prints_no_register(at_desk):
    with pytest.raises(RefusedError):
        register_print.print_register(at_desk("admin"), REGISTER, Choice(day=TODAY), NoProgress())


def test_the_finished_pages(desk):
    made = register_print.print_register(desk, REGISTER, Choice(day=TODAY), NoProgress())
    assert (made.rows, made.pages, made.turned) == (4, page_count(made.pdf), True)
    text = "".join(printed_text(made.pdf).dense)
    assert all(row["name"] in text for row in ROWS)


def test_nothing_is_written_by_printing(desk):
    before = desk.office.journal.last_checkpoint()
    register_print.print_register(desk, REGISTER, Choice(day=TODAY), NoProgress())
    assert desk.office.journal.last_checkpoint() == before


def test_every_column_of_a_register_can_be_printed(desk):
    every = tuple(c.id for c in desk.library.register(REGISTER).register.columns)
    made = register_print.print_register(
        desk, REGISTER, Choice(day=TODAY, columns=every), NoProgress()
    )
    text = "".join(printed_text(made.pdf).dense)
    assert "水库台账（三）" in text
    assert "13905310003" in text


def test_it_can_be_cancelled(desk):
    with pytest.raises(CancelledError):
        register_print.print_register(desk, REGISTER, Choice(day=TODAY), Steps(cancel_at=0.0))


@pytest.mark.usefixtures("kept_rows")
def test_another_declaration_prints_other_columns_and_sums(office_folder, surroundings):
    """Nothing of the register is known to the program but by its declaration."""
    library = surroundings.library
    law = library.register(REGISTER)
    columns = tuple(replace(c, total=c.id == "dam_height_m") for c in law.register.columns)
    other = replace(law.register, columns=columns, printed=("dam_height_m", "state"))
    own = replace(library, registers={REGISTER: replace(law, register=other)})
    desk = offices.sign_in(office_folder, "li", PASSWORD, replace(surroundings, library=own))
    try:
        content = ledger(desk)
    finally:
        desk.close()
    assert [c.label for c in content.table.columns] == ["坝高（m）", "运行状态"]
    assert content.table.sums == ("55.8", "")
    assert content.naming == 0
