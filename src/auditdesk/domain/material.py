"""What an applicant handed in of a material, on paper."""

from __future__ import annotations

from dataclasses import dataclass

ORIGINAL, COPY = "original", "copy"
MOST_PAGES = 99_999


@dataclass(frozen=True, slots=True)
class HandedIn:
    """What somebody noted of a material's paper, or what its scans tell.

    Attributes:
        form: `original`, `copy`, or empty where nobody has said.
        pages: how many pages it has; None where nobody has said.
    """

    form: str = ""
    pages: int | None = None

    def __bool__(self) -> bool:
        """Whether anything was said."""
        return bool(self.form) or self.pages is not None

    def or_else(self, other: HandedIn) -> HandedIn:
        """This where it was said, the other's word where it was not."""
        return HandedIn(self.form or other.form, other.pages if self.pages is None else self.pages)
