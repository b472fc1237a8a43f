"""One case: the form or the facts, the findings, materials, documents, history, the paper."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QSplitter, QStackedWidget, QTabWidget, QVBoxLayout, QWidget

from auditdesk.operations import cases, laws
from auditdesk.regulations.judge import judge
from auditdesk.regulations.suggestions import suggestions
from auditdesk.ui.base.context import named
from auditdesk.ui.base.helping import explain
from auditdesk.ui.dialogs.finding import cite
from auditdesk.ui.forms.form import CaseForm
from auditdesk.ui.forms.showing import date_or_none
from auditdesk.ui.pages.action_bar import ActionBar
from auditdesk.ui.pages.case_header import CaseHeader
from auditdesk.ui.pages.draft import Draft
from auditdesk.ui.panels.clocks import ClocksPanel
from auditdesk.ui.panels.documents import DocumentsPanel
from auditdesk.ui.panels.facts import FactsPanel
from auditdesk.ui.panels.findings import FindingsPanel
from auditdesk.ui.panels.follow_ups import FollowUpsPanel
from auditdesk.ui.panels.materials import MaterialsPanel
from auditdesk.ui.panels.paper import PaperPanel
from auditdesk.ui.panels.timeline import TimelinePanel
from auditdesk.util.clock import today
from auditdesk.util.faults import UnusableInputError

if TYPE_CHECKING:
    from auditdesk.domain.case import CaseFile
    from auditdesk.domain.declaration import Citation
    from auditdesk.domain.report import CheckReport
    from auditdesk.operations.changes import Changes
    from auditdesk.operations.desk import Desk
    from auditdesk.operations.views import CaseView
    from auditdesk.regulations.law import Law
    from auditdesk.ui.base.session import Session

# A short pause after the last key, well under the tenth of a second that the panel may take.
_PAUSE_MS = 30


class CasePage(QWidget):
    """The page of one case at a time; which deeds follow is decided in `case_deeds.py`."""

    back_wanted = Signal()
    shown = Signal()
    scans_given = Signal(str, object, bool)
    scan_opened = Signal(object)
    edited = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session, self.ctx = session, session.ctx
        self.draft: Draft | None = None
        self.report: CheckReport | None = None
        self._forms: dict[str, CaseForm] = {}
        self._materials: dict[str, MaterialsPanel] = {}
        self._judging = QTimer(self)
        self._judging.setSingleShot(True)
        self._judging.setInterval(_PAUSE_MS)
        self._judging.timeout.connect(self.judge_now)
        self._make_panels()
        self._lay_out()
        session.changed.connect(self._heard)

    def _make_panels(self) -> None:
        ctx = self.ctx
        self.header = CaseHeader(ctx)
        self.header.back_wanted.connect(self.back_wanted)
        self.findings = FindingsPanel(ctx, self._cite)
        self.findings.field_wanted.connect(self.go_to_field)
        self.findings.material_wanted.connect(self.go_to_material)
        self.facts = FactsPanel(ctx)
        self.documents = DocumentsPanel(ctx)
        self.clocks = ClocksPanel(ctx)
        self.follow_ups = FollowUpsPanel(ctx, self._cite)
        self.timeline = TimelinePanel(ctx)
        self.paper = PaperPanel(ctx)
        self.bar = ActionBar(ctx)
        explain(self, "case")
        for panel, topic in (
            (self.findings, "findings"),
            (self.documents, "documents"),
            (self.paper, "documents"),
            (self.clocks, "clocks"),
            (self.timeline, "history"),
            (self.follow_ups, "follow-ups"),
            (self.bar, "deciding"),
        ):
            explain(panel, topic)

    def _lay_out(self) -> None:
        say = self.ctx.say
        self._left = QStackedWidget()
        self._left.addWidget(self.facts)
        self._material_stack = QStackedWidget()
        explain(self._material_stack, "materials")
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        for tabs in (self.tabs, self.tabs.tabBar()):
            named(tabs, say("案卷", "Case file"))
        self.tabs.addTab(self._material_stack, say("材料", "Materials"))
        self.tabs.addTab(self.documents, say("文书", "Documents"))
        self.tabs.addTab(self.clocks, say("期限", "Clocks"))
        self.tabs.addTab(self.timeline, say("经过", "History"))
        self.tabs.addTab(self.follow_ups, say("后续", "Follow-ups"))
        self._middle = QSplitter(Qt.Orientation.Vertical)
        self._middle.addWidget(self.findings)
        self._middle.addWidget(self.tabs)
        self._middle.setChildrenCollapsible(False)
        self._split = QSplitter(Qt.Orientation.Horizontal)
        for part in (self._left, self._middle, self.paper):
            self._split.addWidget(part)
        self._split.setChildrenCollapsible(False)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.header)
        layout.addWidget(self._split, 1)
        layout.addWidget(self.bar)

    @property
    def form(self) -> CaseForm | None:
        """The form, where the case can be typed into."""
        shown = self._left.currentWidget()
        return shown if isinstance(shown, CaseForm) else None

    @property
    def materials(self) -> MaterialsPanel:
        """The materials panel of the case type shown."""
        panel = self._material_stack.currentWidget()
        if not isinstance(panel, MaterialsPanel):
            raise TypeError("no case is shown yet")
        return panel

    def open_new(self, case_type: str, begun: CaseFile | None = None) -> None:
        """Begin a case that nobody has saved yet; `begun`: with what is known of it already."""
        law = self.session.library.law(case_type)
        day = today(self.ctx.clock)
        draft = Draft(law, day, self.session.profile.district)
        if begun is not None:
            draft.district, draft.data, draft.dirty = begun.district, dict(begun.data), True
        self.show_draft(draft)

    def open_case(self, no: str) -> None:
        """Read a case and show it."""

        def read(desk: Desk) -> tuple[CaseView, Law]:
            view = cases.view(desk, no)
            return view, laws.pinned(desk, view.record)

        self.session.read(self, read, lambda found: self.show_case(*found))

    def show_case(self, view: CaseView, law: Law | None = None) -> None:
        """Show a case as it was read; its law is the one on the page unless another is given."""
        if law is None and self.draft is not None:
            law = self.draft.law
        if law is not None:
            self.show_draft(Draft.of_view(law, view))

    def show_draft(self, draft: Draft) -> None:
        """Show a case, saved or not."""
        self.draft = draft
        view = draft.view
        self._show_left(draft)
        self._show_materials(draft)
        self.documents.show_offers(view.documents if view else ())
        self.clocks.show_clocks(view.clocks if view else None)
        self.timeline.show_timeline(view.timeline if view else ())
        self.follow_ups.show_periods(view.no if view else "", view.follow_ups if view else ())
        may_justify = view.action("justify") if view else None
        self.findings.allow_justify(
            allowed=view is None or (may_justify is not None and may_justify.enabled)
        )
        for panel in (self.documents, self.clocks, self.timeline, self.follow_ups):
            self.tabs.setTabEnabled(self.tabs.indexOf(panel), view is not None)
        self.header.show_draft(draft)
        self.judge_now()
        self.shown.emit()

    def _show_left(self, draft: Draft) -> None:
        view = draft.view
        every = frozenset(f.id for f in draft.case_type.fields)
        editable = every if view is None else view.editable
        self.paper.setVisible(not editable)
        if not editable and view is not None:
            self._left.setCurrentWidget(self.facts)
            self.facts.show_case(view)
            self._share((34, 32, 34))
            return
        form = self._form_of(draft.law)
        self._left.setCurrentWidget(form)
        library = self.session.library
        form.suggest(lambda table: suggestions(library, table, draft.district))
        form.fill(draft.accepted_on.isoformat(), draft.data, editable, draft.later_fields())
        self._share((64, 36, 0))

    def _share(self, shares: tuple[int, int, int]) -> None:
        whole = max(self.width(), self.ctx.px(1100))
        self._split.setSizes([whole * share // 100 for share in shares])
        height = max(self.height(), self.ctx.px(500))
        self._middle.setSizes([height // 2, height // 2])

    def _show_materials(self, draft: Draft) -> None:
        panel = self._materials_of(draft.law)
        self._material_stack.setCurrentWidget(panel)
        view = draft.view
        panel.fill(draft.materials, view.attachments if view else ())
        attach = view.action("attach") if view else None
        panel.set_rights(
            judge=view is None or bool(view.editable_materials),
            attach=attach is not None and attach.enabled,
        )

    def _form_of(self, law: Law) -> CaseForm:
        """The form of a law: built once, refilled for each case."""
        if law.digest not in self._forms:
            form = CaseForm(self.ctx, law.case_type, self._left)
            form.changed.connect(self._typed)
            form.asked.connect(self.findings.select_rule)
            self._forms[law.digest] = form
            self._left.addWidget(form)
        return self._forms[law.digest]

    def _materials_of(self, law: Law) -> MaterialsPanel:
        if law.digest not in self._materials:
            panel = MaterialsPanel(self.ctx, law.case_type)
            panel.changed.connect(self._typed)
            panel.scans_given.connect(self.scans_given)
            panel.opened.connect(self.scan_opened)
            self._materials[law.digest] = panel
            self._material_stack.addWidget(panel)
        return self._materials[law.digest]

    def _typed(self) -> None:
        draft, form = self.draft, self.form
        if draft is None:
            return
        if form is not None:
            draft.data = form.data()
            self._take_accepted(draft, form)
        draft.materials = self.materials.verdicts()
        if not draft.dirty:
            draft.dirty = True
            self.header.show_state(draft)
            self.edited.emit()
        self._judging.start()

    def _take_accepted(self, draft: Draft, form: CaseForm) -> None:
        """The acceptance date as typed; while it is none, the last one stands."""
        day = date_or_none(form.accepted())
        old = draft.accepted_on.isoformat()
        problem = self.ctx.say(f"不是日期，仍按 {old}", f"no date; {old} stands")
        form.accepted_on.editor.set_problem("" if day else problem)
        draft.accepted_on = day or draft.accepted_on

    def judge_now(self) -> None:
        """Judge what stands on the page: a pure function, a fraction of a millisecond."""
        draft = self.draft
        if draft is None:
            return
        self._judging.stop()
        try:
            report = judge(draft.case_file(), draft.law, self.session.calendar)
        except UnusableInputError as fault:
            self.findings.show_fault(self.ctx.text(fault.message))
            return
        if draft.view is not None and not draft.dirty:
            # what was decided stays as it was judged then
            report = draft.view.report
        self.report = report
        self.findings.show_report(draft.case_type, report)
        self.materials.show_report(report)
        if self.form is not None:
            self.form.show_report(report)
        self.header.stages.show_stages(draft.stages(), draft.stage)
        self.bar.show_actions(draft.actions(report))

    def go_to_field(self, name: str) -> None:
        """Lead to a field, on the form or among the facts."""
        if self.form is not None:
            self.form.go_to(name)
        else:
            self.facts.go_to(name)

    def go_to_material(self, name: str) -> None:
        """Lead to a material."""
        self.tabs.setCurrentIndex(0)
        self.materials.go_to(name)

    def show_follow_ups(self) -> None:
        """Bring what follows from the case to the front."""
        self.tabs.setCurrentWidget(self.follow_ups)

    def _cite(self, citation: Citation) -> str:
        return cite(self.ctx, self.draft.law, citation) if self.draft else ""

    def _heard(self, changes: Changes, origin: object) -> None:
        """Read the case again when somebody else's change touched it and nothing is typed."""
        draft = self.draft
        if origin is self or draft is None or draft.view is None or draft.dirty:
            return
        # another calendar counts every period anew
        if draft.view.no in changes.cases or changes.settings:
            self.open_case(draft.view.no)
