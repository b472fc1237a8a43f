"""Sentences of findings, which are written for the screen, as an official paper prints them."""

from __future__ import annotations

import re
from decimal import Decimal

from auditdesk.domain.money import fen_from_yuan, yuan_grouped

# Chinese characters and the marks that go with them: 。《（“… and the planes of rare characters.
_CHINESE = (
    "\u2014\u2018-\u201d\u2026\u3000-\u30ff\u3400-\u9fff\uf900-\ufaff\uff00-\uffef"
    "\U00020000-\U0003ffff"
)
# A day with the blanks beside it: after 日 there is none, before the year none after Chinese.
_DAY = re.compile(
    rf"(?:(?<=[{_CHINESE}]) )?(?<![0-9A-Za-z_-])(\d{{4}})-(\d\d)-(\d\d)(?![0-9A-Za-z_-]) ?"
)
_YUAN = re.compile(r"(?<![\w.,-])(\d{4,15}(?:\.\d{1,2})?)(?= ?元)")
# A space between figures or Latin letters and Chinese; GB/T 9704 papers have none.
_SPACE = re.compile(rf"(?<=[0-9A-Za-z%]) (?=[{_CHINESE}])|(?<=[{_CHINESE}]) (?=[0-9A-Za-z])")


def official(text: str) -> str:
    """Dates as 2022年3月1日, yuan in groups of three digits, no blanks around figures."""
    text = _DAY.sub(lambda day: f"{int(day[1])}年{int(day[2])}月{int(day[3])}日", text)
    text = _YUAN.sub(lambda yuan: yuan_grouped(fen_from_yuan(Decimal(yuan[1]))), text)
    return _SPACE.sub("", text)


def behind(unit: str) -> str:
    """A unit as it stands behind a figure: 50年, 60%; symbols in letters after a blank, 15 m."""
    return f" {unit}" if unit[:1].isascii() and unit[:1].isalpha() else unit
