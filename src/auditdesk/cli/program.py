"""What every command is given: the language, the office named, and how to sign in."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import click

from auditdesk.util.faults import UnusableInputError

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date
    from pathlib import Path

    from auditdesk.operations.desk import Desk
    from auditdesk.operations.offices import Surroundings
    from auditdesk.regulations.library import Library
    from auditdesk.util.label import Label, Language


@dataclass(frozen=True, slots=True)
class Outside:
    """What the composition root hands in; nothing is built before a command asks for it.

    Attributes:
        build: loads the law, the calendar and the rest.
        open_window: opens the window on an office (None: lets the user choose), returns its
            exit status.
    """

    build: Callable[[], Surroundings]
    open_window: Callable[[Path | None, Language], int]


@dataclass(frozen=True, slots=True)
class Program:
    """One call of the program; commands take it with `@click.pass_obj`."""

    language: Language
    office: Path | None
    user: str | None
    password_file: Path | None
    outside: Outside

    def text(self, label: Label) -> str:
        """A label in the language of this call."""
        return label.text(self.language)

    def say(self, zh: str, en: str) -> None:
        """Print a line on standard output in the language of this call."""
        click.echo(en if self.language == "en" else zh)

    def surroundings(self) -> Surroundings:
        """The law, the calendar, the clock; loaded now."""
        return self.outside.build()

    def today(self) -> date:
        """The present day in China."""
        from auditdesk.util.clock import today  # noqa: PLC0415 – only where it is asked for

        return today(self.surroundings().clock)

    def library(self) -> Library:
        """The law at hand, with the regulations of the office that was named, if one was.

        Raises:
            UnusableInputError: the office that was named is no folder.
        """
        from auditdesk.regulations.additions import with_additions  # noqa: PLC0415 – pydantic
        from auditdesk.regulations.shipped import shipped_library  # noqa: PLC0415 – as above

        library = shipped_library()
        if self.office is not None:
            if not self.office.is_dir():
                raise UnusableInputError(
                    f"没有办公单元目录 {self.office}；请改正 --office（或 AUDITDESK_OFFICE）。",
                    f"There is no folder {self.office}; correct --office (or AUDITDESK_OFFICE).",
                )
            library = with_additions(library, self.office)
        self._tell_problems(library)
        return library

    def _tell_problems(self, library: Library) -> None:
        """Say on standard error which packs are not used: cases are judged without them."""
        if library.problems:
            from auditdesk.regulations.law_words import not_used  # noqa: PLC0415 – seldom needed

            for problem in library.problems:
                click.echo(f"! {self.text(not_used(problem))}", err=True)

    def office_folder(self) -> Path:
        """The office that `--office` names.

        Raises:
            UnusableInputError: none was named.
        """
        if self.office is None:
            raise UnusableInputError(
                "没有指明办公单元：请在命令前加 --office 目录。",
                "No office was named: put --office DIR before the command.",
            )
        return self.office

    def user_name(self) -> str:
        """The account that `--user` names.

        Raises:
            UnusableInputError: none was named.
        """
        if not self.user:
            raise UnusableInputError(
                "没有指明用户：请在命令前加 --user 用户名。",
                "No user was named: put --user NAME before the command.",
            )
        return self.user

    def password(self) -> str:
        """The signed-in person's password: from the file, the environment, or a prompt."""
        from auditdesk.cli.passwords import read_password  # noqa: PLC0415 – only where needed

        return read_password(self.password_file, self.language)

    def with_office(self, folder: Path) -> Program:
        """The same call on another office."""
        return replace(self, office=folder)

    def sign_in(self) -> Desk:
        """Open the office as the user named; close the desk with `contextlib.closing`."""
        return self.sign_in_with_password()[0]

    def sign_in_with_password(self) -> tuple[Desk, str]:
        """As `sign_in`, with the password, which also opens the person's certificate."""
        from auditdesk.operations import offices  # noqa: PLC0415 – `check` starts without it

        folder, user = self.office_folder(), self.user_name()
        offices.look_at(folder)
        password = self.password()
        desk = offices.sign_in(folder, user, password, self.surroundings())
        self._tell_problems(desk.library)
        return desk, password
