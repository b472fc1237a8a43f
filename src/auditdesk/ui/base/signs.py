"""Signs, words and colours of severities, outcomes and verdicts; always all three together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from auditdesk.domain.declaration import Severity
from auditdesk.domain.report import Outcome, Verdict
from auditdesk.operations.words import CLOCK_STATES
from auditdesk.util.label import Label

if TYPE_CHECKING:
    from auditdesk.domain.report import Finding
    from auditdesk.ui.base.palette import Colours


@dataclass(frozen=True, slots=True)
class Sign:
    """A mark that can be told by shape, by word, and by colour.

    Attributes:
        tone: name of its colour in `Colours`; its ground is `<tone>_soft`.
    """

    mark: str
    word: Label
    tone: str

    def colour(self, colours: Colours) -> str:
        """Its colour, for text and lines."""
        return str(getattr(colours, self.tone))

    def ground(self, colours: Colours) -> str:
        """Its soft colour, to stand behind its text."""
        return str(getattr(colours, f"{self.tone}_soft", colours.raised))


BLOCK = Sign("✕", Label("否决", "Blocks"), "block")
JUSTIFY = Sign("!", Label("说明", "Justify"), "justify")
NOTICE = Sign("i", Label("提示", "Notice"), "notice")
PASS = Sign("✓", Label("通过", "Passed"), "good")
JUSTIFIED = Sign("✓", Label("已说明", "Justified"), "good")
OPEN = Sign("…", Label("待填", "Open"), "muted")
INVALID = Sign("✕", Label("填写有误", "Invalid"), "block")
MISSING = Sign("○", Label("缺项", "Missing"), "justify")
UNCONCERNED = Sign("–", Label("不适用", "Not applicable"), "muted")

_SEVERITIES = {Severity.BLOCK: BLOCK, Severity.JUSTIFY: JUSTIFY, Severity.NOTICE: NOTICE}
_OUTCOMES = {
    Outcome.PASS: PASS,
    Outcome.JUSTIFIED: JUSTIFIED,
    Outcome.UNKNOWN: OPEN,
    Outcome.NOT_APPLICABLE: UNCONCERNED,
}
_VERDICTS = {
    Verdict.BLOCK: BLOCK,
    Verdict.INCOMPLETE: Sign("○", Label("不完整", "Incomplete"), "justify"),
    Verdict.JUSTIFY: Sign("!", Label("待说明", "To justify"), "justify"),
    Verdict.PASS: PASS,
}
# how few working days left are soon
SOON = 5
_CLOCKS = {
    "running": Sign("✓", CLOCK_STATES["running"], "good"),
    "paused": Sign("‖", CLOCK_STATES["paused"], "notice"),
    "overdue": Sign("✕", CLOCK_STATES["overdue"], "block"),
    "waiting": Sign("…", CLOCK_STATES["span.waiting"], "notice"),
    "free": Sign("✓", CLOCK_STATES["span.free"], "good"),
    "in_time": Sign("✓", CLOCK_STATES["in_time"], "muted"),
    "late": Sign("✕", CLOCK_STATES["late"], "muted"),
    "ended": Sign("–", CLOCK_STATES["ended"], "muted"),
}
_CLOCK_SOON = Sign("!", Label("即将届满", "due soon"), "justify")
_CLOCK_OPEN = Sign("○", CLOCK_STATES["not_begun"], "muted")


def sign_of_clock(state: str, days_left: int | None) -> Sign:
    """The sign of a legal period: one that runs and has few days left has its own."""
    if state == "running" and days_left is not None and days_left <= SOON:
        return _CLOCK_SOON
    return _CLOCKS.get(state, _CLOCK_OPEN)


def sign_of_severity(severity: Severity) -> Sign:
    """The sign of a severity."""
    return _SEVERITIES[severity]


def sign_of_finding(finding: Finding) -> Sign:
    """The sign of a finding: its severity where it failed, else its outcome."""
    if finding.outcome is Outcome.FAIL:
        return _SEVERITIES[finding.severity]
    return _OUTCOMES[finding.outcome]


def sign_of_verdict(verdict: str) -> Sign:
    """The sign of a verdict; one that no case can have is shown as open."""
    try:
        return _VERDICTS[Verdict(verdict)]
    except ValueError:
        return OPEN
