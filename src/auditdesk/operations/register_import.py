"""Importing rows into a register: planned and looked at first, then written in one go."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from auditdesk.operations import bodies, problems, register_rows, rights
from auditdesk.operations.changes import Changes
from auditdesk.operations.register_texts import raw_value
from auditdesk.operations.register_views import ImportLine, ImportPlan
from auditdesk.operations.registers import field_changes
from auditdesk.regulations.values import is_empty, read_values
from auditdesk.store.registers import IMPORTED
from auditdesk.util.faults import FallsShortError, RefusedError, UnusableInputError
from auditdesk.util.label import Label
from auditdesk.util.progress import NoProgress

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from auditdesk.domain.register import Register
    from auditdesk.operations.desk import Desk
    from auditdesk.operations.register_views import LineState
    from auditdesk.regulations.law import RegisterLaw
    from auditdesk.store.registers import RegisterRecord
    from auditdesk.util.progress import Progress

MOST_LINES = 20_000


def plan_import(
    desk: Desk,
    register: str,
    rows: Sequence[Mapping[str, Any]],
    *,
    numbers: Sequence[int] | None = None,
    progress: Progress | None = None,
) -> ImportPlan:
    """What an import would do, line by line; nothing is written.

    A field that a line does not name stays as it is, an empty one is cleared. A line is
    refused where a value that it names cannot be right, or its key is lacking or there twice.

    Args:
        desk: who and where.
        register: the register's id.
        rows: field id to its text as a workbook shows it, or its value as JSON has it.
        numbers: the lines' numbers in the file; None: 1, 2, 3 …
        progress: told after each line.

    Raises:
        UnusableInputError: no such register, a field that it does not have, too many lines.
        CancelledError: the user cancelled.
    """
    register_law = desk.library.register(register)
    declared = register_law.register
    _require_known(declared, rows)
    planner = _Planner(desk, register_law, rows)
    progress = progress or NoProgress()
    lines = []
    stamp = desk.office.registers.stamp(register)
    for index, row in enumerate(rows):
        lines.append(planner.line(numbers[index] if numbers else index + 1, row))
        progress.step(index + 1, len(rows))
    return ImportPlan(register, stamp, tuple(lines))


def _require_known(register: Register, rows: Sequence[Mapping[str, Any]]) -> None:
    if len(rows) > MOST_LINES:
        raise UnusableInputError(
            f"共 {len(rows)} 行，一次最多导入 {MOST_LINES} 行；请分成几份。",
            f"There are {len(rows)} lines; at most {MOST_LINES} at a time. Split the file.",
        )
    known = {field.id for field in register.fields}
    strange = sorted({str(name)[:60] for row in rows for name in row if name not in known})
    if strange:
        names = [name.encode("utf-8", "backslashreplace").decode() for name in strange[:10]]
        raise UnusableInputError(
            f"{register.label.zh}没有这些字段：{'、'.join(names)}",
            f"{register.label.en} has no such fields: {', '.join(names)}",
        )


class _Planner:
    """What every line is held against: the rows there are, and the other lines' keys."""

    def __init__(
        self, desk: Desk, register_law: RegisterLaw, rows: Sequence[Mapping[str, Any]]
    ) -> None:
        self._desk = desk
        self._law = register_law
        self._register = register_law.register
        records = desk.office.registers.rows(self._register.id)
        self._present: Mapping[str, RegisterRecord] = {r.code: r for r in records}
        self._keys = Counter(self._key(row) for row in rows)
        self._fields = {field.id: field for field in self._register.fields}

    def _key(self, row: Mapping[str, Any]) -> str:
        raw = row.get(self._register.key)
        return raw.strip() if isinstance(raw, str) else ""

    def line(self, number: int, row: Mapping[str, Any]) -> ImportLine:
        """One line with what it would do."""
        code = self._key(row)
        record = self._present.get(code)
        before = register_rows.data_of(record) if record else {}
        given = {name: self._given(name, value, before) for name, value in row.items()}
        data = bodies.plain_data(self._register.row, {**before, **given})
        reasons = tuple(self._reasons(code, row, data))
        changes = () if reasons else field_changes(self._register, before, data)
        state = _state(known=record is not None, refused=bool(reasons), changed=bool(changes))
        return ImportLine(
            number=number,
            code=code,
            title=register_rows.joined(data, self._register.title),
            state=state,
            changes=changes,
            reasons=reasons,
            remarks=self._remarks(data) if state in {"new", "changed"} else (),
            data=data,
        )

    def _given(self, name: str, value: Any, before: Mapping[str, Any]) -> Any:
        """A value as it is to be kept: 120.5 is no change where 120.50 was typed."""
        field, old = self._fields[name], before.get(name)
        new = raw_value(field, value)
        known = register_rows.valid(field, old)
        same = known is not None and known == register_rows.valid(field, new)
        return old if same else new

    def _reasons(
        self, code: str, row: Mapping[str, Any], data: Mapping[str, Any]
    ) -> Iterator[Label]:
        key = self._register.row.field(self._register.key).label
        if is_empty(row.get(self._register.key)):
            yield Label(f"未填写{key.zh}", f"{key.en} is empty")
        elif code and self._keys[code] > 1:
            yield Label(
                f"{key.zh} {code} 在文件中出现 {self._keys[code]} 次，请只留一行",
                f"{key.en} {code} is there {self._keys[code]} times; leave one line only",
            )
        for invalid in read_values(self._register.fields, data).invalid:
            own = invalid.field.partition("[")[0]
            if own in row:
                label = self._fields[own].label
                yield Label(
                    f"{label.zh} {_quoted(invalid.value)}：{invalid.reason.zh}",
                    f"{label.en} {_quoted(invalid.value)}: {invalid.reason.en}",
                )

    def _remarks(self, data: Mapping[str, Any]) -> tuple[Label, ...]:
        report = register_rows.judged(self._desk, self._law, data, self._desk.today())
        return problems.problems(self._register.row, report)


def _quoted(value: Any) -> str:
    return f"“{str(value)[:40]}”"


def _state(*, known: bool, refused: bool, changed: bool) -> LineState:
    if refused:
        return "refused"
    if not known:
        return "new"
    return "changed" if changed else "same"


def apply_import(desk: Desk, plan: ImportPlan, *, good_only: bool = False) -> Changes:
    """Write a plan, all of it in one transaction.

    Args:
        desk: who and where.
        plan: as `plan_import` made it.
        good_only: leave out the lines that are refused; else one of them refuses the whole.

    Raises:
        FallsShortError: a line is refused and `good_only` was not asked for.
        RefusedError: not a clerk, or the register was changed since the plan was made.
        OfficeFaultError: the office cannot be written; nothing is imported then.
    """
    rights.require_role(desk, "clerk")
    register = desk.library.register(plan.register).register
    if plan.refused and not good_only:
        raise _refused_lines(plan)
    wanted = [line for line in plan.lines if line.state in {"new", "changed"}]
    if wanted:
        _write(desk, register, plan, wanted)
    else:
        _require_unmoved(desk, plan)
    changed = frozenset({register.id} if wanted else ())
    return Changes(_summary(register, plan), registers=changed)


def _write(desk: Desk, register: Register, plan: ImportPlan, lines: Sequence[ImportLine]) -> None:
    note = {
        "register": register.id,
        "new": plan.count("new"),
        "changed": plan.count("changed"),
        "left_out": plan.count("refused"),
    }
    with desk.office.write("register.import", None, note) as writer:
        _require_unmoved(desk, plan)
        for line in lines:
            content = register_rows.content_of(register, line.data)
            if line.state == "new":
                writer.insert_register_row(register.id, content, source=IMPORTED)
                continue
            version = desk.office.registers.get(register.id, line.code).version
            writer.save_register_row(register.id, line.code, version, content, source=IMPORTED)


def _require_unmoved(desk: Desk, plan: ImportPlan) -> None:
    if desk.office.registers.stamp(plan.register) != plan.stamp:
        raise RefusedError(
            "核对之后台账又有改动，没有导入。请重新核对一次再导入。",
            "The register was changed after the import was looked at; nothing was imported. Look"
            " at it again first.",
        )


def _refused_lines(plan: ImportPlan) -> FallsShortError:
    refused = plan.refused
    first = refused[0]
    return FallsShortError(
        f"{len(plan.lines)} 行中有 {len(refused)} 行不能导入，没有导入任何一行；"
        f"第 {first.number} 行：{first.reasons[0].zh}。请改正，或选择只导入无误的行。",
        f"{len(refused)} of {len(plan.lines)} lines cannot be imported, so none was; line"
        f" {first.number}: {first.reasons[0].en}. Put them right, or ask for the good lines only.",
    )


def _summary(register: Register, plan: ImportPlan) -> Label:
    new, changed, same = (plan.count(s) for s in ("new", "changed", "same"))
    left = len(plan.refused)
    zh = f"{register.label.zh}：新增 {new} 条，修改 {changed} 条，未变 {same} 条"
    en = f"{register.label.en}: {new} new, {changed} changed, {same} the same"
    if left:
        zh, en = f"{zh}；未导入 {left} 行", f"{en}; {left} lines left out"
    return Label(zh, en)
