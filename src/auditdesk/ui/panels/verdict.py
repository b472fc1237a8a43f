"""What was found out about a PDF: the answer, who signed, what differs, what the office says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QFrame,
    QHeaderView,
    QLabel,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from auditdesk.operations import verdicts
from auditdesk.ui.base.lists import make_list
from auditdesk.ui.pages.parts import button, flow, label

if TYPE_CHECKING:
    from collections.abc import Iterable

    from auditdesk.documents.figures import ComparedFigure
    from auditdesk.operations.verdicts import Line, Verdict
    from auditdesk.operations.verification import FileVerification
    from auditdesk.ui.base.context import Context
    from auditdesk.util.label import Label

_BANDS = {"good": "good-band", "doubtful": "doubtful-band", "bad": "bad-band"}
_LOOKS = {"✓": "", "✕": "wrong", "!": "doubt", "i": "muted"}
_MOST_HIGH = 320


class VerdictPanel(QWidget):
    """One file's answer, from the sentence that matters most to the smallest remark."""

    def __init__(self, ctx: Context) -> None:
        super().__init__()
        self._ctx = ctx
        self.setProperty("look", "plain")
        self.verdict = QLabel()
        self.figures: QTableWidget | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, ctx.px(6), 0)
        self._column.setSpacing(ctx.px(10))

    def clear(self) -> None:
        """Show nothing, as while a file is being examined."""
        self.figures = None
        while (item := self._column.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()

    def say(self, text: str, look: str = "muted") -> None:
        """Say something in place of an answer."""
        self.clear()
        self._column.addWidget(label(text, look))
        self._column.addStretch(1)

    def show_found(self, found: FileVerification) -> None:
        """Show the answer."""
        self.clear()
        say, checked = self._ctx.say, found.verification
        self._column.addWidget(self._band(verdicts.verdict(found)))
        if checked.number or checked.title:
            self._column.addWidget(self._what(found))
        paper = [] if found.paper is None else [_of(found.paper_ok, found.paper)]
        wrong = [verdicts.Line("✕", problem) for problem in checked.problems]
        self._section(say("哪里不对", "What is wrong"), wrong)
        self._section(say("手里的纸", "The paper in your hand"), paper)
        for signature in checked.signatures:
            words = verdicts.signature_words(checked, signature)
            path = say(f"证书：{words.path}", f"Certificate: {words.path}")
            self._section(self._ctx.text(words.who), words.lines, path)
        if checked.figures:
            self._figures(checked.figures)
        self._section(
            say("与本单元核对", "This office's own records"), verdicts.office_lines(found)
        )
        remarks = [verdicts.Line("i", remark) for remark in checked.remarks]
        self._section(say("说明", "Remarks"), remarks)
        self._column.addStretch(1)

    def _band(self, verdict: Verdict) -> QFrame:
        band, column = self._frame(_BANDS[verdict.grade])
        self.verdict = label(f"{verdict.sign} {self._ctx.text(verdict.headline)}", "heading")
        column.addWidget(self.verdict)
        column.addWidget(_selectable(label(self._ctx.text(verdict.meaning))))
        return band

    def _what(self, found: FileVerification) -> QLabel:
        say, checked = self._ctx.say, found.verification
        number = checked.number or "—"
        lines = [say(f"文号 {number}", f"Number {number}")]
        lines += [checked.title] if checked.title else []
        if checked.office:
            lines.append(say(f"签发：{checked.office}", f"Issued by {checked.office}"))
        return _selectable(label("\n".join(lines)))

    def _section(self, title: str, lines: Iterable[Line], small: str = "") -> None:
        lines = tuple(lines)
        if not lines:
            return
        frame, column = self._frame("card")
        column.addWidget(_selectable(label(title, "strong")))
        for line in lines:
            text = f"{line.sign} {self._ctx.text(line.text)}"
            column.addWidget(_selectable(label(text, _LOOKS[line.sign])))
        if small:
            column.addWidget(_selectable(label(small, "small")))
        self._column.addWidget(frame)

    def _frame(self, look: str) -> tuple[QFrame, QVBoxLayout]:
        frame = QFrame()
        frame.setProperty("look", look)
        column = QVBoxLayout(frame)
        column.setContentsMargins(*(self._ctx.px(n) for n in (12, 9, 12, 10)))
        column.setSpacing(self._ctx.px(4))
        return frame, column

    def _figures(self, figures: tuple[ComparedFigure, ...]) -> None:
        """How many printed values agree; one by one where somebody wants to see them."""
        say, ctx = self._ctx.say, self._ctx
        count, agree = len(figures), sum(one.problem is None for one in figures)
        frame, column = self._frame("card")
        column.addWidget(label(say("页面与数据", "Pages and data"), "strong"))
        sign = "✓" if agree == count else "✕"
        words = say(
            f"{sign} 页面印的 {count} 项数据，{agree} 项与文件内含的案件数据一致",
            f"{sign} {agree} of {count} printed values are those of the case inside the file",
        )
        column.addWidget(label(words, _LOOKS[sign]))
        table = self._table(figures)
        show = button(ctx, "", say("逐项查看", "See them one by one"), lambda: _turn(table), "link")
        column.addWidget(flow(ctx, (show,)))
        column.addWidget(table)
        table.setVisible(agree != count)
        self.figures = table
        self._column.addWidget(frame)

    def _table(self, figures: tuple[ComparedFigure, ...]) -> QTableWidget:
        say = self._ctx.say
        heads = ("", say("数据", "Value"), say("页面印的", "Printed"), say("内含的", "Inside"))
        table = QTableWidget(len(figures), len(heads))
        table.setHorizontalHeaderLabels(list(heads))
        for row, one in enumerate(figures):
            sign = "✓" if one.problem is None else "✕"
            for column, text in enumerate((sign, one.name, one.printed, one.inside or "—")):
                table.setItem(row, column, QTableWidgetItem(text))
        make_list(table, say("逐项核对", "Values one by one"))
        resized = QHeaderView.ResizeMode.ResizeToContents
        table.horizontalHeader().setSectionResizeMode(resized)
        table.horizontalHeader().setStretchLastSection(True)
        high = table.verticalHeader().defaultSectionSize() * (len(figures) + 1) + self._ctx.px(8)
        table.setFixedHeight(min(high, self._ctx.px(_MOST_HIGH)))
        return table


def _of(ok: bool | None, text: Label) -> Line:
    return verdicts.Line("✓" if ok else "✕", text)


def _turn(widget: QWidget) -> None:
    widget.setVisible(widget.isHidden())


def _selectable(text: QLabel) -> QLabel:
    text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return text
