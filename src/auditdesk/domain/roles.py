"""The roles of an office and what they are called in windows and on paper."""

from __future__ import annotations

from typing import TYPE_CHECKING

from auditdesk.util.label import Label

if TYPE_CHECKING:
    from collections.abc import Mapping

ROLES: Mapping[str, Label] = {
    "clerk": Label("经办人", "clerk"),
    "supervisor": Label("审批人", "supervisor"),
    "administrator": Label("管理员", "administrator"),
}


def role_label(role: str) -> Label:
    """The name of a role; an unknown one keeps its id."""
    return ROLES.get(role, Label(role, role))
