"""Faults: what a person or the surroundings did wrong, told as a clear sentence.

Bugs are ordinary exceptions. A `Fault` is shown to the user in the user's language and
decides the exit status of a command; nothing half-done may remain when one is raised.
"""

from __future__ import annotations

from typing import ClassVar

from auditdesk.util.label import Label, Language


class Fault(Exception):  # noqa: N818 – a family of faults, not an error of the program
    """A fault with a sentence for the user: what went wrong and what to do about it."""

    exit_status: ClassVar[int] = 4

    def __init__(self, zh: str, en: str) -> None:
        """Keep the sentence in both languages."""
        super().__init__(en)
        self.message = Label(zh, en)

    def __reduce__(self) -> tuple[type[Fault], tuple[str, str]]:
        """Both sentences, for the way out of another process."""
        return type(self), (self.message.zh, self.message.en)

    def text(self, language: Language) -> str:
        """The sentence in the language asked for."""
        return self.message.text(language)


class UnusableInputError(Fault):
    """Input or arguments that cannot be used."""

    exit_status = 2


class RefusedError(Fault):
    """Refused: rights, a wrong passphrase, a wrong stage, four eyes."""

    exit_status = 3


class FallsShortError(Fault):
    """The work was done, but what was checked falls short."""

    exit_status = 1


class OfficeFaultError(Fault):
    """The office folder or its disk is at fault."""

    exit_status = 4
