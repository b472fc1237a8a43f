"""What is said of regulations: their states, what ends soon, which files could not be used."""

from __future__ import annotations

from typing import TYPE_CHECKING

from auditdesk.regulations.lawbook import State
from auditdesk.regulations.own_templates import TemplateError
from auditdesk.util.label import Label

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from auditdesk.domain.declaration import Citation
    from auditdesk.regulations.law import Law
    from auditdesk.regulations.lawbook import Entry
    from auditdesk.regulations.packs import PackError

STATES: Mapping[State, Label] = {
    State.IN_FORCE: Label("现行有效", "in force"),
    State.ENDING: Label("90 天内期满", "ends within 90 days"),
    State.NOT_YET: Label("尚未施行", "not yet in force"),
    State.ENDED: Label("已期满", "ended"),
}


TOLD = Label(
    "决定类文书写明救济途径时引用，以文书签发之日为准；不参与审查。",
    "Decisions tell it among the remedies, as it stands on the day of issue; it judges no case.",
)


def cited(law: Law, citation: Citation) -> Label:
    """A citation in short, as `济政办发〔2021〕21号 第19条`, `土地管理法 第63条`."""
    if citation.regulation == "logic":
        return Label("数据逻辑", "arithmetic and order")
    if citation.regulation == "practice":
        return Label(f"工作惯例：{citation.article}", f"office practice: {citation.article}")
    regulation = law.regulation(citation.regulation)
    if regulation is None:
        return Label(*[f"{citation.regulation} {citation.article}"] * 2)
    short, piece = regulation.short, regulation.cited(citation.article)
    return Label(f"{short.zh} {piece.zh}", f"{short.en} {piece.en}")


def all_cited(law: Law, citations: Iterable[Citation]) -> Label:
    """Several citations, one after the other."""
    found = [cited(law, citation) for citation in citations]
    return Label("、".join(x.zh for x in found), ", ".join(x.en for x in found))


def ending(entry: Entry) -> Label:
    """That a regulation ends soon, and what comes after it."""
    regulation, days = entry.regulation, entry.days_left or 0
    short, last = regulation.short, regulation.last_day
    left_zh = f"还有 {days} 天" if days else "今天是最后一天"
    left_en = f"{days} days left" if days else "today is its last day"
    after = _after(entry)
    return Label(
        f"{short.zh} 将于 {last} 期满（{left_zh}）；{after.zh}",
        f"{short.en} ends on {last} ({left_en}); {after.en}",
    )


def _after(entry: Entry) -> Label:
    after = entry.after
    if after is None:
        return Label(
            "尚无接续依据，期满后其要求不再适用",
            "nothing succeeds it yet: what it requires will no longer apply",
        )
    gap = Label("", "") if entry.followed_at_once else Label("，中间有空档", ", with a gap between")
    return Label(
        f"由 {after.short.zh} 自 {after.first_day} 起接续{gap.zh}",
        f"{after.short.en} succeeds it from {after.first_day}{gap.en}",
    )


def not_used(problem: PackError) -> Label:
    """That a pack could not be used; whoever relies on it has to know."""
    if isinstance(problem, TemplateError):
        return Label(
            f"文书模板有误，没有采用，仍用程序自带的：{problem.label.zh}",
            "A template of the office is broken and not used, the program's own stays: "
            f"{problem.label.en}",
        )
    return Label(
        f"规则文件有误或缺失，没有采用，新案件不以它为准：{problem.label.zh}",
        "A file of the law is broken or missing and not used, no new case is judged by it: "
        f"{problem.label.en}",
    )
