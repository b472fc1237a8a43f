"""What arguments of the form NAME=VALUE say."""

from __future__ import annotations

from auditdesk.util.faults import UnusableInputError


def pairs(arguments: tuple[str, ...]) -> dict[str, str]:
    """Arguments of the form NAME=VALUE.

    Raises:
        UnusableInputError: one has another form.
    """
    found = {}
    for argument in arguments:
        name, equals, value = argument.partition("=")
        if not (name and equals):
            raise UnusableInputError(
                f"{argument!r} 应写作 名称=值。", f"{argument!r} must be written NAME=VALUE."
            )
        found[name] = value
    return found
