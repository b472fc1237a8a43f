"""The commands `document waiting`, `sign-all` and `print-all`: many documents at once."""

from __future__ import annotations

import signal
import sys
from contextlib import closing
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

import click

from auditdesk.cli.output import check_target, print_json, print_rows, write_file
from auditdesk.cli.signing import KeyWords, signing_options
from auditdesk.operations import batches
from auditdesk.store.records import CaseFilter
from auditdesk.util.label import Label
from auditdesk.util.progress import CancelledError, NoProgress

if TYPE_CHECKING:
    from collections.abc import Callable

    from auditdesk.cli.program import Program
    from auditdesk.operations.batches import BatchReport
    from auditdesk.operations.desk import Desk


@dataclass(frozen=True, slots=True)
class Chosen:
    """Which documents of which cases."""

    case_type: str
    kind: str
    stage: str | None
    given: tuple[str, ...]

    def cases(self, desk: Desk) -> tuple[str, ...]:
        """The numbers of the cases: those given, else all of the type (at the stage)."""
        wanted = CaseFilter(case_type=self.case_type, stage=self.stage)
        return self.given or batches.numbers(desk, wanted)


def _choosing(command: Callable[..., object]) -> Callable[..., object]:
    """Give a command the options that make a `Chosen`, handed to it as `chosen`."""

    @click.argument("case_type")
    @click.argument("kind")
    @click.option("--stage", help="只要这一环节的案件 · cases at this stage only")
    @click.option("--no", "given", multiple=True, help="只要这些案件 · these cases only")
    @wraps(command)
    def chosen(
        *args: object,
        case_type: str,
        kind: str,
        stage: str | None,
        given: tuple[str, ...],
        **others: object,
    ) -> object:
        return command(*args, chosen=Chosen(case_type, kind, stage, given), **others)

    return chosen


class Counter:
    """How far the work is, on a terminal only; within its context Ctrl+C stops it in good order.

    The document in hand is finished and no more begun.
    """

    def __init__(self) -> None:
        self._stopped = False
        self._before: Any = None

    def __enter__(self) -> Self:
        self._before = signal.signal(signal.SIGINT, self._stop)
        return self

    def __exit__(self, *_: object) -> None:
        signal.signal(signal.SIGINT, self._before)

    def _stop(self, *_: object) -> None:
        self._stopped = True

    def step(self, done: int, total: int) -> None:
        """Rewrite the line.

        Raises:
            CancelledError: Ctrl+C was pressed.
        """
        if sys.stderr.isatty():
            click.echo(f"\r{done}/{total} ", nl=done == total, err=True)
        if self._stopped:
            raise CancelledError


@click.command("waiting")
@_choosing
@click.option("--json", "as_json", is_flag=True, help="输出 JSON · print JSON")
@click.pass_obj
def waiting(
    program: Program,
    *,
    chosen: Chosen,
    as_json: bool,
) -> None:
    """等您签名的文书 · documents that wait for your signature."""
    with closing(program.sign_in()) as desk:
        cases = chosen.cases(desk)
        found = batches.waiting(desk, cases, NoProgress(), chosen.kind)
    if as_json:
        print_json([{"no": one.no, "kind": one.kind.id, "step": one.step} for one in found])
        return
    print_rows((one.no, one.title, program.text(one.kind.label), one.step) for one in found)
    program.say(f"共 {len(found)} 份等您签名。", f"{len(found)} wait for your signature.")


@click.command("sign-all")
@_choosing
@signing_options
@click.option("--json", "as_json", is_flag=True, help="输出 JSON · print JSON")
@click.pass_obj
def sign_all(
    program: Program,
    *,
    chosen: Chosen,
    words: KeyWords,
    as_json: bool,
) -> int:
    """批量签名：经办人编号首签，审批人复签签发 · sign all that wait for you.

    逐份编号、留存、记日志；办不成的列出原因，其余照办；Ctrl+C 办完手上这份即停 · each is
    numbered, kept and noted by itself; what cannot be made is told, the others go on; Ctrl+C
    stops after the one in hand. 退出码 · exit status: 0 全部办成 all done, 1 有未办成的 some not.
    """
    desk, password = program.sign_in_with_password()
    with closing(desk), Counter() as counter:
        cases = chosen.cases(desk)
        found = batches.waiting(desk, cases, NoProgress(), chosen.kind)
        wanted = [(one.no, chosen.kind) for one in found]
        key = words.key(program, password)
        report, changes = batches.sign(desk, wanted, key, counter)
    if as_json:
        print_json(_as_json(program, report))
    else:
        _print(program, report)
        click.echo(program.text(changes.summary))
    return 1 if report.failed or report.untouched else 0


def _print(program: Program, report: BatchReport) -> None:
    """The end report: what was signed, what was not and why, and what was signed unstamped."""
    print_rows((d.number, d.case_no, d.state) for d in report.done)
    for no, why in report.failed:
        click.echo(f"  ✕ {no}: {program.text(why)}")
    for number, why in report.unstamped:
        without = program.text(Label("没有时间戳", "no time stamp"))
        click.echo(f"  ! {number} {without}: {program.text(why)}")
    if report.stopped is not None:
        click.echo(f"  ✕ {program.text(report.stopped)}")
    if report.untouched:
        rest = report.untouched
        program.say(f"  已停止，{rest} 份没有办。", f"  Stopped; {rest} were not begun.")


def _as_json(program: Program, report: BatchReport) -> dict[str, object]:
    return {
        "wanted": report.wanted,
        "done": [{"no": d.case_no, "number": d.number, "state": d.state} for d in report.done],
        "failed": [{"no": no, "why": program.text(why)} for no, why in report.failed],
        "unstamped": [
            {"number": number, "why": program.text(why)} for number, why in report.unstamped
        ],
        "cancelled": report.cancelled,
        "stopped": report.stopped and program.text(report.stopped),
        "untouched": report.untouched,
    }


@click.command("print-all")
@_choosing
@click.option("--out", required=True, type=click.Path(path_type=Path), help="PDF 文件 · PDF file")
@click.option("--proofs", is_flag=True, help="校样：未签名的预览 · unsigned previews instead")
@click.pass_obj
def print_all(
    program: Program,
    *,
    chosen: Chosen,
    out: Path,
    proofs: bool,
) -> None:
    """把多份文书并成一个打印文件 · many documents in one file to print.

    每份从新的一张纸开始，可双面打印 · each begins on a sheet of its own, also on both sides.
    """
    from auditdesk.operations import printing  # noqa: PLC0415 – heavy

    check_target(out)
    with closing(program.sign_in()) as desk:
        cases = chosen.cases(desk)
        if proofs:
            wanted = tuple((no, chosen.kind) for no in cases)
            content = printing.proofs(desk, wanted, Counter())
        else:
            wanted = printing.issued(desk, cases, chosen.kind)
            content = printing.copies(desk, wanted, Counter())
    write_file(out, content)
    program.say(f"已写出 {len(wanted)} 份：{out}", f"{len(wanted)} documents: {out}")
