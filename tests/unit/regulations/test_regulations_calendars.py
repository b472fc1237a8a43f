"""A year's calendar from a file: its form, and where exactly a bad one is wrong."""

from __future__ import annotations

from datetime import date

import pytest

from auditdesk.regulations.calendars import LARGEST_FILE, read_year
from auditdesk.util.faults import UnusableInputError

GOOD = """\
# 国办发明电〔2026〕1号
year = 2027
holidays = [
    2027-01-01, 2027-01-02, # 元旦
    2027-02-05,
]
workdays = [2027-02-20]
"""


def read(text, name="calendar.toml"):
    return read_year(name, text.encode() if isinstance(text, str) else text)


def test_a_year_with_its_days():
    days = read(GOOD)
    assert days.year == 2027
    assert days.holidays == {date(2027, 1, 1), date(2027, 1, 2), date(2027, 2, 5)}
    assert days.workdays == {date(2027, 2, 20)}


def test_the_name_of_the_file_says_the_year_where_the_file_does_not():
    text = GOOD.replace("year = 2027\n", "")
    assert read(text, "2027.toml").year == 2027
    with pytest.raises(UnusableInputError, match="year = 2027"):
        read(text, "放假安排.toml")
    assert read(GOOD, "2026.toml").year == 2027


def test_windows_line_ends_and_a_byte_order_mark_do_no_harm():
    assert read(b"\xef\xbb\xbf" + GOOD.replace("\n", "\r\n").encode()) == read(GOOD)


def changed(old, new):
    assert old in GOOD
    return GOOD.replace(old, new)


BAD = {
    "no such day": (changed("2027-02-05,", "2027-02-30,"), 5, "2027-02-30"),
    "another year": (changed("2027-02-05,", "2026-02-05,"), 5, "2026-02-05"),
    "twice": (changed("2027-02-05,", "2027-02-05,\n    2027-02-05,"), 6, "2027-02-05"),
    "twice in a line": (changed("2027-01-02", "2027-01-01"), 4, "2027-01-01"),
    "off and worked": (changed("2027-02-05,", "2027-02-20,"), 7, "2027-02-20"),
    "worked on a weekday": (changed("[2027-02-20]", "[2027-02-19]"), 7, "2027-02-19"),
    "in quotes": (changed("2027-02-05,", '"2027-02-05",'), 5, "2027-02-05"),
    "with a time": (changed("2027-02-05,", "2027-02-05T08:00:00,"), 5, "2027-02-05T08:00:00"),
    "a number": (changed("2027-02-05,", "20270205,"), 5, "20270205"),
    "not TOML": (changed("workdays = [", "workdays = "), 7, "TOML"),
    "ends early": (changed("workdays = [2027-02-20]", "workdays = [2027-02-20"), 8, "TOML"),
    "another item": (changed("workdays", "work_days"), 7, "work_days"),
    "no list": (changed("[2027-02-20]", "2027-02-20"), 7, "workdays"),
    "a year long ago": (changed("2027\n", "1999\n"), 2, "2004"),
    "a year in words": (changed("year = 2027", 'year = "2027"'), 2, "year"),
}


@pytest.mark.parametrize(("text", "line", "day"), BAD.values(), ids=BAD)
def test_a_bad_file_names_its_line_and_what_stands_there(text, line, day):
    with pytest.raises(UnusableInputError) as refused:
        read(text)
    message = refused.value.message
    assert f"第 {line} 行" in message.zh
    assert day in message.zh
    assert f"line {line}:" in message.en
    assert day in message.en
    assert "calendar.toml" in message.en


@pytest.mark.parametrize(
    "content",
    ["", "year = 2027\n", "year = 2027\nholidays = []\nworkdays = []\n", b"\xff\xfe", b"\x00"],
    ids=repr,
)
def test_a_file_without_days_is_refused_in_words(content):
    with pytest.raises(UnusableInputError, match=r"not imported|nothing was imported"):
        read(content)


def test_a_huge_file_is_refused():
    with pytest.raises(UnusableInputError, match="too large"):
        read(b"#" * (LARGEST_FILE + 1))


def test_a_day_in_a_remark_is_not_mistaken_for_it():
    text = changed("# 国办发明电〔2026〕1号", "# not 2026-02-05").replace(
        "2027-02-05", "2026-02-05"
    )
    with pytest.raises(UnusableInputError, match="line 5: 2026-02-05"):
        read(text)
