"""The commands `followup`: the periods that follow from cases."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING, Any

import click

from auditdesk.cli.case_output import period_cells, period_json
from auditdesk.cli.options import DAY
from auditdesk.cli.output import print_json, print_rows
from auditdesk.operations import cases, follow_ups
from auditdesk.operations.words import FOLLOW_UP_GROUPS

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from auditdesk.cli.program import Program
    from auditdesk.operations.changes import Changes
    from auditdesk.operations.desk import Desk
    from auditdesk.operations.views import CaseView, FollowUpRow

    Deed = Callable[[Desk, int, str], tuple[CaseView, Changes]]

_NUMBER = click.IntRange(1, 2**53)
_AHEAD = 36_600


@click.group()
def followup() -> None:
    """后续期限 · what follows from cases."""


@followup.command("list")
@click.option("--on", "day", type=DAY, help="按哪一天，默认今天 · as of this day, else today")
@click.option(
    "--within",
    type=click.IntRange(0, _AHEAD),
    default=follow_ups.WITHIN_DAYS,
    show_default=True,
    help="提前看多少天 · days to look ahead",
)
@click.option("--case", "no", help="一件案件的全部期限 · everything of one case")
@click.option("--limit", type=click.IntRange(1, 100_000), default=100, show_default=True)
@click.option("--json", "as_json", is_flag=True, help="输出 JSON，每项一行 · a JSON line each")
@click.pass_obj
def list_(  # noqa: PLR0913 – which day, how far, whose
    program: Program,
    *,
    day: datetime | None,
    within: int,
    no: str | None,
    limit: int,
    as_json: bool,
) -> None:
    """已过期、期限内、即将开始的期限 · what is overdue, running, and coming up."""
    if no is not None:
        _list_case(program, no, as_json=as_json)
        return
    with closing(program.sign_in()) as desk:
        on = day.date() if day else None
        found = {
            group: follow_ups.page(desk, group, day=on, within=within, limit=limit)
            for group in follow_ups.GROUPS
        }
    rows = [(group, row) for group, page in found.items() for row in page.rows]
    if as_json:
        for group, row in rows:
            print_json(_row_json(program, group, row))
        return
    if not rows:
        program.say(
            "没有已过期、期限内或即将开始的期限", "Nothing is overdue, running or coming up"
        )
    print_rows(_cells(program, group, row) for group, row in rows)
    if any(page.next_key is not None for page in found.values()):
        program.say("… 还有更多，用 --limit 放宽", "… there are more; raise --limit")


def _list_case(program: Program, no: str, *, as_json: bool) -> None:
    with closing(program.sign_in()) as desk:
        periods = cases.view(desk, no).follow_ups
    for period in periods:
        if as_json:
            print_json(period_json(program, period))
        else:
            click.echo(" · ".join(period_cells(program, period)))


def _cells(program: Program, group: str, row: FollowUpRow) -> tuple[str, ...]:
    return (
        str(row.id),
        program.text(FOLLOW_UP_GROUPS[group]),
        row.last_day.isoformat(),
        "" if row.days_left is None else str(row.days_left),
        program.text(row.label),
        row.case_no,
        row.title,
    )


def _row_json(program: Program, group: str, row: FollowUpRow) -> dict[str, Any]:
    return {
        "id": row.id,
        "group": group,
        "case": row.case_no,
        "case_type": row.case_type,
        "title": row.title,
        "place": row.place,
        "follow_up": row.kind,
        "label": program.text(row.label),
        "first_day": row.first_day.isoformat(),
        "last_day": row.last_day.isoformat(),
        "days_left": row.days_left,
    }


def _command(name: str, deed: Deed, help_text: str) -> None:
    """Add a command that takes a follow-up to another state, with a reason."""

    @followup.command(name, help=help_text)
    @click.argument("number", type=_NUMBER)
    @click.option("--reason", required=True, help="办了什么，依据哪份材料 · why, by which paper")
    @click.pass_obj
    def command(program: Program, number: int, reason: str) -> None:
        with closing(program.sign_in()) as desk:
            _, changes = deed(desk, number, reason)
        click.echo(program.text(changes.summary))


_command("settle", follow_ups.settle, "了结一项期限（编号见列表） · settle one, by its number")
_command("reopen", follow_ups.reopen, "收回了结 · take that back: it is open again")
