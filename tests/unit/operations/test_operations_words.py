"""The words for what the journal notes."""

from __future__ import annotations

import re
from pathlib import Path

import auditdesk
from auditdesk.operations.words import JOURNAL_KINDS

# where an entry is begun by its name: an operation's transaction, or the store's own draft
_BEGUN = re.compile(r"""(?:\.write|\bDraft)\([^"()]*"([a-z]+\.[a-z]+)\"""")


def test_every_kind_of_entry_has_words():
    sources = Path(auditdesk.__file__).parent.rglob("*.py")
    kinds = {kind for path in sources for kind in _BEGUN.findall(path.read_text(encoding="utf-8"))}
    assert {"office.create", "user.recover", "settings.change", "register.import"} <= kinds
    assert kinds - set(JOURNAL_KINDS) == set()
