"""The options by which `case list` holds exactly the cases that a figure counts."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, TypeVar

import click

from auditdesk.cli.options import DAY
from auditdesk.operations.words import OUTCOMES, TIMELINESS

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from auditdesk.store.records import CaseFilter

_Command = TypeVar("_Command", bound="Callable[..., Any]")
_DAYS = {
    "accepted_from": ("--from", "受理日期从 · accepted from"),
    "accepted_to": ("--to", "受理日期至 · accepted up to"),
    "decided_from": ("--decided-from", "决定日期从 · decided from"),
    "decided_to": ("--decided-to", "决定日期至 · decided up to"),
}
_TEXTS = {
    "district": ("--district", "区划代码 · district code"),
    "town": ("--town", "镇街；空为未归镇街 · town; empty: without one"),
    "reached": ("--reached", "环节，或 refused、withdrawn · stage, or how it ended"),
    "summed": ("--summed", "有此合计栏之数 · has a value in this column"),
}
_NAMES = {
    "outcome": ("--outcome", OUTCOMES, "结果 · outcome"),
    "timeliness": ("--timeliness", TIMELINESS, "是否按期 · on time or late"),
}


def narrowing(command: _Command) -> _Command:
    """Give a command these options; it gets their values by the names of the filter."""
    for name, (option, help_text) in _TEXTS.items():
        command = click.option(option, name, help=help_text)(command)
    for name, (option, words, help_text) in _NAMES.items():
        choice = click.Choice([*words])
        command = click.option(option, name, type=choice, help=help_text)(command)
    on = "按哪一天算是否按期，默认今天 · on time by this day, else today"
    command = click.option("--on", "day", type=DAY, help=on)(command)
    for name, (option, help_text) in _DAYS.items():
        command = click.option(option, name, type=DAY, help=help_text)(command)
    return command


def narrowed(case_filter: CaseFilter, today: date, options: dict[str, Any]) -> CaseFilter:
    """A filter with what these options ask for."""
    day = options["day"].date() if options["day"] else today
    timeliness = options["timeliness"]
    days = {name: options[name].date() for name in _DAYS if options[name]}
    return replace(
        case_filter,
        **days,
        **{name: options[name] for name in _TEXTS},
        outcome=options["outcome"],
        timeliness=(timeliness, day) if timeliness else None,
    )


def arguments(case_filter: CaseFilter) -> list[str]:
    """The options of `case list` that say the same as a figure's filter."""
    found = ["--type", case_filter.case_type] if case_filter.case_type else []
    for name, (option, _) in _DAYS.items():
        if day := getattr(case_filter, name):
            found += [option, day.isoformat()]
    for name, (option, _) in _TEXTS.items():
        if (text := getattr(case_filter, name)) is not None:
            found += [option, text]
    if case_filter.outcome is not None:
        found += ["--outcome", case_filter.outcome]
    if case_filter.timeliness is not None:
        name, day = case_filter.timeliness
        found += ["--timeliness", name, "--on", day.isoformat()]
    return found
