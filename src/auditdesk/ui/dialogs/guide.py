"""The guide beside the work: topics at the left, the one that was asked for at the right."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeySequence, QShortcut, QTextBlockFormat, QTextCursor
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QListWidget,
    QSplitter,
    QTextBrowser,
    QVBoxLayout,
)

from auditdesk.operations import guide
from auditdesk.ui.base.context import named
from auditdesk.ui.base.helping import topic_at
from auditdesk.util.paths import shipped

if TYPE_CHECKING:
    from PySide6.QtCore import QUrl
    from PySide6.QtWidgets import QWidget

    from auditdesk.ui.base.context import Context

_WIDTH, _HEIGHT = 820, 520
_LIST = 210
_APART = 8  # between paragraphs; Markdown gives none


class GuideDialog(QDialog):
    """Stays open beside the window, which goes on working."""

    def __init__(self, ctx: Context, parent: QWidget, topic: str) -> None:
        """Show the guide at a topic."""
        super().__init__(parent)
        self.setWindowTitle(ctx.say("使用指南", "Guide"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(self.screen().availableSize().boundedTo(QSize(ctx.px(_WIDTH), ctx.px(_HEIGHT))))
        self._topics = guide.topics(shipped("resources"), ctx.language)
        self.topics = QListWidget()
        self.topics.addItems([one.title for one in self._topics])
        self.topics.setMinimumWidth(ctx.px(_LIST))
        named(self.topics, ctx.say("主题", "Topics"))
        self.text = QTextBrowser()
        self.text.setOpenLinks(False)
        self.text.anchorClicked.connect(self._follow)
        named(self.text, ctx.say("正文", "Text"))
        halves = QSplitter(Qt.Orientation.Horizontal)
        halves.addWidget(self.topics)
        halves.addWidget(self.text)
        halves.setStretchFactor(1, 1)
        halves.setChildrenCollapsible(False)
        QVBoxLayout(self).addWidget(halves)
        self.topics.currentRowChanged.connect(self._show)
        self.go_to(topic)

    def go_to(self, topic: str) -> None:
        """Show a topic."""
        self.topics.setCurrentRow(self._topics.index(guide.topic(self._topics, topic)))

    def _show(self, row: int) -> None:
        self.text.setMarkdown(self._topics[row].text)
        apart = QTextBlockFormat()
        apart.setBottomMargin(_APART)
        whole = QTextCursor(self.text.document())
        whole.select(QTextCursor.SelectionType.Document)
        whole.mergeBlockFormat(apart)

    def _follow(self, link: QUrl) -> None:
        self.go_to(link.path().removesuffix(".md"))


def on_f1(ctx: Context, around: QWidget) -> None:
    """Have F1 anywhere in a window open the guide at what the keyboard is in."""
    QShortcut(QKeySequence("F1"), around, lambda: help_in_place(ctx, around))


def help_in_place(ctx: Context, around: QWidget) -> GuideDialog:
    """Open the guide at what the keyboard is in; a guide that is open goes to that topic."""
    focus = QApplication.focusWidget()
    inside = focus if focus is not None and focus.window() is around.window() else around
    topic = topic_at(inside)
    for one in around.window().findChildren(GuideDialog):
        one.go_to(topic)
        one.raise_()
        one.activateWindow()
        return one
    dialog = GuideDialog(ctx, around.window(), topic)
    dialog.show()
    return dialog
