"""What can be done on the case page: each deed is one operation, asked about beforehand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal
from shiboken6 import isValid

from auditdesk.operations import cases, follow_ups, materials, reviews
from auditdesk.ui.dialogs.base import FaultDialog, Question
from auditdesk.ui.dialogs.decisions import JustifyDialog, OpinionDialog, ReasonsDialog
from auditdesk.ui.dialogs.finding import FindingDialog
from auditdesk.ui.dialogs.leave import LeaveDialog
from auditdesk.ui.dialogs.progress import ProgressDialog
from auditdesk.ui.dialogs.scan import ScanDialog
from auditdesk.ui.pages.draft import Draft
from auditdesk.util.faults import Fault

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from auditdesk.operations.changes import Changes
    from auditdesk.operations.desk import Desk
    from auditdesk.operations.reviews import Reasons
    from auditdesk.operations.views import CaseView, FollowUpView
    from auditdesk.store.records import Attachment
    from auditdesk.ui.pages.case_page import CasePage
    from auditdesk.util.progress import Progress

    Then = Callable[[], None]
    Written = tuple[CaseView, Changes]


class CaseDeeds(QObject):
    """The deeds of one case page."""

    left = Signal()

    def __init__(self, page: CasePage) -> None:
        super().__init__(page)
        self._page, self._ctx, self._session = page, page.ctx, page.session
        page.bar.wanted.connect(self.do)
        page.findings.detail_wanted.connect(self.show_finding)
        page.findings.justify_wanted.connect(self.justify)
        page.scans_given.connect(self.attach)
        page.scan_opened.connect(self.open_scan)
        page.follow_ups.wanted.connect(self.end_follow_up)
        page.back_wanted.connect(lambda: self.leave(self.left.emit))

    def do(self, action: str) -> None:
        """Do what a button of the bar stands for."""
        deeds: dict[str, Then] = {
            "save": self.save,
            "enter": self.save,
            "enter_next": lambda: self.save(self._begin_another),
            "advance": lambda: self.save(lambda: self._hand_on("advance")),
            "approve": lambda: self.save(lambda: self._hand_on("approve")),
            "return": lambda: self.save(lambda: self._ask_reasons("return")),
            "refuse": lambda: self.save(lambda: self._ask_reasons("refuse")),
            "withdraw": lambda: self.save(lambda: self._ask_reasons("withdraw")),
            "resume": lambda: self.save(lambda: self._ask_reasons("resume")),
        }
        deeds[action]()

    def save(self, then: Then | None = None) -> None:
        """Bring the page to disk; `then` goes on once it is there."""
        draft = self._page.draft
        if draft is None or (draft.view is not None and not draft.dirty):
            if then is not None:
                then()
            return
        if draft.view is None:
            case_file = draft.case_file()
            self.write(lambda desk: cases.import_case(desk, case_file), then)
        else:
            self._save_again(draft, draft.view, then)

    def _save_again(self, draft: Draft, view: CaseView, then: Then | None) -> None:
        data, verdicts, day = dict(draft.data), dict(draft.materials), draft.accepted_on
        self.write(
            lambda desk: cases.save_case(
                desk,
                view.no,
                view.record.version,
                data=data,
                materials=verdicts,
                accepted_on=day,
            ),
            then,
        )

    def write(self, work: Callable[[Desk], Written], then: Then | None = None) -> None:
        """Write by one operation; the page shows what came of it."""
        page, draft = self._page, self._page.draft
        keyboard = page.focusWidget()
        page.setEnabled(False)

        def done(answer: Written) -> None:
            self._enable(keyboard)
            if page.draft is draft:
                page.show_case(answer[0])
                if then is not None:
                    then()

        def failed(error: Exception) -> None:
            self._enable(keyboard)
            self._failed(error)

        self._session.change(page, work, done, failed)

    def _enable(self, keyboard: QWidget | None) -> None:
        """Let the page be used again; the keyboard is where it was."""
        self._page.setEnabled(True)
        if keyboard is not None and isValid(keyboard):
            keyboard.setFocus()

    def _failed(self, error: Exception) -> None:
        if not isinstance(error, Fault):
            raise error
        FaultDialog(self._ctx, self._page, error).open()

    def _begin_another(self) -> None:
        """A new case of the same type, in the same place, on the same day."""
        old = self._page.draft
        if old is None:
            return
        # the widest part of the place: the town, not the village in it
        kept = old.case_type.summary.place[:1]
        data = {name: old.data[name] for name in kept if name in old.data}
        self._page.show_draft(Draft(old.law, old.accepted_on, old.district, data=data))

    def leave(self, then: Then) -> None:
        """Leave the page by `then`; words that are not saved are asked about first."""
        draft = self._page.draft
        if draft is None or not draft.dirty:
            then()
            return
        dialog = LeaveDialog(self._ctx, self._page, self._page.header.title.text())
        dialog.save_wanted.connect(lambda: self.save(then))
        dialog.discard_wanted.connect(lambda: self._discard(then))
        dialog.open()

    def _discard(self, then: Then) -> None:
        if self._page.draft is not None:
            self._page.draft.dirty = False
        then()

    def _view(self) -> CaseView | None:
        return self._page.draft.view if self._page.draft else None

    def _hand_on(self, action: str) -> None:
        view = self._view()
        if view is None:
            return
        allowed = view.action(action)
        if allowed is None or not allowed.enabled:
            return
        dialog = OpinionDialog(self._ctx, self._page, self._question(action, view))
        no, version = view.no, view.record.version
        dialog.decided.connect(
            lambda opinion: self.write(lambda desk: reviews.advance(desk, no, version, opinion))
        )
        dialog.open()

    def _ask_reasons(self, action: str) -> None:
        view = self._view()
        if view is None or self._page.report is None:
            return
        dialog = ReasonsDialog(self._ctx, self._page, self._question(action, view))
        if action in ("return", "refuse"):
            dialog.offer(view.case_type, self._page.report, ticked=True)
        work = {
            "return": reviews.return_case,
            "refuse": reviews.refuse,
            "withdraw": reviews.withdraw,
            "resume": reviews.resume,
        }[action]
        no, version = view.no, view.record.version

        def decided(reasons: Reasons) -> None:
            self.write(lambda desk: work(desk, no, version, reasons))

        dialog.decided.connect(decided)
        dialog.open()

    def _question(self, action: str, view: CaseView) -> Question:
        say, text = self._ctx.say, self._ctx.text
        no, stages = view.no, view.route.stages
        place = stages.index(view.record.stage) + 1
        after = text(view.case_type.stage(stages[min(place, len(stages) - 1)]).label)
        label = view.action(action)
        word = text(label.label) if label else action
        consequences = {
            "advance": say(
                f"案件 {no} 将进入“{after}”环节。",
                f"Case {no} goes on to the stage “{after}”.",
            ),
            "approve": say(
                f"案件 {no} 获得批准，进入“{after}”环节。批准的内容此后不能再改，"
                "可以据此编号签发批准文书。",
                f"Case {no} is approved and goes on to “{after}”. What was approved cannot be "
                "changed any more; the approval can then be numbered and signed.",
            ),
            "return": say(
                f"案件 {no} 退回补正，回到第一个环节；勾选的事项写入补正理由，一次告知申请人。",
                f"Case {no} goes back to its first stage; what is ticked tells the applicant, "
                "all at once, what to correct.",
            ),
            "refuse": say(
                f"案件 {no} 不予批准，就此办结，不能再改；理由写入决定书。",
                f"Case {no} is refused for good; the reasons go into the decision.",
            ),
            "withdraw": say(
                f"记录申请人撤回案件 {no}，案件就此办结，不能再改。",
                f"Case {no} is noted as withdrawn by the applicant and is over for good.",
            ),
            "resume": self._going_back(view),
        }
        return Question(f"{word} {no}", consequences[action], word, danger=action == "refuse")

    def _going_back(self, view: CaseView) -> str:
        if not view.stage.back_to:
            return ""
        target = self._ctx.text(view.case_type.stage(view.stage.back_to).label)
        return self._ctx.say(
            f"案件 {view.no} 恢复到“{target}”环节，本环节的期限随之了结；只在本环节填写的内容"
            "清空，原值留在本次意见里。请写明复核情况和依据。",
            f"Case {view.no} goes back to the stage “{target}”, and the period of this stage is "
            "settled. What only this stage asked for is emptied; the opinion keeps it. Say what "
            "was found, and on which paper.",
        )

    def end_follow_up(self, deed: str, period: FollowUpView) -> None:
        """Ask why a follow-up is settled, or why it is open again, and record the answer."""
        self.save(lambda: self._end_follow_up(deed, period))

    def _end_follow_up(self, deed: str, period: FollowUpView) -> None:
        say, name = self._ctx.say, self._ctx.text(period.label)
        work = {"settle": follow_ups.settle, "reopen": follow_ups.reopen}[deed]
        consequence = {
            "settle": say(
                "这项期限不再列在工作台上。理由连同您的姓名和日期记入案卷，不能删除；可以再收回。",
                "It is listed on the desk no more. The reason is recorded with your name and the "
                "date and stays; it can be taken back.",
            ),
            "reopen": say(
                "这项期限重新计算，已有的记录都保留。请写明为什么收回。",
                "The period runs again; what was recorded stays. Say why.",
            ),
        }[deed]
        word = say("了结", "Settle") if deed == "settle" else say("收回了结", "Open again")
        question = Question(say(f"{word}：{name}", f"{word}: {name}"), consequence, word)
        dialog = ReasonsDialog(self._ctx, self._page, question)

        def decided(reasons: Reasons) -> None:
            self.write(lambda desk: work(desk, period.id, reasons.text))

        dialog.decided.connect(decided)
        dialog.open()

    def show_finding(self, rule: str) -> None:
        """Show the articles behind a finding."""
        page, draft = self._page, self._page.draft
        if draft is None or page.report is None:
            return
        dialog = FindingDialog(
            self._ctx, page, draft.law, page.report.finding(rule), can_justify=self.can_justify()
        )
        dialog.field_wanted.connect(page.go_to_field)
        dialog.justify_wanted.connect(self.justify)
        dialog.open()

    def help_in_place(self) -> bool:
        """Show the articles behind the field that has the keyboard; False if it has no finding."""
        form, findings = self._page.form, self._page.findings
        rule = form.rule_in_focus() if form is not None else None
        if findings.view.hasFocus():
            rule = findings.chosen_rule()
        if rule is not None:
            self.show_finding(rule)
        return rule is not None

    def can_justify(self) -> bool:
        """Whether the person may write justifications now."""
        view = self._view()
        if view is None:
            return True
        action = view.action("justify")
        return action is not None and action.enabled

    def justify(self, rule: str) -> None:
        """Ask why a finding may stand, and record the answer."""
        draft, report = self._page.draft, self._page.report
        if draft is None or report is None or not self.can_justify():
            return
        finding = self._ctx.text(report.finding(rule).message)
        old = draft.justifications.get(rule, "")
        dialog = JustifyDialog(self._ctx, self._page, finding, old)
        dialog.decided.connect(lambda text: self._record(draft, rule, text))
        dialog.open()

    def _record(self, draft: Draft, rule: str, text: str) -> None:
        if draft.view is None:
            draft.justifications[rule] = text
            draft.dirty = True
            self._page.judge_now()
            return
        self.save(lambda: self._record_saved(rule, text))

    def _record_saved(self, rule: str, text: str) -> None:
        view = self._view()
        if view is not None:
            no, version = view.no, view.record.version
            self.write(lambda desk: reviews.justify(desk, no, version, rule, text))

    def attach(self, material: str, files: list[Path], original: bool) -> None:
        """Keep scans with the case, one by one, with progress; the page is saved first."""
        self.save(lambda: self._attach(material, files, original=original))

    def _attach(self, material: str, files: list[Path], *, original: bool) -> None:
        view = self._view()
        if view is None:
            return
        no = view.no

        def work(desk: Desk, progress: Progress) -> Any:
            answer: Any = None
            for done, path in enumerate(files):
                progress.step(done, len(files))
                answer = materials.attach(desk, no, material, path, original=original)
            return answer

        def finished(answer: Written) -> str:
            self._page.show_case(answer[0])
            return ""

        title = self._ctx.say("正在存入扫描件", "Keeping the scans")
        ProgressDialog(self._session, self._page, title).begin(work, finished)

    def open_scan(self, scan: Attachment) -> None:
        """Show a scan."""
        self._session.read(
            self._page,
            lambda desk: materials.open_attachment(desk, scan.id),
            lambda content: ScanDialog(self._ctx, self._page, scan.file_name, content).open(),
        )
