"""How texts become tokens of the search index, and what is typed a query on it.

Chinese text is cut into single characters and overlapping pairs, so that any two-character
word is found (SQLite's trigram tokenizer finds none). The initials of its pinyin are cut
the same way; what lists filter on are tokens, too.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from auditdesk.store.records import CaseFilter

_HAN = "\u3007\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_RUNS = re.compile(f"[{_HAN}]+|[^\\W_{_HAN}]+")
_IS_HAN = re.compile(f"[{_HAN}]")
_LATIN = re.compile(r"[a-z]+")
_LONGEST_QUERY = 100

# Where the dictionary's reading is not the local one: places, and family names that begin
# a text (both readings are kept, for 曾 is also the first character of ordinary words).
_PLACES = {"长清": "cq", "单县": "sx", "莘县": "sx", "东阿": "de", "临朐": "lq", "乐安": "la"}
_FAMILY_NAMES = {
    "单": "s",
    "仇": "q",
    "曾": "z",
    "解": "x",
    "查": "z",
    "区": "o",
    "覃": "q",
    "长": "c",
    "朴": "p",
    "员": "y",
    "盖": "g",
    "尹": "y",
    "乜": "n",
    "宓": "f",
    "洗": "x",
    "繁": "p",
    "折": "s",
    "种": "c",
    "翟": "z",
    "重": "c",
    "隗": "k",
}

# Column of a case → the letter by which its value becomes a filter token.
_FILTERS = {
    "case_type": "t",
    "status": "s",
    "stage": "g",
    "district": "d",
    "place": "p",
    "verdict": "v",
    "created_by": "u",
}


def words(texts: Iterable[str]) -> str:
    """The tokens of some texts: pairs and single characters of Chinese, whole other words."""
    return " ".join(token for text in texts for run in _runs(text) for token in _tokens(run))


def initials(texts: Iterable[str]) -> str:
    """The pinyin initials of the Chinese in some texts, cut into pairs.

    Imports pypinyin (0.2 s the first time): for writing only.
    """
    runs = {run for text in texts for run in _runs(text) if _IS_HAN.match(run)}
    return " ".join(
        token for run in sorted(runs) for each in _readings(run) for token in _cut(each)
    )


def plain(texts: Iterable[str]) -> str:
    """Texts as they are looked through for a part of them: one form of letters, line by line."""
    return "\n".join(unicodedata.normalize("NFKC", text).casefold() for text in texts)


def spelled(texts: Iterable[str]) -> str:
    """The pinyin initials of the Chinese in some texts, whole, line by line; see `initials`."""
    runs = {run for text in texts for run in _runs(text) if _IS_HAN.match(run)}
    return "\n".join(sorted(letters for run in runs for letters in _readings(run)))


def filters(row: Mapping[str, Any]) -> str:
    """The filter tokens of a case's columns."""
    return " ".join(_filter_token(column, str(row[column])) for column in _FILTERS)


def query(text: str, case_filter: CaseFilter) -> str | None:
    """What is typed and chosen as an FTS5 query; None where nothing can be searched for."""
    parts = [part for word in text[:_LONGEST_QUERY].split() for part in _parts(word)]
    if not parts:
        return None
    for column in _FILTERS:
        value = getattr(case_filter, column)
        if value is not None:
            parts.append(f'filters : "{_filter_token(column, value)}"')
    return " AND ".join(parts)


def _runs(text: str) -> list[str]:
    return _RUNS.findall(unicodedata.normalize("NFKC", text).casefold())


def _tokens(run: str) -> list[str]:
    if not _IS_HAN.match(run):
        return [run]
    return [*_cut(run), *run] if len(run) > 1 else [run]


def _cut(run: str) -> list[str]:
    return [run[i : i + 2] for i in range(len(run) - 1)] or [run]


def _readings(run: str) -> set[str]:
    from pypinyin import Style, lazy_pinyin  # noqa: PLC0415 – takes 0.2 s to import

    known = lazy_pinyin(run, style=Style.FIRST_LETTER, errors=_unknown)
    letters = "".join(known)
    for place, reading in _PLACES.items():
        start = run.find(place)
        if start >= 0:
            letters = letters[:start] + reading + letters[start + len(place) :]
    family = _FAMILY_NAMES.get(run[0])
    both = {letters, family + letters[1:]} if family else {letters}
    return {reading.replace("?", "") for reading in both} - {""}


def _unknown(characters: str) -> str:
    return "?" * len(characters)


def _parts(word: str) -> list[str]:
    """One typed word: its Chinese runs each a phrase, what lies between them one phrase."""
    parts: list[str] = []
    others: list[str] = []
    for run in _runs(word):
        if _IS_HAN.match(run):
            parts.append(f'words : "{" ".join(_cut(run))}"')
        else:
            others.append(run)
    if others:
        parts.append(_other(others))
    return parts


def _other(runs: list[str]) -> str:
    as_word = f'words : "{" ".join(runs)}" *'
    (first, *more) = runs
    if more or not _LATIN.fullmatch(first):
        return as_word
    star = " *" if len(first) == 1 else ""
    return f'({as_word} OR initials : "{" ".join(_cut(first))}"{star})'


def _filter_token(column: str, value: str) -> str:
    return _FILTERS[column] + value.encode("utf-8", "surrogatepass").hex()
