"""One regulation, whole: its days, its figures with theirs, its articles, its rules."""

from __future__ import annotations

import re
from html import escape
from itertools import groupby
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QTextBrowser

from auditdesk.regulations import law_words, lawbook
from auditdesk.regulations.lawbook import State
from auditdesk.ui.base.context import named
from auditdesk.ui.base.signs import sign_of_severity
from auditdesk.ui.models.regulations import origin, sign_of_state

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from auditdesk.domain.regulation import Parameter, ParameterValue, Regulation
    from auditdesk.regulations.lawbook import Entry, Use
    from auditdesk.ui.base.context import Context
    from auditdesk.util.label import Label


# the id of a field or of a choice, as figures name them
_ID = re.compile(r"[a-z][a-z0-9_]{3,}")


def in_words(figure: str, uses: Iterable[Use], text: Callable[[Label], str]) -> str:
    """A figure with the labels of the fields and choices that it names by their ids."""
    known: dict[str, str] = {}
    for case_type in {use.case_type.id: use.case_type for use in uses}.values():
        for field in case_type.fields:
            known.setdefault(field.id.removesuffix(".name"), text(field.label))
        choices = [c for field in case_type.fields for c in field.choices]
        choices += [c for computed in case_type.computed for c in computed.choices]
        for choice in choices:
            known.setdefault(choice.id, text(choice.label))
    return _ID.sub(lambda found: known.get(found[0], found[0]), figure)


class RegulationPanel(QTextBrowser):
    """A read-only rendering that can be searched, selected and copied."""

    def __init__(self, ctx: Context) -> None:
        super().__init__()
        self._ctx = ctx
        self.setOpenLinks(False)
        named(self, ctx.say("依据内容", "The regulation"))

    def show_entry(self, entry: Entry | None) -> None:
        """Show a regulation, or nothing."""
        self.setHtml("".join(self._html(entry)) if entry else "")

    def _html(self, entry: Entry) -> Iterator[str]:
        regulation, text = entry.regulation, self._ctx.text
        size = self._ctx.px(18)
        yield f"<p style='font-size:{size}px;font-weight:bold'>{escape(text(regulation.title))}</p>"
        yield self._muted(f"{regulation.number} · {text(regulation.issuer)} · {regulation.id}")
        yield "".join(self._standing(entry))
        yield from self._figures(entry)
        yield from self._articles(regulation)
        yield from self._rules(entry)
        yield from self._periods(entry)

    def _standing(self, entry: Entry) -> Iterator[str]:
        say, regulation = self._ctx.say, entry.regulation
        sign = sign_of_state(entry.state)
        first, last = regulation.first_day, regulation.last_day
        days = f"{first} – {last}" if last else say(f"自 {first} 起，未定期限", f"from {first}")
        state = f"<b>{sign.mark} {escape(self._ctx.text(sign.word))}</b>　{days}"
        yield f"<p style='color:{sign.colour(self._ctx.colours)}'>{state}</p>"
        for line in self._facts(entry):
            yield f"<p>{escape(line)}</p>"

    def _facts(self, entry: Entry) -> Iterator[str]:
        say, text, regulation = self._ctx.say, self._ctx.text, entry.regulation
        if entry.state is State.ENDING:
            yield text(law_words.ending(entry))
        if regulation.ending:
            yield text(regulation.ending)
        if regulation.by_reference:
            article = text(regulation.cited(regulation.by_reference))
            yield say(
                f"首日之前受理的案件参照适用（{article}）",
                f"Earlier cases are judged by reference ({article})",
            )
        if entry.before:
            short = text(entry.before.short)
            yield say(f"接续：{short}", f"Succeeds: {short}")
        if entry.after and entry.state is not State.ENDING:
            short, first = text(entry.after.short), entry.after.first_day
            yield say(f"自 {first} 起由 {short} 接续", f"Succeeded by {short} from {first}")
        yield say(f"来源：{origin(entry).zh}", f"Origin: {origin(entry).en}")

    def _figures(self, entry: Entry) -> Iterator[str]:
        say, parameters = self._ctx.say, entry.regulation.parameters
        if not parameters:
            return
        yield self._heading(say("参数", "Figures"))
        heads = (
            say("名称", "Figure"),
            say("数值", "Value"),
            say("条款", "Article"),
            say("有效期", "Days in force"),
        )
        rows = [
            self._figure(entry, parameter, value)
            for parameter in parameters
            for value in parameter.values
        ]
        yield self._table(heads, rows)
        notes = [(p.label, p.note) for p in parameters if p.note]
        if notes:
            yield self._heading(say("对原文的理解", "Readings of the text"))
        for label, note in notes:
            yield f"<p><b>{escape(self._ctx.text(label))}</b>　{escape(self._ctx.text(note))}</p>"

    def _figure(self, entry: Entry, parameter: Parameter, value: ParameterValue) -> tuple[str, ...]:
        text, regulation = self._ctx.text, entry.regulation
        # the unit of a word lists the words that there are
        unit = "" if parameter.kind == "text" else f" {text(parameter.unit)}"
        figure = text(lawbook.shown(parameter, value))
        shown = f"{in_words(figure, entry.uses, text)}{unit}"
        last = min(filter(None, (value.last_day, regulation.last_day)), default=None)
        valid = entry.value(parameter) is value
        return (
            escape(text(parameter.label)),
            f"<b>{escape(shown)}</b>" if valid else escape(shown),
            escape(text(regulation.cited(value.article))),
            f"{value.first_day} – {last or ''}",
        )

    def _articles(self, regulation: Regulation) -> Iterator[str]:
        say, text = self._ctx.say, self._ctx.text
        yield self._heading(say("条款要点", "Gist of the articles"))
        rows = []
        for article in regulation.articles:
            gist = escape(text(article.gist))
            if article.replaces:
                numbers = "、".join(article.replaces)
                gist += self._muted(say(f"接续原第 {numbers} 条", f"replaces {numbers}"))
            rows.append((escape(text(regulation.cited(article.number))), gist))
        yield self._table(
            (say("条款", "Article"), say("要点（非原文）", "Gist, in our words")), rows
        )

    def _rules(self, entry: Entry) -> Iterator[str]:
        say, text, regulation = self._ctx.say, self._ctx.text, entry.regulation
        yield self._heading(say("引用它的规则", "Rules that cite it"))
        if not entry.uses:
            yield self._muted(say("没有规则引用。", "No rule cites it."))
        if entry.told:
            yield f"<p>{escape(text(law_words.TOLD))}</p>"
        for case_type, uses in groupby(entry.uses, key=lambda use: use.case_type):
            yield f"<p><b>{escape(text(case_type.label))}</b></p>"
            rows = []
            for use in uses:
                sign = sign_of_severity(use.rule.severity)
                mark = f"<span style='color:{sign.colour(self._ctx.colours)}'>{sign.mark}</span>"
                articles = "、".join(text(regulation.cited(number)) for number in use.articles)
                word = escape(text(sign.word))
                rows.append((f"{mark} {word}", escape(text(use.rule.title)), escape(articles)))
            heads = (say("性质", "Kind"), say("规则", "Rule"), say("条款", "Article"))
            yield self._table(heads, rows)

    def _periods(self, entry: Entry) -> Iterator[str]:
        """The legal periods that rest on it, where there are any."""
        say, text = self._ctx.say, self._ctx.text
        if entry.clocks:
            yield self._heading(say("据以计算的期限", "Periods that rest on it"))
            rows = [
                (
                    escape(text(use.case_type.label)),
                    escape(text(use.clock.label)),
                    escape("、".join(text(entry.regulation.cited(n)) for n in use.articles)),
                )
                for use in entry.clocks
            ]
            heads = (say("事项", "Case type"), say("期限", "Period"), say("条款", "Article"))
            yield self._table(heads, rows)

    def _heading(self, text: str) -> str:
        colours, px = self._ctx.colours, self._ctx.px
        style = f"font-size:{px(15)}px;font-weight:bold;color:{colours.accent}"
        return f"<p style='{style};margin-top:{px(14)}px'>{escape(text)}</p>"

    def _muted(self, text: str) -> str:
        colours, px = self._ctx.colours, self._ctx.px
        return f"<p style='color:{colours.muted};font-size:{px(12)}px'>{escape(text)}</p>"

    def _table(self, heads: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
        colours = self._ctx.colours
        shape = f"width='100%' cellspacing='0' cellpadding='{self._ctx.px(4)}'"
        head = "".join(
            f"<th align='left' style='color:{colours.muted}'>{escape(h)}</th>" for h in heads
        )
        lines = [f"<tr bgcolor='{colours.raised}'>{head}</tr>"]
        for number, row in enumerate(rows):
            ground = colours.raised if number % 2 else colours.base
            cells = "".join(f"<td>{cell}</td>" for cell in row)
            lines.append(f"<tr bgcolor='{ground}'>{cells}</tr>")
        return f"<table {shape}>{''.join(lines)}</table>"
