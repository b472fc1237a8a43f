"""Templates that an office words itself, in the place of those of the installation.

They lie in `OFFICE/templates/<case_type>/`, named as those of `forms/<case_type>/documents/`, and
are checked when somebody signs in. One that could not be filled for every case, or that tells no
remedies where the installation's does, is told and not used: the installation's stays.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from auditdesk.regulations.packs import PackError
from auditdesk.regulations.sources import texts_of
from auditdesk.regulations.standing import standing_on
from auditdesk.regulations.template_check import check_template
from auditdesk.regulations.templates import SheetModel, template_model
from auditdesk.util.faults import UnusableInputError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from auditdesk.regulations.law import Law
    from auditdesk.regulations.library import Library
    from auditdesk.regulations.standing import Standing
    from auditdesk.regulations.templates import LetterModel

FOLDER = "templates"
_REMEDIES = "remedies"
_NAMED = "{phrase.remedies}"
_ANY_DAY = date(2000, 1, 1)  # a template is checked by names, which have no days
# What people leave beside, and what means nothing.
_NOTES = frozenset({".md", ".txt"})


class TemplateError(PackError):
    """A template of the office that cannot be used."""


def with_templates(library: Library, office: Path) -> Library:
    """The library as it holds in an office: with the templates that lie in its folder.

    Args:
        library: what the installation ships with.
        office: the office's folder; without a folder `templates` the library stays as it is.
    """
    paths = list(_contents(office / FOLDER))
    if not paths:
        return library
    own: dict[str, str] = {}
    problems: list[PackError] = []
    for path in paths:
        name = path.relative_to(office / FOLDER)
        try:
            case_type, text = _read(library, path, name.parts)
        except PackError as problem:
            problems.append(TemplateError(str(path), problem.key, problem.reason, problem.zh))
        else:
            own[f"{case_type}/documents/{path.name}"] = text
    return replace(library, problems=(*library.problems, *problems), templates=own)


def _contents(folder: Path) -> Iterator[Path]:
    """Everything in the folder that might be meant as a template."""
    if not folder.is_dir():
        return
    for path in sorted(folder.iterdir()):
        inside = sorted(path.iterdir()) if path.is_dir() else [path]
        yield from (p for p in inside if not _is_beside(p))


def _is_beside(path: Path) -> bool:
    return path.name.startswith(".") or (path.suffix in _NOTES and ".toml" not in path.name)


def _read(library: Library, path: Path, parts: tuple[str, ...]) -> tuple[str, str]:
    """The case type of a template and its text, checked."""
    if len(parts) != len(("case type", "template")) or not path.is_file():
        raise PackError(
            path.name,
            "-",
            "lies not in a folder named by a case type",
            "应放在以事项编号命名的文件夹里",
        )
    case_type, name = parts
    law = library.laws.get(case_type)
    if law is None:
        known = ", ".join(library.laws)
        raise PackError(
            name,
            "-",
            f"no case type {case_type}; there are: {known}",
            f"没有事项 {case_type}；可用：{known}",
        )
    (text,) = texts_of([path], "").values()
    _check(library, law, name, text)
    return case_type, text


def _check(library: Library, law: Law, name: str, text: str) -> None:
    templates = sorted({document.template for document in law.case_type.documents})
    if name not in templates:
        known = ", ".join(templates)
        raise PackError(
            name, "-", f"no such template; there are: {known}", f"没有这份模板；可用：{known}"
        )
    model = check_template(law, name, text, _standing(library))
    shipped = template_model(name, library.template(law.case_type.id, name))
    if any(phrase.id == _REMEDIES for phrase in model.phrases):
        raise PackError(
            name,
            f"phrases[{_REMEDIES}]",
            "the remedies are law: their words and days are the program's",
            "救济途径和期限由法律规定，语句和期限由程序写明，不能改写",
        )
    if _tells_remedies(shipped) and not _tells_remedies(model):
        raise PackError(
            name,
            "paragraphs",
            f"does not tell the remedies; add a paragraph with {_NAMED}",
            f"没有写明救济途径和期限，请加一段 {_NAMED}",
        )


def _tells_remedies(model: LetterModel | SheetModel) -> bool:
    if isinstance(model, SheetModel):
        return False
    return any(_NAMED in paragraph.text for paragraph in model.paragraphs)


def _standing(library: Library) -> Standing:
    try:
        return standing_on(library, _ANY_DAY)
    except UnusableInputError as error:
        raise PackError("phrases.toml", "-", error.message.en, error.message.zh) from None
