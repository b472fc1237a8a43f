"""A paper's key figures: what its pages print has to be what the data inside say.

When a paper is frozen, every value of its data that stands on its pages is noted with the words
in which it is printed. Whoever verifies the paper writes the values anew from the data inside,
and looks for them on the pages; neither the templates nor the law of the day are needed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any

from auditdesk.documents.papercode import DIGITS, printed_digest
from auditdesk.util.hashing import sha256_hex
from auditdesk.util.label import Label

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from auditdesk.documents.printed import PrintedText

LEAST, MOST = 2, 60  # characters; longer texts may run over the foot of a page
_ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_PAGE_NUMBER = re.compile(r"—\s*(\d{1,3})\s*—|第\s*(\d{1,3})\s*页")
_PAGES_IN_ALL = re.compile(r"第\s*\d{1,3}\s*页\s*共\s*(\d{1,3})\s*页")
_NUMBER = re.compile(r"-?\d{1,30}(\.\d{1,20})?")
_DATA = {"case": "data", "check": "computed"}
_PRINTED = {"number": "文号", "title": "标题", "issuer": "发文机关"}


@dataclass(frozen=True, slots=True)
class Figure:
    """One value that is printed.

    Attributes:
        of: where it comes from, as `case.entry_price_yuan` or `check.levy_rate_percent`.
        name: what the value is called.
        text: the words in which it is printed.
    """

    of: str
    name: str
    text: str


def spellings(value: Any) -> tuple[str, ...]:
    """The ways in which a value of the data may be printed, the most careful first."""
    if isinstance(value, bool) or value is None or isinstance(value, (dict, list)):
        return ()
    text = str(value).strip()
    if _ISO_DATE.fullmatch(text):
        day = _day(text)
        return () if day is None else (f"{day.year}年{day.month}月{day.day}日", text)
    if _NUMBER.fullmatch(text):
        return tuple(dict.fromkeys(_numbers(text)))
    return (text,) if "\n" not in text else ()


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _numbers(text: str) -> Iterator[str]:
    try:
        number = Decimal(text)
    except InvalidOperation:
        return
    yield f"{number:,.2f}"
    plain = f"{number:f}"
    yield plain
    if "." in plain:
        yield plain.rstrip("0").rstrip(".")
    yield text


def figures_on(
    printed: PrintedText,
    sources: Mapping[str, Mapping[str, Any]],
    names: Mapping[str, str],
) -> tuple[Figure, ...]:
    """The values that stand on the pages.

    Args:
        printed: the pages.
        sources: `case` (the case file) and `check` (its report), as they lie in the paper.
        names: what values are called, by `of`.
    """
    return tuple(
        Figure(of, names.get(of, of), text)
        for of, value in _values(sources)
        if (text := _found(printed, value)) is not None
    )


def _values(sources: Mapping[str, Mapping[str, Any]]) -> Iterator[tuple[str, Any]]:
    for source, part in _DATA.items():
        values = sources.get(source, {}).get(part)
        if isinstance(values, dict):
            for key, value in values.items():
                yield f"{source}.{key}", value


def _found(printed: PrintedText, value: Any) -> str | None:
    for text in spellings(value):
        if LEAST <= len(text) <= MOST and printed.holds(text):
            return text
    return None


@dataclass(frozen=True, slots=True)
class ComparedFigure:
    """One value as the pages print it, and as the data inside have it.

    Attributes:
        inside: the value in the data; empty: there is none.
        problem: what does not fit; None: it is printed as the data say.
    """

    name: str
    printed: str
    inside: str
    problem: Label | None


def compared(
    printed: PrintedText, document: Mapping[str, Any], sources: Mapping[str, Mapping[str, Any]]
) -> tuple[ComparedFigure, ...]:
    """Every value that the paper says it prints, against pages and data."""
    values = dict(_values(sources))
    return tuple(
        ComparedFigure(
            one.name,
            one.text,
            "" if values.get(one.of) is None else str(values[one.of])[:MOST],
            _contradiction(printed, values, one),
        )
        for one in _noted(document)
    )


def contradictions(
    printed: PrintedText, document: Mapping[str, Any], sources: Mapping[str, Mapping[str, Any]]
) -> tuple[Label, ...]:
    """What the pages say otherwise than the data inside; empty where they agree."""
    problems = [f.problem for f in compared(printed, document, sources) if f.problem]
    for key, zh in _PRINTED.items():
        text = document.get(key)
        if isinstance(text, str) and text and not printed.holds(text):
            problems.append(_not_printed(zh, key, text))
    checkpoint = document.get("checkpoint")
    if isinstance(checkpoint, str) and not all(map(printed.holds, checkpoint.split()[:2])):
        problems.append(_not_printed("日志检查点", "checkpoint", checkpoint[:24] + "…"))
    return (*problems, *_of_one_case(sources))


def _noted(document: Mapping[str, Any]) -> Iterator[Figure]:
    listed = document.get("figures")
    for one in listed if isinstance(listed, list) else ():
        if isinstance(one, dict):
            yield Figure(*(str(one.get(key, "")) for key in ("of", "name", "text")))


def _contradiction(printed: PrintedText, values: Mapping[str, Any], figure: Figure) -> Label | None:
    value = values.get(figure.of)
    if figure.text not in spellings(value):
        shown = "—" if value is None else str(value)[:MOST]
        return Label(
            f"文书印的“{figure.name}”是 {figure.text}，内含数据却是 {shown}。",
            f"The paper prints {figure.text} for “{figure.of}”, but the data inside say {shown}.",
        )
    if printed.holds(figure.text):
        return None
    return _not_printed(figure.name, figure.of, figure.text)


def _not_printed(zh: str, en: str, text: str) -> Label:
    return Label(
        f"内含数据的“{zh}”是 {text}，页面上却没有印着：正文被改过，或数据不是这份文书的。",
        f"The data inside say {text} for “{en}”, but no page prints it: the text was changed, or "
        "the data are another paper's.",
    )


def _of_one_case(sources: Mapping[str, Mapping[str, Any]]) -> Iterator[Label]:
    case, check = sources.get("case"), sources.get("check")
    if not case or not check:
        return
    for key, zh in (("case_type", "事项"), ("accepted_on", "受理日期"), ("stage", "环节")):
        if key in case and key in check and case[key] != check[key]:
            yield Label(
                f"内含的案件数据与审查报告不是同一件案的：{zh}分别是 {case[key]} 和 {check[key]}。",
                f"The case and the report inside are not of one case: {key} is {case[key]} in "
                f"one and {check[key]} in the other.",
            )


def code_problem(printed: PrintedText, data: bytes) -> Label | None:
    """Whether the printed 核验码 is that of the data inside (case and report)."""
    digest = printed_digest(printed.pages[-1]) if printed.pages else None
    wanted = sha256_hex(data)[:DIGITS]
    if digest == wanted:
        return None
    if digest is None:
        return Label(
            "末页没有印核验码，或印了不止一个。",
            "The last page has no printed code, or more than one.",
        )
    return Label(
        f"末页印的核验码（{digest[:8]}…）与内含数据的（{wanted[:8]}…）不符：数据不是这份文书的。",
        f"The code printed on the last page ({digest[:8]}…) is not that of the data inside "
        f"({wanted[:8]}…): the data are another paper's.",
    )


def order_problem(printed: PrintedText, document: Mapping[str, Any]) -> Label | None:
    """Whether the pages' printed numbers count them from the first to the last.

    The first page of correspondence has none (GB/T 9704-2012, 10.1); it has the document's.
    """
    count = len(printed.pages)
    headed = document.get("form") == "correspondence" and _holds(printed.dense[:1], document)
    for number, page in enumerate(printed.pages, 1):
        own = {int(found) for pair in _PAGE_NUMBER.findall(page) for found in pair if found}
        totals = {int(found) for found in _PAGES_IN_ALL.findall(page)}
        counted = number in own or count == 1 or (number == 1 and headed)
        if not counted or totals - {count}:
            return Label(
                f"全文 {count} 页，第 {number} 页印的页码不对：页面被抽换、增减或调换。",
                f"Page {number} of {count} does not bear that number: pages were exchanged, "
                "added or taken out.",
            )
    return None


def _holds(pages: Sequence[str], document: Mapping[str, Any]) -> bool:
    """Whether a page bears the document's number."""
    number = "".join(str(document.get("number", "")).split())
    return bool(number) and any(number in page for page in pages)
