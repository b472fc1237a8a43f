"""How official papers cite: titles in 《》, document numbers, articles in Chinese numerals."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from auditdesk.domain.numerals import LARGEST, chinese_numeral
from auditdesk.regulations.law import ALWAYS_IN_FORCE

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from auditdesk.domain.declaration import Citation
    from auditdesk.domain.regulation import Regulation
    from auditdesk.regulations.law import Law

# 22, 22(3), 二(一)4, 二(一)末段: an article or part, an item of it, a point of that.
_PIECE = re.compile(r"(?P<whole>[0-9]+|[一二三四五六七八九十]+)(\((?P<item>[^)]+)\)(?P<rest>.*))?")
# Decrees: laws and the State Council's regulations are cited by their title alone.
_DECREES = ("主席令", "国务院令")


def official_article(regulation: Regulation, number: str) -> str:
    """A piece of a regulation as papers cite it: 第二十二条第（三）项, 第二部分第（一）项第4点.

    What has no number of that form, as 末段 or the 3.0.1 of a standard, stands for itself.
    """
    found = _PIECE.fullmatch(number)
    if found is None:
        return number
    text = f"第{_numeral(found['whole'])}{regulation.division.zh}"
    if not found["item"]:
        return text
    text += f"第（{_numeral(found['item'])}）项"
    rest = found["rest"]
    return text + (f"第{rest}点" if rest.isascii() and rest.isdigit() else rest)


def _numeral(number: str) -> str:
    if number.isascii() and number.isdigit() and int(number) <= LARGEST:
        return chinese_numeral(int(number))
    return number


def official_articles(regulation: Regulation, numbers: Iterable[str]) -> str:
    """Pieces of one regulation; items of one article after it: 第二十二条第（三）项、第（四）项."""
    found, before = [], ""
    for number in numbers:
        text = official_article(regulation, number)
        whole = official_article(regulation, number.partition("(")[0])
        is_item = text != whole
        found.append(text.removeprefix(whole) if is_item and whole == before else text)
        before = whole if is_item else ""
    return "、".join(found)


def official_title(regulation: Regulation) -> str:
    """A regulation at its first mention: its title in 《》, with the document number if it has one.

    Decrees have none that is cited.
    """
    title = f"《{regulation.title.zh}》"
    return title if regulation.number.startswith(_DECREES) else f"{title}（{regulation.number}）"


def short_title(regulation: Regulation) -> str:
    """A regulation mentioned again, or in a list: its document number, or its short title."""
    if regulation.short.zh == regulation.number:
        return regulation.number
    return f"《{regulation.short.zh}》"


def by_regulation(citations: Iterable[Citation]) -> dict[str, list[str]]:
    """The articles cited of each regulation, in the order in which they are named."""
    articles: dict[str, list[str]] = {}
    for citation in citations:
        articles.setdefault(citation.regulation, []).append(citation.article)
    return articles


def sources_text(law: Law, citations: Sequence[Citation]) -> str:
    """Sources as lists print them: 济政办发〔2021〕21号第十九条；《土地管理法》第六十三条."""
    return "；".join(
        _source(law, name, articles) for name, articles in by_regulation(citations).items()
    )


def _source(law: Law, name: str, articles: list[str]) -> str:
    regulation = law.regulation(name)
    if regulation is None:
        return f"{_NO_REGULATION.get(name, name)}：{'、'.join(articles)}"
    return short_title(regulation) + official_articles(regulation, articles)


_NO_REGULATION = {"logic": "逻辑", "practice": "办理惯例"}


def of_law(citations: Iterable[Citation]) -> tuple[Citation, ...]:
    """The citations of regulations, without arithmetic and custom."""
    return tuple(c for c in citations if c.regulation not in ALWAYS_IN_FORCE)
