"""Three-valued truth: True, False, or None where a field that decides is still empty.

A rule fails as soon as the fields given suffice to show it, and passes only when they
suffice for that; these two connectives carry that through combined conditions.
"""

from __future__ import annotations


def either(*conditions: bool | None) -> bool | None:
    """True if any is true, False if all are false, else None."""
    if any(condition is True for condition in conditions):
        return True
    return None if None in conditions else False


def both(*conditions: bool | None) -> bool | None:
    """False if any is false, True if all are true, else None."""
    if any(condition is False for condition in conditions):
        return False
    return None if None in conditions else True


def on_occasion(occasion: bool | None, condition: bool | None) -> bool | None:
    """The condition where its occasion is known, else None."""
    return None if occasion is None else condition


def opposite(condition: bool | None) -> bool | None:
    """The opposite of what is known, None of what is not."""
    return None if condition is None else not condition
