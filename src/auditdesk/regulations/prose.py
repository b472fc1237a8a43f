"""Sentences of findings, which are written for the screen, as an official paper prints them."""

from __future__ import annotations

import re
from decimal import Decimal

from auditdesk.domain.money import fen_from_yuan, yuan_grouped

_DAY = re.compile(r"(?<![\w-])(\d{4})-(\d\d)-(\d\d)(?![\w-])")
_YUAN = re.compile(r"(?<![\w.,-])(\d{4,15}(?:\.\d{1,2})?)(?= ?元)")
# A space between figures or Latin letters and Chinese; GB/T 9704 papers have none.
_SPACE = re.compile(r"(?<=[0-9A-Za-z%]) (?=[\u4e00-\u9fff])|(?<=[\u4e00-\u9fff]) (?=[0-9A-Za-z])")


def official(text: str) -> str:
    """Dates as 2022年3月1日, yuan in groups of three digits, no spaces around figures."""
    text = _DAY.sub(lambda day: f"{int(day[1])}年{int(day[2])}月{int(day[3])}日", text)
    text = _YUAN.sub(lambda yuan: yuan_grouped(fen_from_yuan(Decimal(yuan[1]))), text)
    return _SPACE.sub("", text)
