"""Which topic of the guide explains what somebody is looking at."""

from __future__ import annotations

from typing import TYPE_CHECKING

from auditdesk.operations.guide import START

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

_TOPIC = "help_topic"


def explain(widget: QWidget, topic: str) -> None:
    """Have F1 inside a widget open this topic of the guide."""
    widget.setProperty(_TOPIC, topic)


def topic_at(widget: QWidget | None) -> str:
    """The topic of the nearest widget around this one that has one; the first topic if none has."""
    while widget is not None:
        topic = widget.property(_TOPIC)
        if topic:
            return str(topic)
        widget = widget.parentWidget()
    return START
