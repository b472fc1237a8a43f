"""How the command tells what was found out about a file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from auditdesk.domain.roles import role_label
from auditdesk.util.clock import CHINA

if TYPE_CHECKING:
    from auditdesk.cli.program import Program
    from auditdesk.documents.examine import SignatureFacts
    from auditdesk.operations.verification import FileVerification


def verification_json(program: Program, found: FileVerification) -> dict[str, Any]:
    """The answer for programs."""
    checked = found.verification
    return {
        "good": found.good,
        "intact": checked.intact,
        "complete": checked.complete,
        "consistent": checked.consistent,
        "in_force": checked.in_force,
        "trusted": checked.trusted if checked.trust_checked else None,
        "problems": [program.text(p) for p in checked.problems],
        "remarks": [program.text(r) for r in checked.remarks],
        "number": checked.number,
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
        "case": checked.case,
        "report": checked.report,
    }


def print_verification(program: Program, found: FileVerification) -> None:
    """The answer for people, the verdict first."""
    checked = found.verification
    if found.good:
        program.say("完好：签名后没有改动。", "Good: nothing was changed after it was signed.")
    else:
        program.say("不可信赖：", "Not to be relied on:")
    for problem in checked.problems:
        click.echo(f"  ✕ {program.text(problem)}")
    _print_office(program, found)
    if checked.number:
        program.say(f"  文号 {checked.number}", f"  number {checked.number}")
    for signature in checked.signatures:
        _print_signature(program, signature)
    for remark in checked.remarks:
        click.echo(f"  i {program.text(remark)}")
    if checked.case is not None:
        data = checked.case.get("data", {})
        program.say(f"  内含案件数据 {len(data)} 项", f"  carries {len(data)} values of its case")


def _print_office(program: Program, found: FileVerification) -> None:
    if found.journal is not None:
        click.echo(f"  {'✕' if found.journal_ok is False else '·'} {program.text(found.journal)}")
    if found.kept is False:
        program.say(
            "  ✕ 与本单元以该文号留存的原件不同。",
            "  ✕ differs from what the office keeps under this number.",
        )
    if found.register is not None:
        click.echo(f"  {'·' if found.register_ok else '✕'} {program.text(found.register)}")


def _print_signature(program: Program, signature: SignatureFacts) -> None:
    at = signature.at.isoformat(sep=" ") if signature.at else "—"
    role = program.text(role_label(signature.role))
    click.echo(f"  {role}: {signature.name} · {signature.organisation} · {at}")
    if signature.stamped_at is not None:
        stamped = signature.stamped_at.astimezone(CHINA).isoformat(sep=" ")
        program.say(f"    时间戳 {stamped}", f"    time stamp {stamped}")
    click.echo(f"    {' ← '.join(signature.path)}")
