"""Regulations that take the place of others: their order, their days, what they must agree on.

A successor names the regulation before it (`succeeds`), article by article what replaces what,
and its figures by the same ids. Nothing is guessed: a day on which two of a line would speak,
a figure of another kind, an article that replaces none, two that claim one place, is refused,
and only the file that says so. Source: the domain text, "Which rules hold on which day".
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from auditdesk.regulations.packs import PackError
from auditdesk.util.label import Label

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from auditdesk.domain.regulation import Parameter, Regulation

_Problem = tuple[str, str, str]
_NO_PREDECESSOR = Label(
    "没有可用的前一依据 {0}（编号有误、前一文件已停用，或几个文件互相接续成环）",
    "there is no usable regulation {0} to succeed (a wrong id, a file that is disabled, or files "
    "that succeed each other in a circle)",
)
_OVERLAP = Label(
    "与前一依据 {0} 的有效期（止期：{1}）重叠；如由本依据废止，请用 repealing_article 写明条款",
    "overlaps the days of {0} (last day: {1}); if it is repealed, name the article as "
    "repealing_article",
)
# A figure a thousand times that of the regulation before is a slip of the keyboard.
_FACTOR = 1000


def regulation_file(regulation_id: str) -> str:
    """Under which name a regulation's text is kept."""
    return f"regulations/{regulation_id}.toml"


def in_succession(
    regulations: Mapping[str, Regulation], trusted: Collection[str] = ()
) -> tuple[dict[str, Regulation], tuple[PackError, ...]]:
    """The regulations that fit each other, and why the others do not.

    A regulation that another one repeals early ends the day before that one begins.

    Args:
        regulations: all that could be loaded, by id.
        trusted: those that keep their place where another claims the same one.
    """
    problems: list[PackError] = []
    found = {r.id: r for r in regulations.values() if r.succeeds is None}
    waiting = [r for r in regulations.values() if r.succeeds is not None]
    rivals = _rivals(waiting, trusted)
    while ready := [r for r in waiting if r.succeeds in found]:
        waiting = [r for r in waiting if r not in ready]
        for regulation in ready:
            line = _ancestors(regulation, found)
            problem = rivals.get(regulation.id) or next(_misfits(regulation, line), None)
            if problem:
                problems.append(_error(regulation, problem))
            else:
                found[line[0].id] = ended_by(line[0], regulation)
                found[regulation.id] = regulation
    problems += [_error(r, _no_predecessor(r)) for r in waiting]
    return found, tuple(problems)


def line_of(regulation_id: str, regulations: Mapping[str, Regulation]) -> tuple[Regulation, ...]:
    """A regulation and those that came after it, each in the place of the one before."""
    line = [regulations[regulation_id]]
    following = {r.succeeds: r for r in regulations.values() if r.succeeds is not None}
    while line[-1].id in following:
        line.append(following[line[-1].id])
    return tuple(line)


def ended_by(before: Regulation, successor: Regulation) -> Regulation:
    """The regulation before, with the last day that its successor leaves it."""
    last = successor.first_day - timedelta(days=1)
    if before.last_day is not None and before.last_day <= last:
        return before
    article = successor.cited(successor.repealing_article)
    ending = Label(
        f"由{successor.short.zh}{article.zh}废止，最后有效日 {last.isoformat()}",
        f"Repealed by {successor.short.en} {article.en}; its last day is {last.isoformat()}",
    )
    return replace(before, last_day=last, ending=ending)


def _error(regulation: Regulation, problem: _Problem) -> PackError:
    key, zh, en = problem
    return PackError(regulation_file(regulation.id), key, en, zh)


def _no_predecessor(regulation: Regulation) -> _Problem:
    said, name = _NO_PREDECESSOR, regulation.succeeds
    return "succeeds", said.zh.format(name), said.en.format(name)


def own_mistakes(regulation: Regulation) -> PackError | None:
    """What a regulation's file says against itself: a thing given twice, days that cannot be."""
    problem = next(_against_itself(regulation), None)
    return _error(regulation, problem) if problem else None


def _against_itself(regulation: Regulation) -> Iterator[_Problem]:
    for name, ids in (
        ("articles", [a.number for a in regulation.articles]),
        ("parameters", [p.id for p in regulation.parameters]),
    ):
        for twice in (i for i, times in Counter(ids).items() if times > 1):
            yield f"{name}[{twice}]", "写了两次", "given twice"
    for key in ("repealing_article", "days_article", "by_reference"):
        number = getattr(regulation, key)
        if number and regulation.article(number) is None:
            yield key, f"本文件没有第 {number} 条", f"no article {number} in this file"
    if regulation.succeeds is None and any(a.replaces for a in regulation.articles):
        yield "succeeds", "写了 replaces，却没有写明接续哪个依据", "replaces what is not named"
    if regulation.last_day is not None and regulation.last_day < regulation.first_day:
        yield "last_day", "早于首日", "comes before the first day"
    for parameter in regulation.parameters:
        yield from _dated(parameter, regulation)
        if parameter.words and any(v.value not in parameter.words for v in parameter.values):
            words = " / ".join(parameter.words)
            yield f"parameters[{parameter.id}].values", f"只能是 {words}", f"must be one of {words}"


def _dated(parameter: Parameter, regulation: Regulation) -> Iterator[_Problem]:
    """Values follow each other within the regulation's days, and none speaks beside another."""
    key = f"parameters[{parameter.id}].values"
    end = regulation.last_day or date.max
    free = regulation.first_day
    for value in sorted(parameter.values, key=lambda v: v.first_day):
        last = value.last_day or date.max
        if value.first_day < free or last < value.first_day:
            yield key, "日期重叠、颠倒，或早于首日", "days overlap, are upside down, or too early"
        if last > end and value.last_day is not None:
            yield key, "晚于本依据的最后有效日", "last longer than the regulation"
        free = min(last, date.max - timedelta(days=1)) + timedelta(days=1)


def _rivals(waiting: list[Regulation], trusted: Collection[str]) -> dict[str, _Problem]:
    """Those that claim the place after a regulation that another one claims, too."""
    claims = Counter(r.succeeds for r in waiting)
    found = {}
    for regulation in waiting:
        others = [r.id for r in waiting if r.succeeds == regulation.succeeds and r != regulation]
        if claims[regulation.succeeds] > 1 and regulation.id not in trusted:
            names = "、".join(others)
            found[regulation.id] = (
                "succeeds",
                f"{regulation.succeeds} 同时被 {names} 接续，只能有一个",
                f"{regulation.succeeds} is succeeded by {', '.join(others)}, too; only one can",
            )
    return found


def _ancestors(regulation: Regulation, found: Mapping[str, Regulation]) -> list[Regulation]:
    """The regulations before it, the nearest first."""
    line = []
    name = regulation.succeeds
    while name is not None:
        line.append(found[name])
        name = line[-1].succeeds
    return line


def _misfits(regulation: Regulation, line: list[Regulation]) -> Iterator[_Problem]:
    """What does not fit between a regulation and those that it succeeds."""
    yield from _days(regulation, line[0])
    yield from _articles(regulation, line[0])
    for parameter in regulation.parameters:
        earlier = [p for before in line if (p := before.figure(parameter.id)) is not None]
        if earlier:
            yield from _figure(parameter, earlier)


def _days(regulation: Regulation, before: Regulation) -> Iterator[_Problem]:
    if regulation.by_reference is not None:
        yield (
            "by_reference",
            "接续的依据只管自首日起受理的案件，此前的日子属于前一依据",
            "a successor holds from its first day on; the days before are its predecessor's",
        )
    if regulation.first_day <= before.first_day:
        yield (
            "first_day",
            f"应晚于前一依据的首日 {before.first_day}",
            f"must come after the first day of the regulation before, {before.first_day}",
        )
    overlap = before.last_day is None or before.last_day >= regulation.first_day
    if overlap and not regulation.repealing_article:
        said, last = _OVERLAP, before.last_day
        zh = said.zh.format(before.id, last or "未定")
        yield "first_day", zh, said.en.format(before.id, last or "none given")


def _articles(regulation: Regulation, before: Regulation) -> Iterator[_Problem]:
    known = {article.number for article in before.articles}
    for article in regulation.articles:
        for number in article.replaces:
            if before.article(number) is None and number not in known:
                yield (
                    f"articles[{article.number}].replaces",
                    f"前一依据 {before.id} 没有第 {number} 条",
                    f"{before.id} has no article {number}",
                )


def _figure(parameter: Parameter, earlier: list[Parameter]) -> Iterator[_Problem]:
    """A successor's figure is read by the same functions: it has to be of the same make."""
    key = f"parameters[{parameter.id}]"
    kind = earlier[-1].kind
    if parameter.kind != kind:
        yield (
            f"{key}.kind",
            f"应与前一依据相同，为 {kind}",
            f"must be as in the regulation before, {kind}",
        )
        return
    models = [v.value for v in earlier[-1].values]
    words = next((p.words for p in earlier if p.words), ())
    for value in parameter.values:
        problem = _value(parameter.kind, value.value, models, words)
        if problem:
            yield f"{key}.values", *problem


def _value(
    kind: str, value: Any, models: list[Any], words: tuple[str, ...]
) -> tuple[str, str] | None:
    match kind:
        case "integer":
            return _number(value, models)
        case "fraction" | "percent":
            return None if 0 <= value <= max(Fraction(1), *models) else _out_of_range("0", "1")
        case "table":
            return _keys(value, models)
        case "text" if words and value not in words:
            return f"只能是 {' / '.join(words)}", f"must be one of {' / '.join(words)}"
    return None


def _number(value: int, models: list[Any]) -> tuple[str, str] | None:
    least = 0 if min(models) == 0 else 1
    most = max(1, *models) * _FACTOR
    return None if least <= value <= most else _out_of_range(str(least), str(most))


def _out_of_range(least: str, most: str) -> tuple[str, str]:
    return f"应在 {least} 与 {most} 之间", f"must lie between {least} and {most}"


def _keys(value: Mapping[str, int], models: list[Any]) -> tuple[str, str] | None:
    """Steps may move; the names of other tables are values of fields and stay."""
    wanted = set(models[0])
    stepped = all(key.isascii() and key.isdigit() for key in wanted)
    if stepped:
        fits = bool(value) and all(key.isascii() and key.isdigit() for key in value)
        keys = Label("各档的数", "numbers, one a step")
    else:
        fits = set(value) == wanted
        keys = Label("、".join(sorted(wanted)), ", ".join(sorted(wanted)))
    if not fits:
        return f"表的键应为：{keys.zh}", f"the keys must be: {keys.en}"
    return None if min(value.values()) >= 0 else ("表中的数不能为负", "no number may be negative")
