"""What a register knows of the thing a case is about: filled in, or said where it differs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject

from auditdesk.operations import register_links
from auditdesk.ui.forms.editors import LineEditor
from auditdesk.ui.forms.field_row import Remark
from auditdesk.ui.forms.showing import show_value

if TYPE_CHECKING:
    from auditdesk.domain.declaration import Field, RegisterLink
    from auditdesk.operations.register_views import RegisterLinkView
    from auditdesk.ui.forms.form import CaseForm
    from auditdesk.ui.pages.case_page import CasePage
    from auditdesk.ui.pages.draft import Draft


class RegisterLinker(QObject):
    """Watches the field that names a register's row on the case page.

    Leaving it with a known code fills what is empty; what is filled in otherwise stays, with a
    remark beside it.
    """

    def __init__(self, page: CasePage) -> None:
        super().__init__(page)
        self._page, self._ctx, self._session = page, page.ctx, page.session
        self._watched: set[int] = set()
        self._known: tuple[int, Any] | None = None
        page.shown.connect(self._shown)

    def _link(self) -> tuple[Draft, CaseForm, RegisterLink] | None:
        draft, form = self._page.draft, self._page.form
        link = draft.case_type.register if draft is not None else None
        return (draft, form, link) if draft and form and link else None

    def _shown(self) -> None:
        """A case came onto the page: say how it differs from the register."""
        found = self._link()
        self._known = None
        if found is None:
            return
        _, form, link = found
        self._watch(form, link.key)
        self._look(fill=False)

    def _watch(self, form: CaseForm, key: str) -> None:
        editor = form.rows[key].editor
        if id(form) not in self._watched and isinstance(editor, LineEditor):
            self._watched.add(id(form))
            editor.line.left.connect(lambda: self._look(fill=True))

    def _look(self, *, fill: bool) -> None:
        """Ask the register for the code that stands in the field, once for each code."""
        found = self._link()
        if found is None:
            return
        draft, form, link = found
        code = form.data().get(link.key)
        if self._known == (id(draft), code):
            return
        self._known = (id(draft), code)
        for row in form.rows.values():
            row.show_remark(None)
        if not isinstance(code, str) or not code.strip():
            return
        case_type, data, day = draft.case_type, form.data(), draft.accepted_on

        def show(view: RegisterLinkView | None) -> None:
            current = self._known == (id(draft), code) and self._page.draft is draft
            if view is not None and current:
                self._show(form, link.key, view, fill=fill)

        self._session.read(
            self, lambda desk: register_links.linked(desk, case_type, data, day), show
        )

    def _show(self, form: CaseForm, key: str, view: RegisterLinkView, *, fill: bool) -> None:
        say = self._ctx.say
        if not view.found:
            name = self._ctx.text(view.label)
            text = say(f"{name}中没有这个编码", f"{name}: no row has this code")
            form.rows[key].show_remark(Remark(text, bad=True))
            return
        form.rows[key].show_remark(Remark(view.title))
        for name, value in view.taken.items() if fill else ():
            if form.data().get(name) is None and name in form.editable:
                form.enter(name, value)
                form.rows[name].show_remark(Remark(say("取自台账", "from the register")))
        for change in view.differences:
            self._differs(form, form.rows[change.field].field, change.old)

    def _differs(self, form: CaseForm, field: Field, value: Any) -> None:
        name = field.id
        shown = show_value(field, value, self._ctx.language)
        text = self._ctx.say(f"台账为：{shown}", f"The register has: {shown}")

        def adopt() -> None:
            form.enter(name, value)
            form.rows[name].show_remark(None)

        may = name in form.editable
        word = self._ctx.say("采用", "Use it") if may else ""
        form.rows[name].show_remark(Remark(text, bad=True, word=word, act=adopt))
