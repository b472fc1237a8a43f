"""The clocks of a case in the window: read, explained, paused, extended; calendars taken in."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication, QLineEdit

from auditdesk.ui.base.preferences import Preferences
from auditdesk.ui.dialogs.base import FaultDialog
from auditdesk.ui.dialogs.clocks import DerivationDialog, PauseDialog, ResumeDialog
from auditdesk.ui.dialogs.decisions import OpinionDialog, ReasonsDialog
from auditdesk.ui.dialogs.progress import ProgressDialog
from auditdesk.ui.dialogs.scan import ScanDialog
from case_bases import enter as enter_case
from case_bases import whole_case
from clock_samples import APPROVAL


@pytest.fixture
def approval(at_desk):
    """An approval accepted on Monday 2 March 2026; everybody has signed out."""
    no = enter_case(at_desk, whole_case(APPROVAL, "collective", accepted_on="2026-03-02")).no
    at_desk("li").close()
    return no


def look(person, name, no):
    person.sign_in(name)
    person.open(no)
    person.case.tabs.setCurrentWidget(person.case.clocks)
    return person.case.clocks


def card(person):
    return person.case.clocks.clocks["decision"]


def told(person):
    return card(person).standing.text()


def typed(person, editor, text):
    person.type_into(editor.findChild(QLineEdit), text)


def test_days_left_with_sign_and_word(person, approval):
    look(person, "li", approval)
    assert told(person) == "✓ 计算中，还有 20 个工作日"
    assert "✓ 作出决定 计算中，还有 20 个工作日" in person.case.header.facts.text()
    words = person.words(card(person))
    assert "至 2026-03-30 · 20 个工作日" in words
    assert "行政许可法 第42条、行政许可法 第82条 · 约束办理机关" in words


def test_how_it_was_counted_can_be_copied_and_kept(person, approval, tmp_path):
    look(person, "li", approval)
    person.click(card(person).buttons["explain"])
    dialog = person.dialog(DerivationDialog)
    shown = dialog.text.toPlainText()
    assert "2026-03-03 – 2026-03-06" in shown
    assert "第 1–4 个工作日" in shown
    assert "民法典第二百零一条" in shown
    person.click(dialog.copy)
    copied = QApplication.clipboard().text()
    assert copied.startswith("作出决定\n  依据：行政许可法 第42条")
    assert "    2026-03-03 – 2026-03-06  第 1–4 个工作日" in copied
    person.click(dialog.keep)
    target = tmp_path / "期限.pdf"
    person.choose_file(target)
    person.until(target.exists)
    person.settle()
    assert target.read_bytes().startswith(b"%PDF")
    person.click(dialog.confirm)
    person.no_dialog(DerivationDialog)


def test_all_of_them_on_paper(person, approval):
    look(person, "wang", approval)
    person.click(person.case.clocks.head.print)
    dialog = person.dialog(ScanDialog)
    assert approval in dialog.windowTitle()
    dialog.done(0)
    person.no_dialog(ScanDialog)


def test_pause_and_count_again(person, approval):
    panel = look(person, "li", approval)
    person.click(panel.head.pause)
    dialog = person.dialog(PauseDialog)
    person.click(dialog.confirm)
    person.until(dialog.error.isVisible)
    assert "理由" in dialog.error.text()
    person.type_into(dialog.reason, "宗地界址复核")
    typed(person, dialog.first, "昨天")
    person.click(dialog.confirm)
    assert "昨天 不是日期" in dialog.error.text()
    typed(person, dialog.first, "2026.2.27")
    person.click(dialog.confirm)
    person.settle()
    assert "没有正在计算的期限" in dialog.error.text()
    assert dialog.reason.toPlainText() == "宗地界址复核"
    typed(person, dialog.first, "20260302")
    person.click(dialog.confirm)
    person.no_dialog(PauseDialog)
    person.settle()
    assert told(person) == "‖ 中止中，还有 20 个工作日"
    assert not panel.head.pause.isEnabled()
    assert "先恢复" in panel.head.pause.toolTip()
    (pause,) = panel.pauses
    assert "李晓彤 中止：宗地界址复核" in person.words(pause)

    person.click(person.desk.nav["cases"])
    person.settle()
    table = person.desk.list_page.table
    person.until(lambda: table.model().rowCount() == 1)
    row = [table.model().index(0, n).data() for n in range(table.model().columnCount())]
    assert "‖ 中止中" in row

    person.open(approval)
    person.case.tabs.setCurrentWidget(panel)
    person.click(panel.pauses[0].buttons["resume"])
    dialog = person.dialog(ResumeDialog)
    typed(person, dialog.last, "2026-03-06")
    person.type_into(dialog.reason, "测绘成果已收到")
    person.click(dialog.confirm)
    person.no_dialog(ResumeDialog)
    person.settle()
    assert "至 2026-04-03" in person.words(card(person))
    assert "2026-03-02 至 2026-03-06，5 个工作日" in person.words(panel.pauses[0])

    person.click(panel.pauses[0].buttons["revoke"])
    person.confirm(ReasonsDialog, "记错了案件")
    person.settle()
    assert told(person) == "✓ 计算中，还有 20 个工作日"
    assert "已撤回，照常计算" in person.words(panel.pauses[0])
    assert panel.pauses[0].buttons == {}
    assert "撤回：记错了案件" in person.words(panel.pauses[0])


def test_what_is_typed_is_saved_before_a_pause(person, approval):
    panel = look(person, "li", approval)
    person.enter_value("applicant_name", "历城区唐王街道西张村股份经济合作社")
    person.click(panel.head.pause)
    dialog = person.dialog(PauseDialog)
    person.type_into(dialog.reason, "勘测")
    person.click(dialog.confirm)
    person.no_dialog(PauseDialog)
    person.settle()
    assert not person.case.draft.dirty
    assert person.case.draft.view.record.title.endswith("合作社")


def test_extended_by_a_supervisor_only(person, approval):
    look(person, "li", approval)
    button = card(person).buttons["extend"]
    assert not button.isEnabled()
    assert "审批人" in button.toolTip()
    look(person, "wang", approval)
    person.click(card(person).buttons["extend"])
    person.confirm(ReasonsDialog, "案情复杂")
    person.settle()
    assert told(person) == "✓ 计算中，还有 30 个工作日"
    assert "已延长 10 个工作日" in person.words(card(person))
    person.click(card(person).buttons["unextend"])
    person.confirm(ReasonsDialog, "未告知申请人")
    person.settle()
    assert told(person) == "✓ 计算中，还有 20 个工作日"


def test_a_return_stops_the_clock_and_taking_in_starts_it(person, approval):
    panel = look(person, "li", approval)
    person.do("return")
    person.confirm(ReasonsDialog, "缺会议纪要")
    person.settle()
    assert told(person) == "‖ 中止中，还有 20 个工作日"
    assert panel.pauses[0].buttons == {}
    person.do("advance")
    person.confirm(OpinionDialog)
    person.settle()
    assert told(person) == "✓ 计算中，还有 20 个工作日"
    assert "当日往返，没有中止" in person.words(panel.pauses[0])


def test_overdue_says_so(person, approval, clock):
    clock.moment = clock.moment.replace(month=3, day=27)
    look(person, "li", approval)
    assert told(person) == "! 计算中，还有 1 个工作日"
    clock.moment = clock.moment.replace(month=4, day=1)
    look(person, "li", approval)
    assert told(person) == "✕ 逾期 2 个工作日"
    assert "✕ 作出决定 逾期 2 个工作日" in person.case.header.facts.text()


def test_a_case_without_periods_says_so_and_offers_no_pause(person, at_desk):
    no = enter_case(at_desk, whole_case("building_reward", "operation")).no
    at_desk("li").close()
    panel = look(person, "li", no)
    assert panel.clocks == {}
    assert "本案没有法定期限。" in person.words(panel)
    assert not panel.head.pause.isVisible()


def test_in_english(person, approval, window):
    window.change_taste(Preferences(language="en"))
    look(person, "li", approval)
    assert told(person) == "✓ running, 20 working days left"
    person.click(card(person).buttons["explain"])
    dialog = person.dialog(DerivationDialog)
    assert "Civil Code art. 201" in dialog.text.toPlainText()
    dialog.done(0)
    person.no_dialog(DerivationDialog)


@pytest.fixture
def calendars(person):
    person.sign_in("admin")
    person.click(person.desk.nav["settings"])
    page = person.desk.settings_page
    page.tabs.setCurrentWidget(page.calendar)
    person.settle()
    return page.calendar


def cells(panel, row):
    return [panel.table.item(row, n).text() for n in range(panel.table.columnCount())]


def test_take_a_year_in_and_back(person, calendars, tmp_path):
    file = tmp_path / "2027.toml"
    file.write_text("holidays = [2027-01-01]\nworkdays = [2027-01-09]\n", encoding="utf-8")
    assert cells(calendars, 0)[:2] == ["2026", "内置"]
    person.click(calendars.take)
    person.choose_file(file)
    report = person.dialog(ProgressDialog)
    person.until(report.confirm.isVisible)
    assert "2027 年工作日历已导入" in report.text.text()
    person.click(report.confirm)
    person.no_dialog(ProgressDialog)
    person.settle()
    assert cells(calendars, 0)[:6] == ["2027", "本单元", "1", "1", "内置没有这一年", "2027.toml"]
    calendars.table.selectRow(0)
    assert calendars.differs.text() == (
        "与周一至周五不同，放假：2027-01-01\n与周一至周五不同，上班：2027-01-09"
    )
    person.click(calendars.back)
    person.confirm(ReasonsDialog, "录入有误")
    report = person.dialog(ProgressDialog)
    person.until(report.confirm.isVisible)
    person.click(report.confirm)
    person.no_dialog(ProgressDialog)
    person.settle()
    assert cells(calendars, 0)[0] == "2026"
    assert not calendars.back.isEnabled()


def test_a_bad_file_is_refused_with_its_line(person, calendars, tmp_path):
    file = tmp_path / "2027.toml"
    file.write_text("holidays = [\n 2027-02-29,\n]\nworkdays = []\n", encoding="utf-8")
    calendars.import_from(file)
    report = person.dialog(ProgressDialog)
    person.until(report.error.isVisible)
    assert "第 2 行" in report.error.text()
    assert "2027-02-29" in report.error.text()
    report.done(0)
    person.no_dialog(ProgressDialog)
    assert cells(calendars, 0)[0] == "2026"


def test_a_calendar_counts_the_case_on_the_page_anew(person, at_desk, clock, tmp_path):
    clock.moment = clock.moment.replace(month=12, day=21)
    no = enter_case(at_desk, whole_case(APPROVAL, "collective", accepted_on="2026-12-21")).no
    at_desk("li").close()
    look(person, "admin", no)
    assert "暂计：当年放假安排未公布" in person.words(card(person))
    file = tmp_path / "2027.toml"
    file.write_text("holidays = [2027-01-01]\nworkdays = []\n", encoding="utf-8")
    person.desk.settings_page.calendar.import_from(file)
    report = person.dialog(ProgressDialog)
    person.until(report.confirm.isVisible)
    person.click(report.confirm)
    person.no_dialog(ProgressDialog)
    person.settle()
    assert "暂计" not in person.words(card(person))
    assert "至 2027-01-19" in person.words(card(person))


def test_calendars_are_only_read_by_others(person):
    person.sign_in("li")
    person.click(person.desk.nav["settings"])
    page = person.desk.settings_page
    page.tabs.setCurrentWidget(page.calendar)
    person.settle()
    assert page.calendar.table.rowCount() == 23
    assert not page.calendar.take.isEnabled()
    page.calendar.table.selectRow(0)
    assert not page.calendar.back.isEnabled()
    assert "由管理员导入" in person.words(page.calendar)
    assert not [d for d in QApplication.topLevelWidgets() if isinstance(d, FaultDialog)]
