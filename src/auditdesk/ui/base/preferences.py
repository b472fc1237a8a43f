"""What this computer remembers of a person's taste: language, theme, text size, offices.

Nothing of any case is kept here. The file lies in the user's own settings folder.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, Any, get_args

from auditdesk.ui.base.palette import ThemeName
from auditdesk.util.label import Language

if TYPE_CHECKING:
    from pathlib import Path

TEXT_SIZES = (100, 115, 130, 150, 175, 200)
_RECENT_LIMIT = 8


@dataclass(frozen=True, slots=True)
class RecentOffice:
    """An office that was opened on this computer."""

    folder: str
    name: str
    user: str = ""


@dataclass(frozen=True, slots=True)
class Preferences:
    """The settings of one person on one computer; `text_size` is in per cent.

    `token_module` is the PKCS#11 module that they signed with last.
    """

    language: Language = "zh"
    theme: ThemeName = "light"
    text_size: int = 100
    recent: tuple[RecentOffice, ...] = ()
    token_module: str = ""

    def with_office(self, office: RecentOffice) -> Preferences:
        """These settings with an office at the head of the recent ones."""
        others = tuple(old for old in self.recent if old.folder != office.folder)
        return replace(self, recent=(office, *others)[:_RECENT_LIMIT])


class PreferencesFile:
    """The settings as a small JSON file; an unreadable file counts as an empty one."""

    def __init__(self, path: Path) -> None:
        """Read the file, if it is there."""
        self._path = path
        self.now = _read(path)

    def change(self, preferences: Preferences) -> None:
        """Keep new settings; a disk that cannot take them costs the memory of them only."""
        self.now = preferences
        text = json.dumps(asdict(preferences), ensure_ascii=False, indent=1)
        temporary = self._path.with_suffix(".new")
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            temporary.write_text(text, encoding="utf-8")
            temporary.replace(self._path)
        except OSError:
            temporary.unlink(missing_ok=True)


def _read(path: Path) -> Preferences:
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        return _from_json(content)
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return Preferences()


def _from_json(content: dict[str, Any]) -> Preferences:
    taste = Preferences(recent=tuple(_office(item) for item in content["recent"]))
    if content["language"] in get_args(Language):
        taste = replace(taste, language=content["language"])
    if content["theme"] in get_args(ThemeName):
        taste = replace(taste, theme=content["theme"])
    if content["text_size"] in TEXT_SIZES:
        taste = replace(taste, text_size=content["text_size"])
    return replace(taste, token_module=str(content.get("token_module", "")))


def _office(item: dict[str, Any]) -> RecentOffice:
    return RecentOffice(str(item["folder"]), str(item["name"]), str(item["user"]))
