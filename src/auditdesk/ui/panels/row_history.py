"""Who wrote what into a row of a register, and when."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QTextBrowser, QVBoxLayout, QWidget

from auditdesk.ui.base.context import named
from auditdesk.ui.forms.showing import show_value

if TYPE_CHECKING:
    from collections.abc import Iterator

    from auditdesk.domain.register import Register
    from auditdesk.operations.register_views import RegisterVersion
    from auditdesk.operations.views import FieldChange
    from auditdesk.ui.base.context import Context

_IMPORT = "import"


class RowHistoryPanel(QWidget):
    """The versions, newest first, each with what it changed."""

    def __init__(self, ctx: Context) -> None:
        super().__init__()
        self._ctx = ctx
        self.text = QTextBrowser()
        self.text.setFrameShape(QTextBrowser.Shape.NoFrame)
        named(self.text, ctx.say("修改经过", "History"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.text)

    def show_versions(self, register: Register, versions: tuple[RegisterVersion, ...]) -> None:
        """Show the versions of a row."""
        lines = (line for version in versions for line in self._version(register, version))
        self.text.setHtml("".join(lines))

    def _version(self, register: Register, version: RegisterVersion) -> Iterator[str]:
        muted = self._ctx.colours.muted
        at = f"{version.at:%Y-%m-%d %H:%M}"
        yield (
            f"<p style='margin:6px 4px 0 4px'><span style='color:{muted}'>{at}</span> "
            f"<b>{escape(version.full_name)}</b> {escape(self._deed(version))}</p>"
        )
        for change in version.changes:
            yield f"<p style='margin:0 4px 0 16px'>{escape(self._change(register, change))}</p>"

    def _deed(self, version: RegisterVersion) -> str:
        say = self._ctx.say
        if version.source == _IMPORT:
            return say("导入", "imported it")
        if version.source:
            return say(f"案件 {version.source} 办结写回", f"by case {version.source}, closed")
        return say("新增", "entered it") if version.version == 1 else say("修改", "changed it")

    def _change(self, register: Register, change: FieldChange) -> str:
        return change_text(self._ctx, register, change)


def change_text(ctx: Context, register: Register, change: FieldChange) -> str:
    """A change in one line: the field, the value before, the value after."""
    field = next(f for f in register.fields if f.id == change.field)
    old, new = (show_value(field, v, ctx.language) for v in (change.old, change.new))
    name, none = ctx.text(change.label), ctx.say("（空）", "(empty)")
    if not old:
        return f"{name}: {new}"
    return f"{name}: {old} → {new or none}"
