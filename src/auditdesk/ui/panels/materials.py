"""The materials beside the form: a verdict each, scans dropped or chosen, scans opened."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QCursor
from PySide6.QtWidgets import (
    QFileDialog,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QMenu,
    QPushButton,
    QScrollArea,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from auditdesk.domain.declaration import MaterialKind
from auditdesk.ui.base.context import named
from auditdesk.ui.forms.choices import Segments
from auditdesk.ui.forms.editors import restyle
from auditdesk.util.label import Label

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from PySide6.QtGui import QDragEnterEvent, QDropEvent

    from auditdesk.domain.declaration import CaseType, Material
    from auditdesk.domain.report import CheckReport
    from auditdesk.store.records import Attachment
    from auditdesk.ui.base.context import Context

_VERDICTS = (
    ("present", Label("齐", "Present")),
    ("missing", Label("缺", "Missing")),
    ("not_applicable", Label("不适用", "N/A")),
)
_KINDS = {
    MaterialKind.REQUIRED: Label("必需", "required"),
    MaterialKind.CONDITIONAL: Label("视情况", "conditional"),
    MaterialKind.OPTIONAL: Label("可选", "optional"),
}
# large text leaves no room for the verdict beside the name
_STACKED = 150
_SCANS = "*.pdf *.jpg *.jpeg *.png *.tif *.tiff"


class MaterialRow(QFrame):
    """One material: what was handed in, and the scans of it."""

    judged = Signal()
    scan_wanted = Signal(str, bool)
    scans_given = Signal(str, object, bool)
    opened = Signal(object)

    def __init__(self, ctx: Context, material: Material) -> None:
        super().__init__()
        self._ctx, self.material = ctx, material
        self._scans: list[Attachment] = []
        self._takes_scans = False
        self.setAcceptDrops(True)
        name = ctx.text(material.label)
        self.verdict = Segments(name, [(v, ctx.text(label)) for v, label in _VERDICTS])
        self.verdict.picked.connect(self.judged)
        self._note = QLabel()
        self._note.setProperty("look", "small")
        self.clip = QToolButton()
        self.clip.setIcon(ctx.icon("paperclip", ctx.colours.muted))
        self.clip.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.clip.clicked.connect(self._show_menu)
        label = QLabel(name)
        label.setWordWrap(True)
        layout = QGridLayout(self)
        layout.setContentsMargins(*(ctx.px(n) for n in (10, 5, 8, 5)))
        layout.setVerticalSpacing(ctx.px(1))
        layout.addWidget(label, 0, 0)
        layout.addWidget(self._note, 1, 0)
        if ctx.preferences.now.text_size >= _STACKED:
            layout.addWidget(self.verdict, 2, 0)
        else:
            layout.addWidget(self.verdict, 0, 1, 2, 1, Qt.AlignmentFlag.AlignVCenter)
        layout.addWidget(self.clip, 0, 2, 2, 1, Qt.AlignmentFlag.AlignVCenter)
        layout.setColumnStretch(0, 1)

    def show_state(self, verdict: str | None, scans: list[Attachment]) -> None:
        """Show the verdict and the scans."""
        with QSignalBlocker(self.verdict):
            self.verdict.set_value(verdict)
        self._scans = scans
        count = str(len(scans)) if scans else ""
        self.clip.setText(count)
        say, name = self._ctx.say, self._ctx.text(self.material.label)
        named(self.clip, say(f"{name} 扫描件 {len(scans)} 份", f"{name}: {len(scans)} scans"))

    def show_need(self, *, required: bool, missing: bool) -> None:
        """Say whether the material is needed now, and whether it is missing."""
        say = self._ctx.say
        kind = self._ctx.text(_KINDS[self.material.kind])
        if missing:
            text, look = say(f"○ 缺 · {kind}", f"○ missing · {kind}"), "problem"
        elif required:
            text, look = say(f"✓ {kind}", f"✓ {kind}"), "small"
        else:
            text, look = say(f"{kind} · 本环节不要求", f"{kind} · not needed yet"), "small"
        self._note.setText(text)
        restyle(self._note, "look", look)

    def set_rights(self, *, judge: bool, attach: bool) -> None:
        """Let the person give verdicts and add scans, or only look."""
        for button in self.verdict.buttons:
            button.setEnabled(judge)
        self._takes_scans = attach

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if self._takes_scans and event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        files = [Path(u.toLocalFile()) for u in event.mimeData().urls() if u.isLocalFile()]
        if files:
            event.acceptProposedAction()
            self.drop_files(files, QCursor.pos())

    def drop_files(self, files: list[Path], at: QPoint) -> None:
        """Ask whether the dropped scans show originals or copies."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for original, label in self._kinds_of_scan():
            action = menu.addAction(label)
            action.triggered.connect(
                lambda _, seen=original: self.scans_given.emit(self.material.id, files, seen)
            )
        menu.popup(at)

    def _kinds_of_scan(self) -> tuple[tuple[bool, str], ...]:
        say = self._ctx.say
        return (
            (True, say("扫描件（已核对原件）", "Scan (original seen)")),
            (False, say("扫描件（复印件）", "Scan (of a copy)")),
        )

    def make_menu(self) -> QMenu:
        """The menu of the paper clip: scans to open, and adding one."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for scan in self._scans:
            seen = (
                self._ctx.say("原件", "original")
                if scan.original
                else self._ctx.say("复印件", "copy")
            )
            pages = (
                self._ctx.say(f"，{scan.pages} 页", f", {scan.pages} pages") if scan.pages else ""
            )
            action = menu.addAction(f"{scan.file_name}（{seen}{pages}）")
            action.triggered.connect(lambda _, it=scan: self.opened.emit(it))
        if self._scans:
            menu.addSeparator()
        for original, label in self._kinds_of_scan():
            action = menu.addAction(self._ctx.say("添加", "Add ") + label + "…")
            action.setEnabled(self._takes_scans)
            action.triggered.connect(
                lambda _, seen=original: self.scan_wanted.emit(self.material.id, seen)
            )
        return menu

    def _show_menu(self) -> None:
        self.make_menu().popup(self.clip.mapToGlobal(QPoint(0, self.clip.height())))


class MaterialsPanel(QWidget):
    """All materials of a case type; built once, filled for each case."""

    changed = Signal()
    scans_given = Signal(str, object, bool)
    opened = Signal(object)

    def __init__(self, ctx: Context, case_type: CaseType) -> None:
        super().__init__()
        self._ctx = ctx
        self.setProperty("look", "plain")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.rows: dict[str, MaterialRow] = {}
        self._required: tuple[str, ...] = ()
        self.all_present = QPushButton(ctx.say("全部齐全", "All present"))
        self.all_present.setToolTip(
            ctx.say("把本环节要求的材料都记为“齐”", "Mark everything needed now as present")
        )
        self.all_present.clicked.connect(self._mark_all)
        self._count = QLabel()
        self._count.setProperty("look", "muted")
        page = QWidget()
        page.setProperty("look", "plain")
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for material in case_type.materials:
            column.addWidget(self._row(material))
        column.addStretch(1)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setWidget(page)
        head = QHBoxLayout()
        head.setContentsMargins(*(ctx.px(n) for n in (10, 5, 8, 5)))
        head.addWidget(self._count, 1)
        head.addWidget(self.all_present)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(head)
        layout.addWidget(self._scroll, 1)

    def _row(self, material: Material) -> MaterialRow:
        row = MaterialRow(self._ctx, material)
        row.judged.connect(self.changed)
        row.scan_wanted.connect(self._choose_scan)
        row.scans_given.connect(self.scans_given)
        row.opened.connect(self.opened)
        self.rows[material.id] = row
        return row

    def fill(self, verdicts: Mapping[str, str], scans: Iterable[Attachment]) -> None:
        """Show the verdicts and the scans of a case."""
        by_material: dict[str, list[Attachment]] = {}
        for scan in scans:
            if scan.removed_at is None:
                by_material.setdefault(scan.material, []).append(scan)
        for name, row in self.rows.items():
            row.show_state(verdicts.get(name), by_material.get(name, []))

    def verdicts(self) -> dict[str, str]:
        """The verdicts that were given."""
        given = {name: row.verdict.value() for name, row in self.rows.items()}
        return {name: str(value) for name, value in given.items() if value is not None}

    def set_rights(self, *, judge: bool, attach: bool) -> None:
        """Let the person give verdicts and add scans, or only look."""
        self.all_present.setVisible(judge)
        for row in self.rows.values():
            row.set_rights(judge=judge, attach=attach)

    def show_report(self, report: CheckReport) -> None:
        """Say of each material whether it is needed and missing."""
        self._required = report.required_materials
        missing = set(report.missing_materials)
        for name, row in self.rows.items():
            row.show_need(required=name in self._required, missing=name in missing)
        here = len(self._required) - len(missing)
        self._count.setText(
            self._ctx.say(
                f"本环节要求 {len(self._required)} 件，齐 {here} 件",
                f"{here} of {len(self._required)} needed now are present",
            )
        )

    def go_to(self, material: str) -> None:
        """Bring a material into view and give it the keyboard."""
        row = self.rows[material]
        self._scroll.ensureWidgetVisible(row)
        row.verdict.buttons[0].setFocus()

    def _mark_all(self) -> None:
        for name in self._required:
            if self.rows[name].verdict.value() != "present":
                self.rows[name].verdict.set_value("present")
        self.changed.emit()

    def _choose_scan(self, material: str, original: bool) -> None:
        title = self._ctx.say("选择扫描件", "Choose scans")
        dialog = QFileDialog(self, title, "", f"{self._ctx.say('扫描件', 'Scans')} ({_SCANS})")
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.filesSelected.connect(
            lambda names: self.scans_given.emit(material, [Path(n) for n in names], original)
        )
        dialog.open()
