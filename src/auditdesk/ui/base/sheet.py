"""The style sheet, made from the colours and the text size; no Qt in it."""

# ruff: noqa: E501 – a rule of the style sheet stands on one line

from __future__ import annotations

from string import Template
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from auditdesk.ui.base.palette import Colours

_SHEET = Template("""
QToolTip { background: $raised; color: $text; border: 1px solid $line; padding: 4px 6px; }
QLabel[look="title"] { font-size: ${title}px; font-weight: bold; }
QLabel[look="heading"] { font-size: ${heading}px; font-weight: bold; }
QLabel[look="muted"], QCheckBox[look="muted"] { color: $muted; }
QLabel[look="small"] { color: $muted; font-size: ${small}px; }
QLabel[look="good"] { color: $good; font-size: ${small}px; }
QLabel[look="problem"] { color: $block; font-size: ${small}px; }
QLabel[look="error"] { color: $block; background: $block_soft; border-radius: 4px; padding: 6px 8px; }
QLabel[look="warning"] { color: $justify; background: $justify_soft; border-radius: 4px; padding: 6px 8px; }
QLabel[look="fine"] { color: $good; background: $good_soft; border-radius: 4px; padding: 6px 8px; }
QLabel[look="strong"] { font-weight: bold; }
QLabel[look="wrong"] { color: $block; }
QLabel[look="doubt"] { color: $justify; }
QFrame[look="good-band"] { background: $good_soft; border: 1px solid $good; border-radius: 6px; }
QFrame[look="doubtful-band"] { background: $justify_soft; border: 1px solid $justify; border-radius: 6px; }
QFrame[look="bad-band"] { background: $block_soft; border: 1px solid $block; border-radius: 6px; }
QLabel[look="key"] { font-size: ${title}px; font-weight: bold; background: $raised;
    border: 1px dashed $field_line; border-radius: 6px; padding: 12px; }
QFrame[look="card"] { background: $base; border: 1px solid $line; border-radius: 6px; }
QLabel[look="banner"] { color: $justify; background: $justify_soft; font-size: ${small}px; padding: 1px; }
QFrame[look="bar"] { background: $base; border: none; border-bottom: 1px solid $line; }
QFrame[look="foot"] { background: $base; border: none; border-top: 1px solid $line; }
QFrame[look="nav"] { background: $base; border: none; border-right: 1px solid $line; }
QFrame[look="plain"], QWidget[look="plain"] { background: $base; }
QWidget[look="page"] { background: $window; }
QScrollArea { border: none; background: $base; }
QScrollArea > QWidget > QWidget[look="plain"] { background: $base; }
QLineEdit, QPlainTextEdit, QTextEdit, QComboBox, QDateEdit, QSpinBox {
    background: $base; color: $text; border: 1px solid $field_line; border-radius: 4px;
    padding: ${pad_y}px ${pad_x}px; selection-background-color: $accent;
    selection-color: $on_accent; }
QLineEdit:read-only, QPlainTextEdit[readOnly="true"] { background: $raised; }
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus, QComboBox:focus, QSpinBox:focus {
    border: 2px solid $accent; padding: ${pad_y_focus}px ${pad_x_focus}px; }
QLineEdit[wrong="true"], QPlainTextEdit[wrong="true"], QComboBox[wrong="true"] {
    border-color: $block; background: $block_soft; }
QComboBox::drop-down { border: none; width: ${arrow_room}px; }
QComboBox::down-arrow { image: url(icons:arrow-down.svg); width: ${arrow}px; height: ${arrow}px; }
QComboBox QAbstractItemView { background: $base; border: 1px solid $field_line;
    selection-background-color: $accent; selection-color: $on_accent; outline: none; }
QPushButton, QToolButton[look="button"] { background: $base; color: $text; border: 1px solid $field_line;
    border-radius: 4px; padding: ${pad_y}px ${button_x}px; }
QPushButton:hover, QToolButton[look="button"]:hover { background: $hover; }
QPushButton:focus, QToolButton[look="button"]:focus { border: 2px solid $accent;
    padding: ${pad_y_focus}px ${button_x_focus}px; }
QPushButton:disabled, QToolButton[look="button"]:disabled { color: $muted; border-color: $line; background: $raised; }
QPushButton:checked { background: $accent_soft; border-color: $accent; color: $text; }
QPushButton[look="primary"] { background: $accent; color: $on_accent; border-color: $accent; font-weight: bold; }
QPushButton[look="primary"]:hover { background: $accent_hover; }
QPushButton[look="primary"]:focus { border: 2px solid $text; }
QPushButton[look="primary"]:disabled { background: $raised; color: $muted; border-color: $line; }
QPushButton[look="danger"] { color: $block; border-color: $block; }
QPushButton[look="danger"]:hover { background: $block_soft; }
QPushButton[look="danger"]:disabled { color: $muted; border-color: $line; }
QPushButton[look="link"] { border: 1px solid transparent; background: transparent; color: $accent; text-align: left; }
QPushButton[look="link"]:hover { background: $hover; }
QPushButton[look="segment"] { padding: ${segment_y}px ${segment_x}px; border-radius: 0; border-right-width: 0; }
QPushButton[look="segment"][edge="first"] { border-top-left-radius: 4px; border-bottom-left-radius: 4px; }
QPushButton[look="segment"][edge="last"] { border-top-right-radius: 4px; border-bottom-right-radius: 4px;
    border-right-width: 1px; }
QPushButton[look="segment"]:checked { background: $accent; color: $on_accent; border-color: $accent; }
QPushButton[look="segment"]:focus { border: 2px solid $text; padding: ${segment_y_focus}px ${segment_x_focus}px; }
QPushButton[look="segment"]:disabled { background: $raised; color: $muted; }
QPushButton[look="segment"]:checked:disabled { background: $line; color: $text; }
QToolButton { border: 1px solid transparent; border-radius: 4px; padding: 3px; background: transparent; color: $text; }
QToolButton:hover { background: $hover; }
QToolButton:focus { border: 2px solid $accent; padding: 2px; }
QToolButton[look="nav"] { padding: 8px 2px; font-size: ${small}px; }
QToolButton[look="nav"]:checked { background: $accent_soft; color: $accent; font-weight: bold; }
QToolButton[look="nav"]:focus { border: 2px solid $accent; padding: 7px 1px; }
QPushButton, QToolButton, QListWidget { qproperty-iconSize: ${icon}px; }
QToolButton[look="nav"] { qproperty-iconSize: ${nav_icon}px; }
QToolButton::menu-indicator { image: none; }
QCheckBox, QRadioButton { spacing: 6px; padding: 2px; border: 1px solid transparent; border-radius: 4px; }
QCheckBox:focus, QRadioButton:focus { border: 1px solid $accent; }
QCheckBox::indicator, QListWidget::indicator { width: ${arrow}px; height: ${arrow}px; background: $base;
    border: 1px solid $field_line; border-radius: 3px; }
QCheckBox::indicator:checked, QListWidget::indicator:checked { background: $accent; border-color: $accent;
    image: url(icons:$tick.svg); }
QListView, QTreeView, QTableView { background: $base; border: 1px solid $line; border-radius: 4px; outline: none;
    selection-background-color: $accent_soft; selection-color: $text; alternate-background-color: $raised; }
QListView[look="bare"], QTableView[look="bare"], QListWidget[look="bare"] { border: none; border-radius: 0; }
QTextBrowser { border: 1px solid transparent; padding: 6px; background: $base; }
QTextBrowser:focus { border: 1px solid $accent; padding: 6px; }
QListView:focus, QTableView:focus { border: 1px solid $accent; }
QListView[look="bare"]:focus, QTableView[look="bare"]:focus { border: 1px solid $accent; }
QListWidget::item { padding: ${pad_y}px 6px; }
QListWidget::item:selected { background: $accent_soft; color: $text; }
QHeaderView::section { background: $raised; color: $muted; border: none; border-bottom: 1px solid $line;
    border-right: 1px solid $line; padding: ${pad_y}px ${cell_x}px; }
QTableView { gridline-color: $line; }
QTableView[look="spaced"]::item { padding: 0 ${item_x}px; }
QTabBar::tab { background: transparent; color: $muted; padding: ${tab_y}px ${tab_x}px; border: none;
    border-bottom: 2px solid transparent; }
QTabBar::tab:selected { color: $accent; border-bottom: 2px solid $accent; }
QTabBar::tab:hover { color: $text; }
QTabBar::tab:focus { border: 1px solid $accent; }
QTabWidget::pane { border: none; border-top: 1px solid $line; background: $base; }
QSplitter::handle { background: $line; }
QSplitter::handle:horizontal { width: 1px; }
QSplitter::handle:vertical { height: 1px; }
QProgressBar { border: 1px solid $field_line; border-radius: 4px; background: $base; color: $text; text-align: center; }
QProgressBar::chunk { background: $accent_soft; border-radius: 3px; }
QMenu { background: $base; border: 1px solid $field_line; padding: 4px; }
QMenu::item { padding: 5px 24px 5px 12px; border-radius: 3px; }
QMenu::item:selected { background: $accent_soft; color: $text; }
QMenu::item:disabled { color: $muted; }
QScrollBar:vertical { background: transparent; width: 12px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 12px; margin: 0; }
QScrollBar::handle { background: $line; border-radius: 4px; margin: 2px; }
QScrollBar::handle:vertical { min-height: 28px; }
QScrollBar::handle:horizontal { min-width: 28px; }
QScrollBar::handle:hover { background: $field_line; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
""")


def style_sheet(colours: Colours, text_size: int) -> str:
    """The style sheet for these colours at this text size (per cent)."""
    return _SHEET.substitute(_figures(text_size) | _named(colours))


def _named(colours: Colours) -> dict[str, str]:
    return {name: getattr(colours, name) for name in colours.__slots__}


def _figures(text_size: int) -> dict[str, str]:
    pixels = {
        "title": 20,
        "heading": 16,
        "small": 12,
        "pad_x": 7,
        "pad_y": 4,
        "button_x": 12,
        "cell_x": 8,
        "item_x": 5,  # Qt itself adds three
        "tab_x": 12,
        "tab_y": 6,
        "segment_x": 9,
        "segment_y": 3,
        "icon": 18,
        "nav_icon": 22,
        "arrow": 14,
        "arrow_room": 24,
    }
    figures = {name: round(value * text_size / 100) for name, value in pixels.items()}
    for name in ("pad_x", "pad_y", "button_x", "segment_x", "segment_y"):
        figures[f"{name}_focus"] = figures[name] - 1
    return {name: str(value) for name, value in figures.items()}
