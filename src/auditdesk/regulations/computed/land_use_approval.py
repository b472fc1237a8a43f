"""集体建设用地使用权审批 computes nothing: its text sets no figure that follows from another."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from auditdesk.regulations.law import ComputedFunction

COMPUTED: Mapping[str, ComputedFunction] = {}
