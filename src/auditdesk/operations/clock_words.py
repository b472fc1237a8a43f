"""How a period was counted, in words: on the screen, on the terminal, copied, and on paper."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from auditdesk.domain.counting import DayKind
from auditdesk.domain.legal_clock import COUNTED_BY_DAYS, Unit
from auditdesk.util.label import Label

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from auditdesk.domain.counting import Stretch
    from auditdesk.operations.clock_history import Pause
    from auditdesk.operations.clock_views import ClockView, PauseView

_NOT_COUNTED = {
    DayKind.WEEKEND: Label("周末，不计", "weekend, not counted"),
    DayKind.HOLIDAY: Label("放假（含调休），不计", "holiday, not counted"),
}
_PROVISIONAL = Label(
    "；当年放假安排未公布，暂按周一至周五计",
    "; the year's holidays are not known, Monday to Friday counted for now",
)
_NOTHING = Label("", "")
_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Step:
    """Some days in a row and what became of them; `last` is None where nobody knows yet."""

    first: date
    last: date | None
    words: Label


def left(days: int | None) -> Label:
    """Working days left in words; nothing where they are not counted."""
    if days is None:
        return _NOTHING
    if days < 0:
        return Label(f"逾期 {-days} 个工作日", f"{-days} working days overdue")
    return Label(f"还有 {days} 个工作日", f"{days} working days left")


def standing(clock: ClockView) -> Label:
    """A clock's state, with the days left where they are counted."""
    rest = left(clock.days_left)
    state = _NOTHING if clock.is_overdue and rest.zh else clock.state_label
    return _joined("，", ", ", *(words for words in (state, rest) if words.zh))


def facts(clock: ClockView) -> Iterator[tuple[Label, Label]]:
    """What a period is and where it ends: names and values, in order."""
    yield Label("依据", "Source"), clock.sources
    yield Label("性质", "Whom it binds"), clock.binds
    if clock.start is not None:
        yield Label("起算", "Begins"), _begins(clock)
    if clock.length is not None:
        yield Label("期限", "Length"), clock.length
    extension = clock.extension
    if extension and extension.deed:
        deed = extension.deed
        yield (
            Label("延长", "Extended by"),
            Label(
                f"{extension.length.zh}（{extension.sources.zh}）；{deed.at:%Y-%m-%d} "
                f"{deed.full_name}：{deed.reason}",
                f"{extension.length.en} ({extension.sources.en}); {deed.at:%Y-%m-%d} "
                f"{deed.full_name}: {deed.reason}",
            ),
        )
    yield Label("最后一天", "Last day"), _last_day(clock)
    if clock.by_law is not None and clock.by_law != clock.last_day:
        yield _plain_name(clock), _same(str(clock.by_law))
    yield Label("状态", "State"), standing(clock)
    if clock.ended_on is not None:
        yield Label("结束日期", "Ended on"), _same(str(clock.ended_on))


def _begins(clock: ClockView) -> Label:
    name = clock.start_label
    by_days = clock.clock.unit in COUNTED_BY_DAYS
    zh, en = f"{clock.start}（{name.zh}", f"{clock.start} ({name.en}"
    if clock.clock.first_counts:
        return Label(f"{zh}，当日计入）", f"{en}, which counts)")
    if by_days:
        return Label(
            f"{zh}，当日不计入，民法典第二百零一条）",
            f"{en}, which does not count, Civil Code art. 201)",
        )
    return Label(f"{zh}）", f"{en})")


def _last_day(clock: ClockView) -> Label:
    if clock.last_day is not None:
        return _same(str(clock.last_day))
    if clock.start is None:
        return Label(
            f"“{clock.start_label.zh}”填写后起算", f"once {clock.start_label.en} is filled in"
        )
    if clock.stretches:
        return Label("中止结束后确定", "known once the pause ends")
    return clock.state_label


def _plain_name(clock: ClockView) -> Label:
    name = clock.report_label
    if name is None:
        return Label("不计中止、延长时", "Without pauses and extension")
    return Label(
        f"审查报告的“{name.zh}”（不计中止）", f"“{name.en}” of the check report (no pauses)"
    )


def steps(clock: ClockView) -> Iterator[Step]:
    """How it was counted, by days in a row."""
    for stretch in clock.stretches:
        words = _stretch(clock, stretch)
        if stretch.provisional:
            words = _joined("", "", words, _PROVISIONAL)
        yield Step(stretch.first, stretch.last, words)
    if not clock.stretches and clock.start is not None and clock.last_day is not None:
        yield Step(clock.start, clock.last_day, _term(clock))


def _stretch(clock: ClockView, stretch: Stretch) -> Label:
    if stretch.kind is DayKind.START:
        return Label("起算当日，不计入", "the day on which it begins, not counted")
    if stretch.kind in _NOT_COUNTED:
        return _NOT_COUNTED[stretch.kind]
    if stretch.kind is DayKind.PAUSED:
        return _paused(clock, stretch)
    numbers = _numbers(clock, stretch)
    if stretch.kind is DayKind.MOVED:
        return Label(
            f"周末调休上班，计入：{numbers.zh}", f"moved working day, counts: {numbers.en}"
        )
    return numbers


def _numbers(clock: ClockView, stretch: Stretch) -> Label:
    first, last = stretch.count_before + 1, stretch.count_before + stretch.counted
    span = f"{first}" if first == last else f"{first}–{last}"
    if clock.clock.unit is Unit.WORKDAYS:
        return Label(f"第 {span} 个工作日", f"working day {span}")
    return Label(f"第 {span} 日", f"day {span}")


def _paused(clock: ClockView, stretch: Stretch) -> Label:
    held = [p for p in clock.pauses if _overlaps(p.pause, stretch)]
    found = [pause_words(p) for p in held]
    return _joined("；", "; ", Label("中止，不计", "paused, not counted"), *found)


def pause_words(view: PauseView) -> Label:
    """Why the periods stood still, and who set it."""
    deed = view.pause.begun
    reason = f"：{deed.reason}" if deed.reason else ""
    return Label(
        f"{view.ground.zh}{reason}（{deed.full_name}，{deed.at:%Y-%m-%d}）",
        f"{view.ground.en}{reason.replace('：', ': ')} ({deed.full_name}, {deed.at:%Y-%m-%d})",
    )


def pause_days(view: PauseView) -> Label:
    """The days of a pause, and how many working days they were."""
    gap, held = view.pause.gap, view.workdays
    if view.pause.revoked is not None:
        return Label("已撤回，照常计算", "taken back, the days count")
    if gap.again is not None and gap.again <= gap.first:
        return Label(f"{gap.first} 当日往返，没有中止", f"{gap.first}, there and back, no day lost")
    if gap.again is None:
        return Label(
            f"自 {gap.first} 起，尚未恢复，至今 {held} 个工作日",
            f"since {gap.first}, not ended, {held} working days so far",
        )
    last = gap.again - _ONE_DAY
    return Label(
        f"{gap.first} 至 {last}，{held} 个工作日", f"{gap.first} to {last}, {held} working days"
    )


def pause_deeds(view: PauseView) -> Iterator[Label]:
    """Who set a pause, ended it or took it back, when and why."""
    pause, begun = view.pause, view.pause.begun
    at_once = pause.ended is not None and pause.ended.at == begun.at
    for deed, word in (
        (begun, Label("中止", "paused")),
        (None if at_once else pause.ended, Label("恢复", "ended")),
        (pause.revoked, Label("撤回", "taken back")),
    ):
        if deed is not None:
            who = f"{deed.at:%Y-%m-%d %H:%M} {deed.full_name}"
            why = f"：{deed.reason}" if deed.reason else ""
            yield Label(f"{who} {word.zh}{why}", f"{who} {word.en}{why.replace('：', ': ')}")


def _overlaps(pause: Pause, stretch: Stretch) -> bool:
    gap = pause.gap
    begins = stretch.last is None or gap.first <= stretch.last
    return begins and (gap.again is None or gap.again > stretch.first)


def _term(clock: ClockView) -> Label:
    match clock.clock.unit:
        case Unit.MONTHS | Unit.YEARS:
            return Label(
                "按月、年计算，止于对应日，没有对应日的止于月末（民法典第二百零二条）",
                "by months or years: to the same day, or the month's last (Civil Code art. 202)",
            )
        case Unit.YEAR_ENDS | Unit.IN_YEAR:
            return Label("按年度计算，止于 12 月 31 日", "by calendar years: to 31 December")
        case _:
            return Label("首末日均由案卷写明", "both days stand in the case file")


def lines(clock: ClockView) -> Iterator[Label]:
    """All of it as lines of text, to be printed on a terminal or copied."""
    yield Label(clock.label.zh, clock.label.en)
    for name, value in facts(clock):
        yield Label(f"  {name.zh}：{value.zh}", f"  {name.en}: {value.en}")
    for step in steps(clock):
        days = days_of(step)
        yield Label(f"    {days}  {step.words.zh}", f"    {days}  {step.words.en}")
    for view in clock.pauses:
        yield from pause_lines(view)


def pause_lines(view: PauseView) -> Iterator[Label]:
    """A pause as lines of text."""
    days, number = pause_days(view), f"#{view.pause.id} " if view.pause.id is not None else ""
    zh, en = f"{view.ground.zh}（{view.sources.zh}）", f"{view.ground.en} ({view.sources.en})"
    yield Label(f"  ‖ {number}{zh} {days.zh}", f"  ‖ {number}{en} {days.en}")
    for deed in pause_deeds(view):
        yield Label(f"    {deed.zh}", f"    {deed.en}")


def days_of(step: Step) -> str:
    """One day, or the first and the last of several."""
    return str(step.first) if step.first == step.last else f"{step.first} – {step.last or '…'}"


def _joined(zh: str, en: str, *words: Label) -> Label:
    return Label(zh.join(x.zh for x in words), en.join(x.en for x in words))


def _same(text: str) -> Label:
    return Label(text, text)
