"""The list of cases: pages as one scrolls, filters, search while typing."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from PySide6.QtCore import Qt

from auditdesk.operations.views import CasePage, CaseRow
from auditdesk.ui.models.cases import SORT_ROLE, CaseListModel
from auditdesk.ui.pages.case_table import CaseTable
from auditdesk.util.clock import CHINA
from auditdesk.util.label import Label


def row(number, days_left=3):
    return CaseRow(
        no=f"X-{number:04d}",
        case_type="t",
        case_type_label=Label("某事项", "type"),
        title=f"第{number}社",
        place="某村",
        stage="s",
        stage_label=Label("受理", "intake"),
        status="open",
        status_label=Label("办理中", "open"),
        verdict="pass",
        accepted_on=date(2026, 3, 1),
        due_on=date(2026, 3, 9),
        days_left=days_left,
        created_by="li",
        updated_at=datetime(2026, 3, 2, 9, 0, tzinfo=CHINA),
        version=1,
    )


class Pages:
    """Serves pages of 50 out of many rows and counts how often it was asked."""

    def __init__(self, many) -> None:
        self.rows, self.asked = [row(n) for n in range(many)], []

    def __call__(self, after, take) -> None:
        start = 0 if after is None else after
        self.asked.append(start)
        page = tuple(self.rows[start : start + 50])
        following = start + 50 if start + 50 < len(self.rows) else None
        take(CasePage(page, following))


@pytest.fixture
def table(qtbot, ctx):
    made = CaseTable(ctx, CaseListModel(ctx))
    qtbot.addWidget(made)
    made.resize(900, 500)
    made.show()
    qtbot.waitExposed(made)
    return made


def test_only_what_is_seen_is_fetched(table, qtbot):
    pages = Pages(100_000)
    table.cases.show(pages)
    qtbot.wait(1)
    assert len(pages.asked) <= 2
    for _ in range(4):
        table.scrollToBottom()
        qtbot.wait(1)
    assert 3 <= len(pages.asked) <= 8
    assert table.cases.rowCount() == len(pages.asked) * 50


def test_a_page_asked_for_before_the_list_changed_is_dropped(ctx):
    model, held = CaseListModel(ctx), []
    model.show(lambda _after, take: held.append(take))
    model.show(lambda _after, take: take(CasePage((row(7),), None)))
    held[0](CasePage((row(1), row(2)), None))
    assert [model.row(i).no for i in range(model.rowCount())] == ["X-0007"]


def test_sorting_is_by_native_values(ctx):
    model = CaseListModel(ctx)
    model.show(lambda _after, take: take(CasePage((row(1),), None)))
    values = {
        model.headerData(c, Qt.Orientation.Horizontal): model.index(0, c).data(SORT_ROLE)
        for c in range(model.columnCount())
    }
    assert values["剩余工作日"] == date(2026, 3, 9)
    assert values["受理日期"] == date(2026, 3, 1)


@pytest.mark.parametrize(
    ("days", "text"), [(None, ""), (-2, "逾期 2 天"), (0, "今天到期"), (4, "4 天")]
)
def test_days_left_in_words(ctx, days, text):
    model = CaseListModel(ctx)
    model.show(lambda _after, take: take(CasePage((row(1, days),), None)))
    assert model.index(0, 7).data() == text


def test_search_and_filters_narrow_the_list(person, enter):
    first = enter("agreement", applicant_name="章丘区柳溪镇杏林村股份经济合作社")
    second = enter("lease", applicant_name="章丘区柳溪镇桃园村股份经济合作社", village="桃园村")
    person.sign_in("wang")
    person.press(Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    page = person.desk.list_page
    person.settle()
    assert {page.model.row(i).no for i in range(page.model.rowCount())} == {first, second}
    assert page.search.hasFocus()
    person.type_into(page.search, "桃园")
    person.until(lambda: page.model.rowCount() == 1)
    assert page.model.row(0).no == second
    person.qtbot.keyClick(page.search, Qt.Key.Key_Escape)
    page.search.clear()
    page.refresh()
    person.until(lambda: page.model.rowCount() == 2)
    page.verdict.setCurrentIndex(page.verdict.findData("block"))
    person.until(lambda: page.model.rowCount() == 0)
    assert "共 0 件" in page.count.text()


def test_stages_are_offered_for_the_type_chosen(person):
    person.sign_in("wang")
    page = person.desk.list_page
    assert not page.stage.isEnabled()
    page.case_type.setCurrentIndex(1)
    assert page.stage.isEnabled()
    declared = person.desk.session.library.case_types[0].stages
    assert [page.stage.itemData(i) for i in range(1, page.stage.count())] == [
        s.id for s in declared
    ]
    person.settle()
