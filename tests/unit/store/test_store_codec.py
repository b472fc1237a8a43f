from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from types import MappingProxyType

import pytest

from auditdesk.store import codec
from auditdesk.util.faults import UnusableInputError


def test_days_and_moments_come_back():
    day, moment = date(2022, 2, 28), datetime(2022, 2, 28, 16, 30, tzinfo=UTC)
    assert codec.day_out(codec.day_in(day)) == day
    assert codec.day_in(None) is None
    assert codec.day_out(None) is None
    assert codec.moment_in(moment) == "2022-03-01T00:30:00+08:00"
    assert codec.moment_out(codec.moment_in(moment)) == moment
    assert codec.maybe_moment_out(None) is None
    assert codec.maybe_moment_out(codec.moment_in(moment)) == moment


def test_json_comes_back_as_plain_values():
    value = MappingProxyType({"名": ["甲", 1, True, None, {"a": ()}]})
    assert codec.json_out(codec.json_in(value)) == {"名": ["甲", 1, True, None, {"a": []}]}


def test_an_object_that_is_read_later_is_what_its_text_says():
    later = codec.ReadLater(codec.json_in({"report": {"verdict": "pass"}, "reasons": []}))
    assert later == {"report": {"verdict": "pass"}, "reasons": []}
    assert (len(later), set(later)) == (2, {"reasons", "report"})
    assert later["report"] is later["report"]  # read once
    assert later.get("english") is None


@pytest.mark.parametrize(
    "bad", [1.5, Decimal("1.5"), float("nan"), [b"x"], {"a": {1}}, {"a": 1e300}]
)
def test_floats_and_whatever_is_no_json_never_get_in(bad):
    with pytest.raises(TypeError):
        codec.json_in(bad)
    with pytest.raises(TypeError):
        codec.canonical(bad)


def test_a_journal_body_has_text_as_names():
    with pytest.raises(TypeError):
        codec.canonical({1: "a"})


def test_canonical_json_sorts_names_and_keeps_large_integers_exact():
    assert codec.canonical({"b": 1, "a": "章"}) == '{"a":"章","b":1}'.encode()
    assert codec.canonical([2**53 - 1, 2**53, -(2**60)]) == (
        b'[9007199254740991,"9007199254740992","-1152921504606846976"]'
    )
    assert codec.json_in(2**60) == str(2**60)


def test_half_a_character_is_told_in_a_sentence():
    for bad in ({"a": "x\ud800"}, {"\udfff": "a"}, ["章\ud800"]):
        with pytest.raises(UnusableInputError) as fault:
            codec.json_in(bad)
        assert "残缺字符" in fault.value.message.zh
