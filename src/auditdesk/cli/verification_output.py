"""How the command tells what was found out about a file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from auditdesk.operations import verdicts

if TYPE_CHECKING:
    from auditdesk.cli.program import Program
    from auditdesk.documents.verify import Verification
    from auditdesk.operations.verdicts import SignatureWords
    from auditdesk.operations.verification import FileVerification


def verification_json(program: Program, found: FileVerification) -> dict[str, Any]:
    """The answer for programs."""
    checked = found.verification
    return {
        "good": found.good,
        "intact": checked.intact,
        "complete": checked.complete,
        "consistent": checked.consistent,
        "clean": checked.clean,
        "own": checked.own,
        "in_force": checked.in_force,
        "trusted": checked.trusted if checked.trust_checked else None,
        "problems": [program.text(p) for p in checked.problems],
        "remarks": [program.text(r) for r in checked.remarks],
        "verdict": program.text(verdicts.verdict(found).headline),
        "number": checked.number,
        "title": checked.title,
        "office": checked.office,
        "code": checked.code and checked.code.digest,
        "paper_ok": found.paper_ok,
        "paper": found.paper and program.text(found.paper),
        "checkpoint": checked.checkpoint,
        "journal_ok": found.journal_ok,
        "kept": found.kept,
        "register_ok": found.register_ok,
        "signatures": [
            {
                "role": s.role,
                "name": s.name,
                "organisation": s.organisation,
                "account": s.account,
                "at": s.at and s.at.isoformat(),
                "stamped_at": s.stamped_at and s.stamped_at.isoformat(),
                "valid_from": s.valid_from and s.valid_from.isoformat(),
                "valid_to": s.valid_to and s.valid_to.isoformat(),
                "revoked_since": s.revoked and s.revoked.since.isoformat(),
                "in_force": s.in_force,
                "path": list(s.path),
                "intact": s.intact,
                "covers_file": s.covers_file,
                "trusted": s.trusted if checked.trust_checked else None,
            }
            for s in checked.signatures
        ],
        "figures": [
            {
                "name": f.name,
                "printed": f.printed,
                "inside": f.inside,
                "agrees": f.problem is None,
            }
            for f in checked.figures
        ],
        "case": checked.case,
        "report": checked.report,
    }


def print_verification(program: Program, found: FileVerification) -> None:
    """The answer for people, the verdict first."""
    checked, answer = found.verification, verdicts.verdict(found)
    click.echo(f"{answer.sign} {program.text(answer.headline)}")
    click.echo(f"  {program.text(answer.meaning)}")
    for problem in checked.problems:
        click.echo(f"  ✕ {program.text(problem)}")
    if found.paper is not None:
        click.echo(f"  {'✓' if found.paper_ok else '✕'} {program.text(found.paper)}")
    for line in verdicts.office_lines(found):
        click.echo(f"  {line.sign} {program.text(line.text)}")
    if checked.number:
        program.say(f"  文号 {checked.number}", f"  number {checked.number}")
    if checked.title:
        click.echo(f"  {checked.title}")
    for signature in checked.signatures:
        _print_signature(program, verdicts.signature_words(checked, signature))
    for remark in checked.remarks:
        click.echo(f"  i {program.text(remark)}")
    _print_figures(program, checked)


def _print_signature(program: Program, words: SignatureWords) -> None:
    click.echo(f"  {program.text(words.who)}")
    for line in words.lines:
        click.echo(f"    {line.sign} {program.text(line.text)}")
    click.echo(f"    {words.path}")


def _print_figures(program: Program, checked: Verification) -> None:
    """How many values agree; those that do not stand among the problems."""
    if checked.case is None or not checked.own:
        return
    count, agree = len(checked.figures), sum(f.problem is None for f in checked.figures)
    program.say(
        f"  页面印的数据 {count} 项，{agree} 项与内含的数据一致",
        f"  {agree} of {count} printed values agree with the data inside",
    )
