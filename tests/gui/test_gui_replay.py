"""Judging cases by a draft, as a person does it from the page of regulations."""

from __future__ import annotations

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import Qt

from auditdesk.ui.dialogs.progress import ProgressDialog
from auditdesk.ui.dialogs.replay import ReplayDialog, ReplayResultDialog
from successor_samples import LAND, changed, drop_in

CLOSE_VOTE = {
    "vote_total": 90,
    "vote_present": 80,
    "vote_agree": 60,
    "vote_against": 16,
    "vote_abstain": 4,
}


@pytest.fixture
def draft(tmp_path):
    folder = tmp_path / "draft"
    folder.mkdir()
    # in force from before the tests' cases, so that they lie within its days
    text = changed(LAND, 'succeeds = "jinan-land-2021"', SUCCEEDS)
    drop_in(folder, text.replace("2024-02-01", "2022-02-01"))
    return folder


SUCCEEDS = 'succeeds = "jinan-land-2021"\nrepealing_article = "41"'


@pytest.fixture
def ask(person):
    """Opens the dialog as a person would and fills it in."""

    def opened(folder, first="2022-01-01"):
        person.click(person.desk.nav["law"])
        person.click(person.desk.law_page.replay)
        dialog = person.dialog(ReplayDialog)
        person.type_into(dialog.first.line, first)
        if folder is not None:
            dialog.take_folder(str(folder))
        return dialog

    return opened


def test_what_a_draft_would_change_is_listed_and_saved(person, enter, ask, draft, tmp_path):
    no = enter(**CLOSE_VOTE)
    enter("lease", term_years="10")
    person.sign_in("wang")
    person.click(ask(draft).confirm)
    found = person.dialog(ReplayResultDialog)
    shown = {found.model.index(i, 0).data(): i for i in range(found.model.rowCount())}
    assert no in shown
    place = shown[no]
    assert found.model.index(place, 4).data() == "✓ 通过"
    assert found.model.index(place, 5).data() == "✕ 否决"
    found.table.selectRow(place)
    words = found.details.toPlainText()
    assert "三分之二以上同意 通过 → 不符合" in words
    assert "3/4" in words
    assert "共试算 2 件" in person.words(found)
    target = tmp_path / "found.xlsx"
    person.click(found.save)
    person.choose_file(target)
    progress = person.dialog(ProgressDialog)
    person.until(lambda: "已写入" in progress.text.text())
    person.click(progress.confirm)
    person.no_dialog(ProgressDialog)
    assert no in [row[0].value for row in load_workbook(target)["有变化的案件"].rows]
    person.click(found.confirm)
    person.no_dialog(ReplayResultDialog)


def test_what_is_missing_or_broken_is_said_in_the_dialog(person, ask, draft):
    person.sign_in("li")
    dialog = ask(None)
    person.click(dialog.confirm)
    assert "请先选择草案文件夹" in dialog.error.text()
    (draft / "regulations" / "jinan-land-2024.toml").write_text("[", encoding="utf-8")
    dialog.take_folder(str(draft))
    assert dialog.error.text() == ""
    person.click(dialog.confirm)
    progress = person.dialog(ProgressDialog)
    person.until(lambda: "草案有误" in progress.error.text())
    person.click(progress.confirm)
    person.no_dialog(ProgressDialog)
    person.settle()


def test_a_draft_that_changes_no_case_says_so(person, enter, ask, draft):
    enter(**CLOSE_VOTE)
    person.sign_in("li")
    person.click(ask(draft, "2025-01-01").confirm)
    found = person.dialog(ReplayResultDialog)
    assert "共试算 0 件，0 件有变化" in person.words(found)
    assert not found.table.isVisible()
    person.press(Qt.Key.Key_Escape)
    person.no_dialog(ReplayResultDialog)


def test_a_replay_can_be_stopped(person, enter, ask, draft):
    for _ in range(3):
        enter(**CLOSE_VOTE)
    person.sign_in("li")
    dialog = ask(draft)
    dialog.confirmed()
    progress = person.dialog(ProgressDialog)
    progress._job.cancel()
    person.until(lambda: "已取消" in progress.text.text())
    person.click(progress.confirm)
    person.no_dialog(ProgressDialog)
    person.settle()
    assert not [d for d in person.window.findChildren(ReplayResultDialog) if d.isVisible()]


def test_an_administrator_sees_to_no_cases(person):
    person.sign_in("admin")
    person.click(person.desk.nav["law"])
    assert not person.desk.law_page.replay.isVisible()
