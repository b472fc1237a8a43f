"""Why a paper cannot be filled: the case lacks a value, or the law is silent on that day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from auditdesk.util.label import Label

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from auditdesk.domain.regulation import Regulation


class MissingValueError(Exception):
    """A sentence needs a value that is not there; `message` says what to do about it."""

    def __init__(self, label: Label, message: Label | None = None) -> None:
        """Keep what is missing."""
        super().__init__(label.en)
        self.label = label
        self.message = message or Label(
            f"无法制作文书：案件缺少“{label.zh}”，请先补填。",
            f"The document cannot be made: the case has no “{label.en}”. Fill it in first.",
        )


def no_basis(regulations: Iterable[Regulation], accepted_on: date) -> MissingValueError:
    """That none of what a paper rests on was in force on the day of acceptance."""
    listed = [(r.short, r.first_day, r.last_day) for r in regulations]
    zh = "、".join(f"{short.zh}（{first} 至 {last or '未定'}）" for short, first, last in listed)
    en = ", ".join(f"{short.en} ({first} to {last or 'open'})" for short, first, last in listed)
    return MissingValueError(
        Label("受理日有效的依据", "a regulation in force on the day of acceptance"),
        Label(
            f"无法制作文书：案件受理日 {accepted_on} 没有有效的依据{f'：{zh}' if zh else ''}。",
            f"The document cannot be made: nothing that it rests on was in force when the case "
            f"was accepted, on {accepted_on}{f': {en}' if en else ''}.",
        ),
    )


def no_standing_law(name: Label, day: date | None) -> MissingValueError:
    """That what holds on the day of issue is not among the regulations at hand."""
    return MissingValueError(
        name,
        Label(
            f"无法制作文书：规则库没有 {day or '这一天'} 有效的{name.zh}，救济途径和期限无从写明。"
            "请核对电脑日期；日期无误的，请更新程序或补充依据文件。",
            f"The document cannot be made: no {name.en} in force on {day or 'that day'} is at "
            "hand, so that the remedies cannot be told. Check the computer's date, or update the "
            "program.",
        ),
    )
