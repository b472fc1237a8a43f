"""The page of figures: its bars lead to their cases, by mouse and by keys, and are never stale."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QColor
from PySide6.QtWidgets import QApplication, QFileDialog

from auditdesk.domain.period import Period
from auditdesk.ui.dialogs.progress import ProgressDialog
from auditdesk.ui.panels.bars import BarChart, BarText
from desk_samples import to_approval

YEAR = Period(date(2022, 1, 1), date(2022, 12, 31))
TEXT = QAccessible.Text


@pytest.fixture
def office(at_desk, entered):
    """Five cases: one approved, two in work, one of another town, one of the year before."""
    to_approval(at_desk, entered(data={"town": "明水街道"}))
    entered(data={"town": "明水街道"})
    entered("agreement", data={"town": "普集街道", "parcel_area_m2": "1000"})
    entered("agreement", accepted_on="2022-07-01", data={"town": "明水街道"})
    entered("agreement", accepted_on="2021-12-31", data={"town": "普集街道"})
    at_desk("li").close()


@pytest.fixture
def page(person, office):
    """The figures of 2022, counted."""
    person.sign_in("li")
    person.click(person.desk.nav["figures"])
    person.settle()
    shown = person.desk.figures_page
    shown.head.ask_for(YEAR)
    person.settle()
    return shown


def told(chart):
    return {line.figure.name: line.figure.value for line in chart._seen()}


def choose(person, combo, value):
    """Choose an entry of a combo box by the keyboard."""
    combo.setFocus()
    wanted = [combo.itemData(place) for place in range(combo.count())].index(value)
    person.qtbot.keyClick(combo, Qt.Key.Key_Home)
    while combo.currentIndex() < wanted:
        person.qtbot.keyClick(combo, Qt.Key.Key_Down)
    person.settle()


def shown_cases(person):
    person.settle()
    model = person.desk.list_page.model
    return model.rowCount(), person.desk.list_page.count.text()


def test_every_bar_that_is_clicked_opens_as_many_cases_as_it_says(person, page):
    charts = [page.total, *page.charts.values(), page.sums]
    clicked = 0
    for basis in page.basis.buttons:
        person.click(basis)
        for chart in charts:
            for line in chart._seen():
                value = line.figure.change if chart is page.sums else line.figure.value
                wanted = int(value.split()[0])
                person.click(line)
                rows, count = shown_cases(person)
                assert person.desk.pages.currentWidget() is person.desk.list_page
                assert (rows, count) == (wanted, f"共 {wanted} 件"), (
                    chart.title.text(),
                    line.text(),
                )
                person.click(person.desk.nav["figures"])
                person.settle()
                clicked += 1
    assert clicked > 80
    assert told(page.total) == {"合计": "0"}, "decided today, not in 2022"


def test_what_the_charts_say(person, page):
    assert told(page.total) == {"合计": "4"}
    assert page.total.lines[0].figure.change == "上期 1，增减 +3"
    assert told(page.charts["outcome"]) == {
        "在办": "3", "退回补正中": "0", "已批准": "1", "不予批准": "0", "已撤回": "0"
    }  # fmt: skip
    assert told(page.charts["place"]) == {"明水街道": "3", "普集街道": "1"}
    assert told(page.charts["month"])["2022年7月"] == "1"
    assert len(told(page.charts["month"])) == 12
    assert "单列" in page.charts["reached"].note.text()
    assert "深色柱为本期" in page.total.note.text()


def test_bars_are_walked_along_and_opened_by_keys(person, page):
    chart = page.charts["outcome"]
    chart.lines[0].setFocus()
    person.press(Qt.Key.Key_Up)
    assert chart.lines[0].hasFocus()
    person.press(Qt.Key.Key_Down)
    person.press(Qt.Key.Key_Down)
    assert chart.lines[2].hasFocus()
    person.press(Qt.Key.Key_Tab)
    assert page.charts["timeliness"].isAncestorOf(QApplication.focusWidget())
    person.press(Qt.Key.Key_Tab, Qt.KeyboardModifier.ShiftModifier)
    assert chart.lines[2].hasFocus(), "Tab comes back to where one was"
    for _ in range(9):
        person.press(Qt.Key.Key_Down)
    assert chart.lines[4].hasFocus()
    person.press(Qt.Key.Key_Up)
    person.press(Qt.Key.Key_Up)
    person.press(Qt.Key.Key_Return)
    assert shown_cases(person) == (1, "共 1 件")
    assert person.desk.list_page.table.hasFocus()


def test_each_bar_has_a_name_and_a_value_for_a_screen_reader(page):
    for chart in (page.total, *page.charts.values(), page.sums):
        for line in chart._seen():
            spoken = QAccessible.queryAccessibleInterface(line)
            assert spoken.role() == QAccessible.Role.Button
            assert spoken.text(TEXT.Name) == line.figure.name != ""
            assert f"本期 {line.figure.value}，上期 " in spoken.text(TEXT.Description)


def coloured(image, colour, y):
    return sum(image.pixelColor(x, y) == QColor(colour) for x in range(image.width()))


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("size", [100, 200])
def test_bars_are_as_long_as_their_figures_in_both_themes_at_any_size(
    qtbot, qapp, ctx, theme, size
):
    ctx.preferences.change(replace(ctx.preferences.now, theme=theme, text_size=size))
    chart = BarChart(ctx)
    qtbot.addWidget(chart)
    bars = ((1000, 500), (250, 0), (0, 1000), (0, 0))
    figures = [BarText(f"第{n}项", str(n), "", "", bar, n) for n, bar in enumerate(bars)]
    chart.show_figures("件数", "", figures)
    chart.resize(900, 900)
    chart.show()
    qtbot.waitExposed(chart)
    # one pixel of the picture for one of the layout, whatever the screen
    images = [line.grab().toImage() for line in chart._seen()]
    upper = [coloured(i, ctx.colours.accent, i.height() // 2 - ctx.px(4)) for i in images]
    lower = [coloured(i, ctx.colours.field_line, i.height() // 2 + ctx.px(5)) for i in images]
    assert upper[0] > 300
    assert upper[1] == pytest.approx(upper[0] / 4, abs=2)
    assert upper[2:] == [0, 0]
    assert lower[0] == pytest.approx(upper[0] / 2, abs=2)
    assert lower[2] == pytest.approx(upper[0], abs=2)


def test_a_long_chart_shows_the_rest_when_asked(qtbot, ctx):
    chart = BarChart(ctx)
    qtbot.addWidget(chart)
    figures = [BarText(f"第{n}镇", "1", "0", "", (1, 1), n) for n in range(40)]
    chart.show_figures("按镇街", "", figures)
    chart.show()
    qtbot.waitExposed(chart)
    assert (len(chart._seen()), chart.more.text()) == (12, "再显示 28 项")
    qtbot.mouseClick(chart.more, Qt.MouseButton.LeftButton)
    assert [line.isVisible() for line in chart.lines] == [True] * 40
    assert not chart.more.isVisible()
    opened = []
    chart.opened.connect(opened.append)
    qtbot.mouseClick(chart.lines[39], Qt.MouseButton.LeftButton)
    assert opened == [39]
    chart.show_figures("按镇街", "", figures[:2])
    assert [line.isVisible() for line in chart.lines] == [True] * 2 + [False] * 38


def test_periods_are_turned_and_typed(person, page):
    head = page.head
    assert head.shown.text() == "2022年"
    person.click(head.earlier)
    person.settle()
    assert (head.shown.text(), told(page.total)) == ("2021年", {"合计": "1"})
    person.click(head.later)
    choose(person, head.length, "quarter")
    assert (head.shown.text(), told(page.total)) == ("2022年第1季度", {"合计": "3"})
    choose(person, head.length, "month")
    person.click(head.later)
    person.click(head.later)
    person.settle()
    assert (head.shown.text(), told(page.total)) == ("2022年3月", {"合计": "3"})
    choose(person, head.length, "free")
    person.type_into(head.first.line, "20211201")
    person.settle()
    person.type_into(head.last.line, "2022.7.1")
    person.settle()
    assert told(page.total) == {"合计": "5"}
    person.type_into(head.last.line, "2021-11-01")
    assert "早于首日" in person.words(head.last)
    person.type_into(head.last.line, "昨天")
    assert "不是日期" in person.words(head.last)
    person.settle()
    assert told(page.total) == {"合计": "5"}


def test_a_case_type_brings_its_own_sums(person, page):
    head = page.head
    assert not head.measure.isEnabled()
    choose(person, head.case_type, "land_entry")
    assert not page.charts["case_type"].isVisible()
    assert len(told(page.charts["reached"])) == 11
    choose(person, head.measure, "area")
    assert told(page.charts["place"])["普集街道"] == "1,000"
    choose(person, head.case_type, "reservoir_appraisal")
    assert (head.measure.currentData(), head.measure.isEnabled()) == (None, False)
    assert not page.sums.isVisible()


def test_a_place_is_chosen_among_those_with_cases(person, page):
    places = [page.head.place.itemText(i) for i in range(page.head.place.count())]
    assert places == ["全部镇街", "章丘区", "明水街道", "普集街道"]
    choose(person, page.head.place, ("370114", "普集街道"))
    assert told(page.total) == {"合计": "1"}
    assert told(page.charts["place"]) == {"普集街道": "1"}
    assert page.head.place.count() == 4
    choose(person, page.head.place, ("370114", None))
    assert told(page.total) == {"合计": "4"}


def test_a_period_without_cases_shows_zeros_and_words(person, page):
    page.head.ask_for(Period(date(2030, 1, 1), date(2030, 3, 31)))
    person.settle()
    assert page.told.text() == "本期没有受理案件。"
    assert set(told(page.charts["case_type"]).values()) == {"0"}
    assert len(told(page.charts["month"])) == 3
    person.click(page.basis.buttons[1])
    person.click(page.basis.buttons[1])
    assert page.told.text() == "本期没有决定案件。"


def test_what_changes_meanwhile_is_counted_when_the_page_is_seen_again(person, page):
    person.desk.open_case("RS-2022-0002")
    person.until(lambda: person.case.form is not None)
    person.settle()
    before = page.figures
    person.type_into(person.field("town").focus_target(), "双山街道")
    person.press(Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    person.settle()
    assert page.figures is before, "nobody looks at it"
    person.click(person.desk.nav["figures"])
    person.settle()
    assert told(page.charts["place"]) == {"明水街道": "2", "双山街道": "1", "普集街道": "1"}


def test_on_another_day_it_counts_anew(person, page, clock):
    before = page.figures
    person.click(person.desk.nav["desk"])
    person.click(person.desk.nav["figures"])
    person.settle()
    assert page.figures is before
    person.click(person.desk.nav["desk"])
    clock.moment = clock.moment.replace(day=3)
    person.click(person.desk.nav["figures"])
    person.settle()
    assert page.figures is not before


def test_an_answer_to_an_older_question_is_dropped_and_counting_can_be_stopped(person, page):
    page.head.ask_for(Period(date(2021, 1, 1), date(2021, 12, 31)))
    page.head.ask_for(YEAR)
    assert page.stop.isVisible()
    person.settle()
    assert told(page.total) == {"合计": "4"}
    assert not page.stop.isVisible()
    page.head.ask_for(Period(date(2021, 1, 1), date(2021, 12, 31)))
    person.click(page.stop)
    person.settle()
    assert "已停止" in page.told.text()
    assert told(page.total) == {"合计": "4"}, "the charts are as they were"
    person.click(person.desk.nav["desk"])
    person.click(person.desk.nav["figures"])
    person.settle()
    assert told(page.total) == {"合计": "1"}


def test_figures_are_saved_as_pdf_and_workbook_with_progress_and_an_end_report(
    person, page, tmp_path
):
    for deed, name in ((page.pdf, "figures.pdf"), (page.book, "figures.xlsx")):
        person.click(deed)
        person.choose_file(tmp_path / name)
        person.until(person.dialog(ProgressDialog).confirm.isVisible)
        assert name in person.confirm(ProgressDialog)
    assert (tmp_path / "figures.pdf").read_bytes().startswith(b"%PDF-")
    sheet = openpyxl.load_workbook(tmp_path / "figures.xlsx")["本期受理"]
    assert sheet["C2"].value == 4


def test_no_file_is_written_where_the_dialog_is_left(person, page, tmp_path):
    person.click(page.pdf)
    person.dialog(QFileDialog).reject()
    person.no_dialog()
    assert [*tmp_path.glob("*.pdf")] == []


def test_printing_hands_on_the_pages(person, page):
    printed = []
    page.to_print.disconnect()
    page.to_print.connect(lambda pdf, title: printed.append((bytes(pdf)[:5], title)))
    person.click(page.print)
    person.until(lambda: printed != [])
    assert printed == [(b"%PDF-", "案件统计表")]
    person.no_dialog()


def test_a_list_of_a_figures_cases_is_searched_and_left_again(person, page):
    person.click(page.charts["place"].lines[0])
    shown = person.desk.list_page
    assert shown_cases(person) == (3, "共 3 件")
    assert "受理 2022-01-01 – 2022-12-31，全部事项；按镇街：明水街道" in shown.narrowed_to.text()
    person.type_into(shown.search, "杏林")
    person.until(lambda: shown.model.rowCount() == 3)
    shown.search.clear()
    shown.status.setCurrentIndex(shown.status.findData("returned"))
    assert shown_cases(person) == (0, "共 0 件")
    shown.status.setCurrentIndex(0)
    person.click(shown.widen)
    assert shown_cases(person) == (5, "共 5 件")
    assert not shown.widen.isVisible()
    choose(person, page.head.case_type, "land_entry")
    person.click(person.desk.nav["figures"])
    person.click(page.charts["outcome"].lines[2])
    assert shown_cases(person) == (1, "共 1 件")
    assert not shown.case_type.isEnabled()
    assert shown.batch.isEnabled(), "many documents of exactly these cases"


def test_it_speaks_english_too(person, page):
    person.window.change_taste(replace(person.ctx.preferences.now, language="en"))
    person.click(person.desk.nav["figures"])
    person.settle()
    shown = person.desk.figures_page
    shown.head.ask_for(YEAR)
    person.settle()
    assert shown.head.shown.text() == "year 2022"
    assert told(shown.charts["outcome"])["approved"] == "1"
    person.click(shown.charts["outcome"].lines[2])
    person.settle()
    assert "By outcome: approved" in person.desk.list_page.narrowed_to.text()
