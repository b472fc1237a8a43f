"""The case as a supervisor reads it: labels and values, what changed marked with the old value."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QTextBrowser, QVBoxLayout, QWidget

from auditdesk.domain.declaration import Field, FieldKind
from auditdesk.ui.base.context import named
from auditdesk.ui.base.signs import sign_of_severity
from auditdesk.ui.forms.manners import manner_of
from auditdesk.ui.forms.sections import field_marks
from auditdesk.ui.forms.showing import show_value

if TYPE_CHECKING:
    from collections.abc import Iterator

    from auditdesk.operations.views import CaseView
    from auditdesk.ui.base.context import Context


class FactsPanel(QWidget):
    """A read-only rendering that can be searched, selected and copied."""

    def __init__(self, ctx: Context) -> None:
        super().__init__()
        self._ctx = ctx
        self.text = QTextBrowser()
        self.text.setOpenLinks(False)
        self.text.setFrameShape(QTextBrowser.Shape.NoFrame)
        named(self.text, ctx.say("案件内容", "The case"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.text)

    def show_case(self, view: CaseView) -> None:
        """Show a case."""
        self.text.setHtml("".join(self._html(view)))

    def go_to(self, field: str) -> None:
        """Scroll to a field."""
        self.text.scrollToAnchor(field)

    def _html(self, view: CaseView) -> Iterator[str]:
        say, data = self._ctx.say, view.case_file.data
        yield "<table width='100%' cellspacing='0' cellpadding='3'>"
        yield self._line(
            say("受理日期", "Accepted on"), escape(view.case_file.accepted_on.isoformat()), ""
        )
        for section in view.case_type.sections:
            fields = [f for f in view.case_type.fields if f.section == section.id]
            shown = [f for f in fields if data.get(f.id) is not None or self._was(view, f)]
            if shown:
                yield self._heading(self._ctx.text(section.label))
                for field in shown:
                    yield from self._field(view, field, data.get(field.id))
        yield from self._computed(view)
        yield "</table>"

    def _field(self, view: CaseView, field: Field, value: Any) -> Iterator[str]:
        colours, px = self._ctx.colours, self._ctx.px
        mark = field_marks(view.report).get(field.id)
        sign = sign_of_severity(mark.severity) if mark else None
        lead = (
            f"<span style='color:{sign.colour(colours)}'><b>{sign.mark}</b></span> " if sign else ""
        )
        text = escape(show_value(field, value, self._ctx.language))
        note = manner_of(field).note(value, self._ctx.language)
        if note and field.kind is not FieldKind.DATE:
            small = f"color:{colours.muted};font-size:{px(12)}px"
            text += f"<br><span style='{small}'>{escape(note)}</span>"
        old = self._was(view, field)
        if old:
            text += (
                f"<br><span style='color:{colours.justify}'>"
                f"{escape(self._ctx.say('原为', 'was'))} {escape(old)}</span>"
            )
        yield self._line(self._ctx.text(field.label), f"{lead}{text}", field.id)
        if field.kind is FieldKind.ROWS and isinstance(value, (list, tuple)):
            yield f"<tr><td colspan='2'>{self._rows(field, value)}</td></tr>"

    def _was(self, view: CaseView, field: Field) -> str:
        change = next((c for c in view.changed if c.field == field.id), None)
        if change is None:
            return ""
        shown = show_value(field, change.old, self._ctx.language)
        return shown or self._ctx.say("（空）", "(empty)")

    def _rows(self, field: Field, rows: Any) -> str:
        line = self._ctx.colours.line
        shape = "width='100%' border='1' cellspacing='0' cellpadding='3'"
        table = f"<table {shape} style='border-color:{line}'>"
        heads = "".join(f"<th>{escape(self._ctx.text(c.label))}</th>" for c in field.columns)
        body = "".join(
            "<tr>"
            + "".join(
                f"<td>{escape(show_value(c, row.get(c.id), self._ctx.language))}</td>"
                for c in field.columns
            )
            + "</tr>"
            for row in rows
            if isinstance(row, dict)
        )
        return f"{table}<tr>{heads}</tr>{body}</table>"

    def _computed(self, view: CaseView) -> Iterator[str]:
        values = view.report.computed
        known = [
            (self._ctx.text(c.label), self._ctx.text(c.shown(value)))
            for c in view.case_type.computed
            if (value := values.get(c.id)) is not None
        ]
        if known:
            yield self._heading(self._ctx.say("计算结果", "Computed"))
        for label, text in known:
            yield self._line(label, escape(text), "")

    def _heading(self, text: str) -> str:
        colours, px = self._ctx.colours, self._ctx.px
        style = (
            f"font-size:{px(15)}px;font-weight:bold;color:{colours.accent};padding-top:{px(8)}px"
        )
        return f"<tr><td colspan='2' style='{style}'>{escape(text)}</td></tr>"

    def _line(self, label: str, value: str, anchor: str) -> str:
        muted = self._ctx.colours.muted
        target = f"<a name='{escape(anchor)}'></a>" if anchor else ""
        style = f"color:{muted};padding-right:{self._ctx.px(8)}px"
        return (
            f"<tr><td width='36%' style='{style}'>{target}{escape(label)}</td><td>{value}</td></tr>"
        )
