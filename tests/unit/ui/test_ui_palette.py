"""Both themes can be read: every text on every ground it stands on."""

from __future__ import annotations

import re

import pytest

from auditdesk.ui.base.palette import DARK, LIGHT, contrast
from auditdesk.ui.base.sheet import style_sheet

GROUNDS = ("window", "base", "raised")
TEXTS = ("text", "muted", "accent", "block", "justify", "notice", "good")


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
def test_every_text_has_a_contrast_of_at_least_four_and_a_half(colours):
    pairs = [(getattr(colours, t), getattr(colours, g)) for t in TEXTS for g in GROUNDS]
    pairs += [
        (getattr(colours, tone), getattr(colours, f"{tone}_soft"))
        for tone in ("block", "justify", "notice", "good")
    ]
    pairs += [(colours.text, getattr(colours, f"{t}_soft")) for t in ("block", "justify", "good")]
    pairs += [(colours.on_accent, colours.accent), (colours.text, colours.hover)]
    pairs += [(colours.text, colours.accent_soft), (colours.muted, colours.accent_soft)]
    pairs += [(colours.on_accent, colours.accent_hover)]
    assert [(a, b) for a, b in pairs if contrast(a, b) < 4.5] == []


def test_contrast_is_that_of_the_standard():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("size", [100, 130, 200])
def test_the_style_sheet_has_no_gaps_and_grows_with_the_text(size):
    sheet = style_sheet(LIGHT, size)
    assert "$" not in sheet
    sizes = [int(n) for n in re.findall(r"font-size: (\d+)px", sheet)]
    assert min(sizes) == round(12 * size / 100)
