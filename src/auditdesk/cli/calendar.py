"""The commands `calendar`: the working days by which an office counts."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from auditdesk.cli.output import print_json, print_rows
from auditdesk.operations import calendars
from auditdesk.regulations.calendars import LARGEST_FILE
from auditdesk.util.label import Label
from auditdesk.util.progress import NoProgress
from auditdesk.util.reading import read_limited

if TYPE_CHECKING:
    from auditdesk.cli.program import Program
    from auditdesk.operations.calendars import CalendarYear

_YEAR = click.IntRange(1900, 2100)
_OWN, _SHIPPED = Label("本单元", "office"), Label("内置", "built in")
_OFF, _ON = Label("放假", "off"), Label("上班", "worked")


@click.group()
def calendar() -> None:
    """工作日历：放假与调休 · working-day calendars: holidays and moved days."""


@calendar.command("list")
@click.option("--json", "as_json", is_flag=True, help="输出 JSON，每年一行 · a JSON line a year")
@click.pass_obj
def list_(program: Program, as_json: bool) -> None:
    """已知的年份，与内置不同之处 · the years that are known, and what differs."""
    with closing(program.sign_in()) as desk:
        found = calendars.years(desk)
    for year in found if as_json else ():
        print_json(_json(year))
    if not as_json:
        print_rows(_cells(program, year) for year in found)
        program.say(
            "其余年份按周一至周五暂计，期限标明“暂计”。",
            "Other years count Monday to Friday for now, and periods say so.",
        )


def _cells(program: Program, year: CalendarYear) -> tuple[str, ...]:
    off, on = len(year.days.holidays), len(year.days.workdays)
    differs = " ".join(
        f"{change.day:%m-%d}{program.text(_ON if change.works else _OFF)}"
        for change in year.differs
    )
    return (
        str(year.year),
        program.text(_OWN if year.own else _SHIPPED),
        program.text(Label(f"放假 {off} 天，调休上班 {on} 天", f"{off} days off, {on} moved days")),
        year.source,
        year.by,
        differs,
    )


def _json(year: CalendarYear) -> dict[str, Any]:
    return {
        "year": year.year,
        "origin": "office" if year.own else "shipped",
        "holidays": sorted(day.isoformat() for day in year.days.holidays),
        "workdays": sorted(day.isoformat() for day in year.days.workdays),
        "differs": [{"day": c.day.isoformat(), "works": c.works} for c in year.differs],
        "source": year.source,
        "by": year.by,
    }


@calendar.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.pass_obj
def import_(program: Program, file: Path) -> None:
    """导入一年的工作日历（TOML） · take a year in from a file.

    文件写明 year、holidays（放假日）和 workdays（周末上班日） · the file says year, holidays and
    workdays.
    """
    content = read_limited(file, LARGEST_FILE)
    with closing(program.sign_in()) as desk:
        changes = calendars.import_year(desk, file.name, content, NoProgress())
    click.echo(program.text(changes.summary))


@calendar.command()
@click.argument("year", type=_YEAR)
@click.option("--reason", required=True, help="理由 · why")
@click.pass_obj
def remove(program: Program, year: int, reason: str) -> None:
    """撤回本单元导入的一年 · take the office's own year back."""
    with closing(program.sign_in()) as desk:
        changes = calendars.remove_year(desk, year, reason, NoProgress())
    click.echo(program.text(changes.summary))
