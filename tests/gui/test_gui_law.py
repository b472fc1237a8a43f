"""The page of regulations, and what the desk says of the law itself."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from auditdesk.ui.dialogs.new_case import NewCaseDialog
from auditdesk.ui.models.regulations import SORT_ROLE
from successor_samples import LAND, NEXT, changed, drop_in
from template_samples import put_template


@pytest.fixture
def page(person):
    """Signs a person in and opens the page as they would."""

    def opened(name="li"):
        person.sign_in(name)
        person.click(person.desk.nav["law"])
        person.settle()
        return person.desk.law_page

    return opened


def listed(page):
    return [page.model.entry(i).regulation.id for i in range(page.model.rowCount())]


def cell(page, regulation, column):
    return page.model.index(page.model.place_of(regulation), column).data()


def choose(page, regulation):
    page.table.selectRow(page.model.place_of(regulation))
    return page.panel.toPlainText()


def test_each_regulation_shows_days_figures_articles_and_rules(page):
    page = page()
    assert cell(page, "jinan-land-2021", 0) == "– 已期满"
    assert cell(page, "jinan-land-2021", 3) == "2023-11-30"
    assert cell(page, "national-land-law", 0) == "✓ 现行有效"
    words = choose(page, "jinan-land-2021")
    for expected in (
        "第三十条写明有效期至 2023-11-30",
        "2/3 占应到人数",
        "第19条",
        "2021-12-01 – 2023-11-30",
        "首日之前受理的案件参照适用（第30条）",
        "三分之二以上同意",
        "集体建设用地使用权审批",
        "来源：自带",
    ):
        assert expected in words, expected


def test_the_readings_of_the_text_are_shown_with_the_regulation(page):
    assert "原文未写明占比以什么为分母" in choose(page(), "jinan-building-2021")


def test_figures_name_fields_and_choices_by_their_labels(page):
    page = page()
    page.table.selectRow(listed(page).index("jinan-reservoir-2021"))
    shown = page.panel.toPlainText()
    assert "小（1）型 → 1500000" in shown
    assert "行政责任人" in shown
    assert "small_1" not in shown


def test_search_and_state_leave_what_was_asked_for(person, page):
    page = page()
    everything = listed(page)
    person.type_into(page.search, "租赁期限")
    assert listed(page) == ["national-civil-code"]
    person.type_into(page.search, "vote.two_thirds")
    assert listed(page) == ["jinan-land-2021", "national-land-law"]
    person.type_into(page.search, "没有这样的")
    assert listed(page) == []
    assert page.panel.toPlainText() == ""
    person.type_into(page.search, "")
    page.search.clear()
    assert listed(page) == everything
    page.state.setFocus()
    while page.state.currentText() != "已期满":
        person.press(Qt.Key.Key_Down)
    assert set(listed(page)) == {
        "jinan-building-2021",
        "jinan-land-2021",
        "national-reconsideration-law",
        "national-sl252",
    }


def test_what_no_rule_cites_says_what_it_is_for(page):
    page = page()
    page.table.selectRow(listed(page).index("national-litigation-law"))
    assert "写明救济途径时引用，以文书签发之日为准" in page.panel.toPlainText()
    page.table.selectRow(listed(page).index("national-civil-code"))
    assert "签发之日" not in page.panel.toPlainText()


def test_another_day_shows_where_everything_stood_then(person, page):
    page = page()
    person.type_into(page.day.line, "20211130")
    page.day.line.editingFinished.emit()
    person.until(lambda: cell(page, "jinan-land-2021", 0) == "… 尚未施行")
    states = [page.model.index(i, 0).data(SORT_ROLE) for i in range(page.model.rowCount())]
    assert all(isinstance(state, int) for state in states)


def test_the_offices_successor_is_shown_as_its_own(page, office_folder):
    drop_in(office_folder, LAND, NEXT)
    page = page()
    assert page.notices.lines == ()
    assert cell(page, "jinan-land-2026", 4) == "本单元"
    words = choose(page, "jinan-land-2024")
    assert "接续：济政办发〔2021〕21号" in words
    assert "接续原第 19 条" in words
    assert "自 2026-02-01 起由 济政办发〔2026〕7号 接续" in words
    assert listed(page).index("jinan-land-2024") == listed(page).index("jinan-land-2021") + 1


@pytest.mark.parametrize(
    ("last", "said"),
    [
        ("2026-05-31", "还有 90 天"),
        ("2026-03-02", "今天是最后一天"),
        ("2026-06-01", None),
        ("2026-03-01", None),
    ],
)
def test_desk_and_page_warn_ninety_days_before_a_regulation_ends(
    page, person, office_folder, last, said
):
    drop_in(office_folder, LAND.replace("2026-01-31", last))
    page = page()
    shown = [line.text() for line in (*page.notices.lines, *person.desk.desk_page.notices.lines)]
    if said is None:
        assert shown == []
        return
    assert len(shown) == 2
    assert all("济政办发〔2024〕99号" in text and said in text for text in shown)
    assert all("尚无接续依据" in text for text in shown)
    person.click(person.desk.nav["desk"])
    assert person.desk.desk_page.notices.isVisible()


def test_a_warning_names_what_comes_after(page, office_folder):
    drop_in(
        office_folder,
        LAND.replace("2026-01-31", "2026-04-30"),
        NEXT.replace("2026-02-01", "2026-05-01"),
    )
    (line,) = page().notices.lines
    assert line.text().endswith("由 济政办发〔2026〕7号 自 2026-05-01 起接续")


def test_a_broken_file_is_said_on_the_desk_before_anything_is_judged(page, person, office_folder):
    drop_in(office_folder, changed(LAND, '"3/4"', '"4/3"'))
    page = page()
    for notices in (page.notices, person.desk.desk_page.notices):
        (line,) = notices.lines
        assert "没有采用" in line.text()
        assert "jinan-land-2024.toml" in line.text()
        assert "应在 0 与 1 之间" in line.text()
    person.click(person.desk.nav["desk"])
    assert person.desk.desk_page.notices.lines[0].isVisible()


def test_a_broken_template_is_said_on_the_desk_and_disables_no_case_type(
    page, person, office_folder
):
    path = put_template(office_folder, "land_entry/refusal.toml", "form = ")
    page()
    (line,) = person.desk.desk_page.notices.lines
    assert "文书模板有误，没有采用" in line.text()
    assert str(path) in line.text()
    person.click(person.desk.nav["desk"])
    person.press(Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    assert "已停用" not in person.words(person.dialog(NewCaseDialog))


def test_the_page_by_keyboard(person, page):
    page = page()
    assert page.table.hasFocus()
    person.press(Qt.Key.Key_Down)
    first, second = listed(page)[:2]
    assert page._chosen() == second
    title = page.model.entry(1).regulation.title.zh
    assert title in page.panel.toPlainText()
    person.press(Qt.Key.Key_Up)
    assert page._chosen() == first
