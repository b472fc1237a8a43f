"""What follows from cases: seen on the desk, opened, settled, taken back; the way back."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt

from auditdesk.store.follow_ups import NewFollowUp
from auditdesk.ui.dialogs.decisions import ReasonsDialog
from case_bases import enter as enter_case
from case_bases import lead, whole_case


@pytest.fixture
def led(at_desk):
    """A case led to a stage; everybody has signed out."""

    def do(case_type, base, to, **changes):
        no = lead(at_desk, enter_case(at_desk, whole_case(case_type, base, **changes)), to).no
        at_desk("li").close()
        return no

    return do


def section(person):
    return person.desk.desk_page.follow_ups


def tiles(person):
    return {name: int(tile.text().split()[-1]) for name, tile in section(person).tiles.items()}


def shown(person):
    model = section(person).model
    return [
        tuple(model.index(row, column).data() for column in range(4))
        for row in range(model.rowCount())
    ]


def card(person):
    (found,) = person.case.follow_ups.cards.values()
    return found


def answer(person, button, reason):
    """Press a card's button and confirm with a reason."""
    person.click(card(person).buttons[button])
    said = person.confirm(ReasonsDialog, reason)
    person.settle()
    return said


def test_settle_what_the_desk_shows_and_take_it_back(person, led):
    no = led("building_certification", "certified", "rectification")
    person.sign_in("zhao")
    assert tiles(person) == {"overdue": 1, "due": 0, "coming": 0}
    assert shown(person) == [("2023-02-28", "逾期一年以上", "整改期限", no)]

    table = section(person).table
    table.setFocus()
    person.press(Qt.Key.Key_Return)
    person.until(lambda: person.case.draft is not None and person.shown_no() == no)
    person.settle()
    assert person.case.tabs.currentWidget() is person.case.follow_ups
    person.until(lambda: card(person).isVisible())
    words = person.words(card(person))
    assert "济政办发〔2021〕22号 第三部分第（二）项" in words
    assert "至 2023-02-28 · 逾期一年以上" in words

    person.click(card(person).buttons["settle"])
    dialog = person.dialog(ReasonsDialog)
    person.click(dialog.confirm)
    person.until(dialog.error.isVisible)
    dialog.reject()
    person.no_dialog(ReasonsDialog)

    said = answer(person, "settle", "整改完成，见区发改函")
    assert "可以再收回" in said
    assert "已了结" in person.words(card(person))
    assert "赵文博 了结 · 至 2023-02-28 · 整改完成，见区发改函" in person.words(card(person))
    person.click(person.desk.nav["desk"])
    person.settle()
    assert section(person).table.isHidden()
    assert section(person).empty.isVisible()

    person.sign_in("wang")
    person.open(no)
    person.case.tabs.setCurrentWidget(person.case.follow_ups)
    answer(person, "reopen", "复核发现仍不达标")
    assert "settle" in card(person).buttons
    person.click(person.desk.nav["desk"])
    person.settle()
    assert tiles(person)["overdue"] == 1


def test_the_way_back_settles_the_period(person, led):
    no = led("building_certification", "certified", "rectification")
    person.sign_in("wang")
    person.open(no)
    assert not person.case.bar.buttons.get("resume"), "it is for clerks"
    person.sign_in("li")
    person.open(no)
    assert person.case.bar.buttons["resume"].text() == "恢复到“授牌认定”"
    person.do("resume")
    dialog = person.dialog(ReasonsDialog)
    person.click(dialog.confirm)
    person.until(dialog.error.isVisible)
    dialog.reject()
    person.no_dialog(ReasonsDialog)
    person.do("resume")
    said = person.confirm(ReasonsDialog, "复核达标")
    assert "恢复到“授牌认定”环节" in said
    person.until(lambda: person.case.draft.stage == "certified")
    person.settle()
    assert "resume" not in person.case.bar.buttons
    person.case.tabs.setCurrentWidget(person.case.follow_ups)
    assert f"已了结 · 案件 {no}" in person.words(card(person))
    assert card(person).buttons == {}, "what a case settled no person takes back"


def test_words_typed_into_the_case_are_saved_before_a_follow_up_is_settled(person, led):
    no = led("building_certification", "certified", "rectification")
    person.sign_in("li")
    person.open(no)
    person.enter_value("rectification_started_on", "2025-12-31")
    person.case.tabs.setCurrentWidget(person.case.follow_ups)
    person.click(card(person).buttons["settle"])
    person.confirm(ReasonsDialog, "市里同意")
    person.settle()
    assert person.case.draft.data["rectification_started_on"] == "2025-12-31"
    assert "至 2026-06-30 · 已了结" in person.words(card(person))


def test_who_may_not_settle_sees_why(person, led):
    no = led("building_certification", "certified", "rectification")
    person.sign_in("admin")
    person.open(no)
    person.case.tabs.setCurrentWidget(person.case.follow_ups)
    button = card(person).buttons["settle"]
    assert not button.isEnabled()
    assert "只有" in button.toolTip()
    assert button.toolTip() in person.words(card(person))


def test_each_tile_shows_its_own_and_long_lists_are_fetched_as_they_are_scrolled(
    person, led, at_desk
):
    no = led("building_certification", "certified", "certified")
    today, far = date(2026, 3, 2), date(2035, 1, 1)
    desk = at_desk("li")
    with desk.office.write("case.save", no, {}) as writer:
        for number in range(120):
            last = today + timedelta(days=number)
            writer.open_follow_up(no, NewFollowUp("rectification", 0, number, today, last))
        later = today + timedelta(days=90)
        writer.open_follow_up(no, NewFollowUp("reserve", 0, 0, later, far))
        writer.open_follow_up(no, NewFollowUp("reserve", 1, 0, later + timedelta(days=1), far))
    desk.close()
    person.sign_in("li")
    assert tiles(person) == {"overdue": 0, "due": 120, "coming": 1}
    assert section(person).tiles["due"].isChecked()
    assert section(person).model.rowCount() == 50
    assert shown(person)[0][:2] == ("2026-03-02", "今天到期")
    table = section(person).table
    for wanted in (100, 120):
        table.scrollToBottom()
        person.until(lambda wanted=wanted: section(person).model.rowCount() == wanted)
    person.click(section(person).tiles["coming"])
    person.settle()
    assert [row[:3] for row in shown(person)] == [("2035-01-01", "一年以上", "储备资格期满")]


def test_an_answer_that_comes_late_is_dropped(person, led):
    led("building_certification", "certified", "rectification")
    person.sign_in("li")
    model = section(person).model
    model.show_group("overdue")
    model.show_group("due")
    person.settle()
    assert model.rowCount() == 0
