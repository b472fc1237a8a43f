"""The periods of a case and its pauses, as JSON and as lines of text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from auditdesk.operations import clock_words

if TYPE_CHECKING:
    from datetime import date

    from auditdesk.cli.program import Program
    from auditdesk.operations.clock_history import Deed
    from auditdesk.operations.clock_views import ClockView, PauseView


def cells(program: Program, clock: ClockView) -> tuple[str, ...]:
    """A period as a line of a table: id, name, first and last day, state."""
    return (
        clock.id,
        program.text(clock.label),
        str(clock.start or "—"),
        str(clock.last_day or "—"),
        program.text(clock_words.standing(clock)),
    )


def clock_json(program: Program, clock: ClockView, *, explain: bool = False) -> dict[str, Any]:
    """A period for programs; `explain` adds how it was counted."""
    described: dict[str, Any] = {
        "clock": clock.id,
        "label": program.text(clock.label),
        "sources": program.text(clock.sources),
        "binds": str(clock.clock.binds),
        "effect": str(clock.clock.effect),
        "start": _iso(clock.start),
        "length": clock.length and program.text(clock.length),
        "extended_by": clock.longer and program.text(clock.longer),
        "last_day_by_law": _iso(clock.by_law),
        "last_day": _iso(clock.last_day),
        "days_left": clock.days_left,
        "state": clock.state,
        "ended_on": _iso(clock.ended_on),
        "provisional": clock.provisional,
    }
    if explain:
        described["counted"] = [
            {
                "from": s.first.isoformat(),
                "to": _iso(s.last),
                "kind": str(s.kind),
                "days_before": s.count_before,
                "days_counted": s.counted,
            }
            for s in clock.stretches
        ]
        described["explanation"] = [program.text(line) for line in clock_words.lines(clock)]
    return described


def pause_json(program: Program, view: PauseView) -> dict[str, Any]:
    """A pause for programs."""
    pause = view.pause
    return {
        "id": pause.id,
        "ground": pause.ground,
        "label": program.text(view.ground),
        "from": pause.gap.first.isoformat(),
        "counts_again_from": _iso(pause.gap.again),
        "workdays": view.workdays,
        "begun": _deed_json(pause.begun),
        "ended": pause.ended and _deed_json(pause.ended),
        "taken_back": pause.revoked and _deed_json(pause.revoked),
    }


def _deed_json(deed: Deed) -> dict[str, str]:
    return {"at": deed.at.isoformat(), "full_name": deed.full_name, "reason": deed.reason}


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
