"""Takes the pictures of docs/pictures: real windows on the sample office, on a made-up day.

    python tests/gui/pictures.py [FOLDER [all]]

Without a screen it starts itself anew under Xvfb. Every picture is taken at the size, theme,
language and text size that its name says; those without any are 1366 × 768, light, Chinese.
With `all` every scene is taken in every look: to be looked through, not to be kept.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from dataclasses import dataclass, replace
from datetime import date, datetime
from io import BytesIO
from pathlib import Path

from openpyxl import load_workbook
from PIL import Image
from PySide6.QtCore import QBuffer, QEventLoop, QIODevice
from PySide6.QtWidgets import QApplication, QFileDialog

from auditdesk.app import make_context, make_window
from auditdesk.domain.period import containing
from auditdesk.operations import sample
from auditdesk.operations.surroundings import shipped_surroundings
from auditdesk.ui.base.preferences import Preferences, RecentOffice
from auditdesk.util.clock import CHINA, FixedClock
from auditdesk.util.progress import NoProgress

sys.path.append(str(Path(__file__).parents[1]))
from successor_samples import DEED_TAX, LAND, drop_in

PICTURES = Path(__file__).parents[2] / "docs" / "pictures"
DAY = datetime(2026, 3, 2, 9, 30, tzinfo=CHINA)
SMALL, LARGE = (1366, 768), (1920, 1080)
SCREEN = "-screen 0 1920x1080x24"
COLOURS = 192
MAIN = frozenset({"welcome", "desk", "cases", "case", "review"})
GUIDE = MAIN | {"new", "article", "return", "approve", "documents", "verify"}
LATER = frozenset({"register", "register-row", "law", "figures"})
REGISTER = "reservoir"


@dataclass(frozen=True, slots=True)
class Taste:
    """How a series of pictures looks."""

    size: tuple[int, int]
    theme: str = "light"
    language: str = "zh"
    text: int = 100
    only: frozenset[str] = frozenset()

    def name(self, scene):
        if self == Taste(SMALL):
            return scene
        parts = [scene, str(self.size[0]), self.theme, self.language]
        return "-".join(parts + ([str(self.text)] if self.text != 100 else []))


class Studio:
    """One window and somebody who goes through it without a mouse."""

    def __init__(self, app, office, surroundings, folder) -> None:
        self.app, self.office, self.surroundings, self.folder = app, office, surroundings, folder
        self.password = ""

    def open(self, taste, settings):
        self.taste = taste
        settings.unlink(missing_ok=True)
        self.ctx = make_context(settings, self.surroundings.clock)
        recent = (RecentOffice(str(self.office), "章丘区政务案件审查处", "liu"),)
        self.ctx.preferences.change(Preferences(taste.language, taste.theme, taste.text, recent))
        self.window = make_window(self.app, self.ctx, lambda: self.surroundings)
        self.window.resize(*taste.size)
        self.window.show()
        self.window.activateWindow()
        self.settle()

    def close(self):
        self.window._close_now()
        self.settle()
        self.window.deleteLater()
        self.settle()

    def settle(self):
        """Let the window come to rest: nothing queued, nothing waiting to be drawn."""
        quiet = 0
        while quiet < 5:
            self.app.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 30)
            quiet = quiet + 1 if self.ctx.worker.idle else 0

    def sign_in(self, user):
        if self.window.desk is not None:
            self.window.sign_out()
            self.settle()
        self.window.welcome.choose(self.office, user)
        self.settle()
        self.window.welcome.password.setText(self.password)
        self.window.welcome.sign_in()
        self.settle()

    def take(self, scene, widget=None):
        self.settle()
        if self.taste.only and scene not in self.taste.only:
            return
        buffer = QBuffer()
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        (widget or self.window).grab().save(buffer, "PNG")
        picture = Image.open(BytesIO(bytes(buffer.data().data()))).convert("RGB")
        target = self.folder / f"{self.taste.name(scene)}.png"
        picture.quantize(COLOURS, dither=Image.Dither.NONE).save(target, optimize=True)

    def take_dialog(self, scene):
        self.settle()
        dialog = self.app.activeModalWidget()
        self.take(scene, dialog)
        dialog.done(0)
        self.settle()

    def take_progress(self):
        """Let a long piece of work end, and read its report."""
        self.settle()
        report = self.app.activeModalWidget()
        report.done(0)
        self.settle()

    def hand_in(self, path):
        """Answer the file dialog that is open."""
        self.settle()
        dialog = self.app.activeModalWidget()
        assert isinstance(dialog, QFileDialog)
        dialog.fileSelected.emit(str(path))
        dialog.done(0)
        self.settle()

    def case_with(self, **wanted):
        """The number of the first case of the list that is so."""
        model = self.window.desk.list_page.model
        for place in range(model.rowCount()):
            row = model.row(place)
            if all(getattr(row, name) == value for name, value in wanted.items()):
                return row.no
        raise LookupError(wanted)

    def clerk(self):
        self.take("welcome")
        self.sign_in("liu")
        desk = self.window.desk
        self.take("desk")
        desk.go("cases")
        self.take("cases")
        desk.ask_new()
        self.take_dialog("new")
        desk.open_case(self.case_with(verdict="block", stage="intake"))
        self.settle()
        self.take("case")
        blocking = next(line for line in desk.case_page.findings.model.lines() if line.rule)
        desk.case_page.go_to_field(blocking.fields[0])
        desk.deeds.show_finding(blocking.rule)
        self.take_dialog("article")
        desk.deeds._ask_reasons("return")
        self.take_dialog("return")
        desk.go("journal")
        self.take("journal")
        self.periods()
        self.register()

    def periods(self):
        """What follows from a case that is long decided: the case that the desk names first."""
        desk = self.window.desk
        desk.go("desk")
        self.settle()
        desk.open_follow_up(desk.desk_page.follow_ups.model.row(0).case_no)
        self.take("follow-ups")

    def register(self):
        desk = self.window.desk
        page = desk.register_pages[REGISTER]
        desk.go(f"register.{REGISTER}")
        self.settle()
        page.list.show_view("overdue")
        self.take("register")
        page.open_row(page.list.model.entry(0).code)
        self.take("register-row")
        page.show_list()
        page.list.show_view("")
        self.settle()
        page.list.take_in.click()
        self.hand_in(self.changed_workbook(page))
        self.take_dialog("import")

    def changed_workbook(self, page):
        """The register's workbook with what somebody changed in it, not all of it rightly."""
        path = self.drafts / f"{page._law.register.label.zh}.xlsx"
        page._export(path)
        self.take_progress()
        book = load_workbook(path)
        sheet = book.worksheets[-1]
        heads = {cell.value: cell.column for cell in sheet[1]}
        columns = {c.source: heads.get(c.label.zh) for c in page._law.register.columns}
        for row, field, value in (
            (3, "river", "巴漏河"),
            (4, "patrol_officer.name", "韩守田"),
            (4, "patrol_officer.phone", "0531-00000017"),
            (6, "last_appraisal_on", "去年秋天"),
            (8, "built_year", "=1900+58"),
            (sheet.max_row + 1, "reservoir_code", "ZQ-99"),
            (sheet.max_row + 1, "name", "西坡塘"),
        ):
            sheet.cell(row, columns[f"data.{field}"], value)
        book.save(path)
        return path

    def supervisor(self, shown):
        self.sign_in("chen")
        desk = self.window.desk
        self.take("queue")
        desk.go("cases")
        self.settle()
        desk.open_case(self.case_with(stage="decision", verdict="pass"))
        self.settle()
        self.take("review")
        desk.deeds._hand_on("approve")
        if self.app.activeModalWidget() is not None:
            self.take_dialog("approve")
        desk.open_case(shown)
        desk.case_page.tabs.setCurrentIndex(1)
        self.take("documents")
        self.window.verify(next(self.office.glob("*approval.pdf")))
        self.take_dialog("verify")
        self.figures()
        self.law()

    def figures(self):
        """The cases of the year in which the sample has most of them."""
        desk = self.window.desk
        desk.go("figures")
        self.settle()
        desk.figures_page.head.ask_for(containing(date(2022, 1, 1), "year"))
        self.take("figures")

    def law(self):
        """The regulations, and what a made-up successor would change."""
        desk = self.window.desk
        desk.go("cases")
        page = desk.list_page
        page.case_type.setCurrentIndex(page.case_type.findData("land_entry"))
        self.settle()
        page.batch.click()
        self.settle()
        kind = self.app.activeModalWidget().kind
        kind.setCurrentIndex(kind.findData("approval"))
        self.take_dialog("batch")
        desk.go("law")
        desk.law_page.table.selectRow(2)
        self.take("law")
        desk.law_page.replay.click()
        self.settle()
        asking = self.app.activeModalWidget()
        asking.first.set_value("2024-02-01")
        asking.take_folder(str(self.drafts))
        self.take("replay-asked", asking)
        asking.confirmed()
        self.settle()
        self.take_dialog("replay")

    def administrator(self):
        self.sign_in("admin")
        desk = self.window.desk
        desk.go("settings")
        desk.settings_page.tabs.setCurrentWidget(desk.settings_page.people)
        self.take("people")
        people = desk.settings_page.people
        people.table.selectRow(next(i for i, p in enumerate(people._people) if p.name == "liu"))
        people.certify.click()
        self.take_dialog("certificates")


def main():
    if not os.environ.get("DISPLAY") and os.environ.get("QT_QPA_PLATFORM") != "offscreen":
        command = ["xvfb-run", "-a", "-s", SCREEN, sys.executable, *sys.argv]
        os.execvp(command[0], command)  # noqa: S606 – this very script, with a screen
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else PICTURES
    folder.mkdir(parents=True, exist_ok=True)
    app = QApplication([])
    with tempfile.TemporaryDirectory() as place:
        # shown in the pictures: the same name every time
        office = Path(tempfile.gettempdir()) / "章丘样例"
        everything = sys.argv[2:] == ["all"]
        surroundings = replace(shipped_surroundings(), clock=FixedClock(DAY))
        facts = sample.build(office, surroundings, NoProgress())
        studio = Studio(app, office, surroundings, folder)
        studio.password = facts.office.password
        studio.drafts = Path(tempfile.gettempdir()) / "修订草案"
        studio.drafts.mkdir(exist_ok=True)
        drop_in(studio.drafts, LAND + DEED_TAX)
        for taste in (
            Taste(SMALL),
            Taste(SMALL, theme="dark", only=MAIN),
            Taste(SMALL, language="en", only=GUIDE),
            Taste(LARGE, only=MAIN),
            Taste(LARGE, theme="dark", language="en", only=MAIN | LATER),
            Taste(LARGE, text=200, only=MAIN),
        ):
            wanted = replace(taste, only=frozenset()) if everything else taste
            studio.open(wanted, Path(place) / "window.json")
            studio.clerk()
            studio.supervisor(facts.shown)
            studio.administrator()
            studio.close()
        shutil.rmtree(office)
        shutil.rmtree(studio.drafts)


if __name__ == "__main__":
    main()
