"""Reading a case file (`auditdesk.case/1`): bytes in, a `CaseFile` or a clear refusal out."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any

from auditdesk.domain.case import CASE_FORMAT, FIRST_STAGE, CaseFile
from auditdesk.regulations.values import FIRST_YEAR, LAST_YEAR, MOST_ROWS, is_empty
from auditdesk.util.faults import UnusableInputError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from auditdesk.domain.declaration import CaseType
    from auditdesk.regulations.library import Library

# Real case files have some kilobytes; 300 rows of tenants still stay under one megabyte.
LARGEST_FILE = 16 * 1024 * 1024
_DEEPEST = 16
_DISTRICT = re.compile(r"[0-9]{6}")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_PARTS = frozenset(
    {
        "format",
        "case_type",
        "accepted_on",
        "district",
        "stage",
        "data",
        "materials",
        "justifications",
    }
)


@dataclass(frozen=True, slots=True)
class _Sorted:
    """A mapping of the case file, parted into what the case type has and what it has not."""

    known: dict[str, Any]
    unknown: tuple[str, ...]


def parse_case(raw: bytes, library: Library) -> CaseFile:
    """A case file from its bytes.

    Raises:
        UnusableInputError: not UTF-8, not JSON, too large, another format, an unknown case
            type or stage, no usable day of acceptance or district.
    """
    return read_case(json_object(raw), library)


def read_case(content: Mapping[str, Any], library: Library) -> CaseFile:
    """A case file from its parsed JSON object; raises as `parse_case` does."""
    if content.get("format") != CASE_FORMAT:
        raise _unusable(
            f"format 应为 {CASE_FORMAT!r}，请确认这是案件文件",
            f"format must be {CASE_FORMAT!r}; is this a case file?",
        )
    case_type = library.law(_text(content, "case_type")).case_type
    data = _known_cells(_sorted(content, "data", {f.id for f in case_type.fields}, ""), case_type)
    materials = _sorted(content, "materials", {m.id for m in case_type.materials}, "materials.")
    reasons = _sorted(content, "justifications", {r.id for r in case_type.rules}, "justifications.")
    others = tuple(_printable(name) for name in sorted(set(content) - _PARTS))
    return CaseFile(
        case_type=case_type.id,
        accepted_on=_accepted_on(content),
        district=_district(content),
        stage=_stage(content, case_type),
        data=data.known,
        materials=materials.known,
        justifications=reasons.known,
        unknown=(*data.unknown, *materials.unknown, *reasons.unknown, *others),
    )


def _unusable(zh: str, en: str) -> UnusableInputError:
    return UnusableInputError(f"案件文件无法使用：{zh}。", f"The case file cannot be used: {en}.")


def json_object(raw: bytes) -> dict[str, Any]:
    """One JSON object from a file's bytes, numbers exact; raises as `parse_case` does."""
    if len(raw) > LARGEST_FILE:
        limit = LARGEST_FILE // 2**20
        raise _unusable(f"超过 {limit} MB", f"it is larger than {limit} MB")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _unusable(
            f"不是 UTF-8 编码（第 {error.start + 1} 字节），请另存为 UTF-8",
            f"it is not UTF-8 (byte {error.start + 1}); save it as UTF-8",
        ) from None
    content = _json(text)
    if not isinstance(content, dict):
        raise _unusable("内容应为一个 JSON 对象", "it must hold one JSON object")
    if _depth(content) > _DEEPEST:
        raise _unusable("嵌套过深", "it is nested too deeply")
    return content


def _json(text: str) -> Any:
    try:
        return json.loads(
            text,
            parse_float=_exact,
            parse_constant=_no_constant,
            object_pairs_hook=_no_twice,
        )
    except json.JSONDecodeError as error:
        raise _unusable(
            f"不是有效的 JSON（第 {error.lineno} 行第 {error.colno} 列）",
            f"it is no valid JSON (line {error.lineno}, column {error.colno})",
        ) from None
    except RecursionError:
        raise _unusable("嵌套过深", "it is nested too deeply") from None
    except ValueError:
        raise _unusable("含有过长的数字", "it holds a number that is too long") from None


def _exact(text: str) -> Decimal:
    try:
        return Decimal(text)
    except InvalidOperation:
        raise ValueError(text[:20]) from None


def _no_constant(name: str) -> Any:
    raise _unusable(f"不允许 {name}", f"{name} is not allowed")


def _no_twice(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    content = dict(pairs)
    if len(content) != len(pairs):
        names = [name for name, _ in pairs]
        twice = _printable(next(name for name in names if names.count(name) > 1))
        raise _unusable(f"{twice!r} 出现两次", f"{twice!r} is given twice")
    return content


def _depth(content: Any) -> int:
    """How deeply lists and objects are nested; stops counting beyond what is allowed."""
    level, depth = [content], 0
    while level and depth <= _DEEPEST:
        depth += 1
        level = [
            inner
            for outer in level
            for inner in (outer.values() if isinstance(outer, dict) else outer)
            if isinstance(inner, (dict, list))
        ]
    return depth


def _text(content: Mapping[str, Any], key: str) -> str:
    value = content.get(key)
    if not isinstance(value, str) or is_empty(value):
        raise _unusable(f"{key} 应为非空文字", f"{key} must be a text that is not empty")
    return value.strip()


def _accepted_on(content: Mapping[str, Any]) -> date:
    text = _text(content, "accepted_on")
    try:
        day = date.fromisoformat(text) if _DAY.fullmatch(text) else None
    except ValueError:
        day = None
    if day is None or not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise _unusable(
            f"受理日 accepted_on {text[:40]!r} 不是日期，应写作 2022-03-01",
            f"accepted_on {text[:40]!r} is no date; write it 2022-03-01",
        )
    return day


def _district(content: Mapping[str, Any]) -> str:
    if is_empty(content.get("district")):
        return ""
    text = _text(content, "district")
    if not _DISTRICT.fullmatch(text):
        raise _unusable(
            f"区县代码 {text[:40]!r} 应为 6 位数字，如 370114",
            f"the district {text[:40]!r} must be a code of 6 digits, such as 370114",
        )
    return text


def _stage(content: Mapping[str, Any], case_type: CaseType) -> str:
    if is_empty(content.get("stage")):
        return FIRST_STAGE
    stage = _text(content, "stage")
    known = [s.id for s in case_type.stages]
    if stage not in known:
        raise _unusable(
            f"没有环节 {stage[:40]!r}，可用：{'、'.join(known)}",
            f"there is no stage {stage[:40]!r}; there are {', '.join(known)}",
        )
    return stage


def _sorted(content: Mapping[str, Any], key: str, known: set[str], prefix: str) -> _Sorted:
    value = content.get(key)
    if value is None:
        return _Sorted({}, ())
    if not isinstance(value, dict):
        raise _unusable(f"{key} 应为一组带名称的值", f"{key} must be an object")
    kept = {name: inner for name, inner in value.items() if name in known}
    unknown = tuple(f"{prefix}{_printable(name)}" for name in sorted(set(value) - known))
    return _Sorted(kept, unknown)


def _known_cells(data: _Sorted, case_type: CaseType) -> _Sorted:
    """The data without the cells of columns that their table does not have; these are named."""
    kept, unknown = dict(data.known), list(data.unknown)
    for field in case_type.fields:
        rows = kept.get(field.id)
        if not field.columns or not isinstance(rows, list):
            continue
        columns = {column.id for column in field.columns}
        unknown += [
            f"{field.id}[{index}].{_printable(name)}"
            for index, row in enumerate(rows[:MOST_ROWS])
            if isinstance(row, dict)
            for name in sorted(set(row) - columns)
        ]
        kept[field.id] = [_only(row, columns) for row in rows]
    return _Sorted(kept, tuple(unknown))


def _only(row: Any, columns: set[str]) -> Any:
    """A row with these columns alone; what is no row stays what it is."""
    if not isinstance(row, dict):
        return row
    return {name: cell for name, cell in row.items() if name in columns}


def _printable(name: str) -> str:
    """A name as the report repeats it: cut off, and without halves of characters."""
    return name[:100].encode("utf-8", "backslashreplace").decode()
