"""What an office adds to the installation by dropping in files: regulations, and templates.

Regulations lie in `OFFICE/regulations/`, code tables in `OFFICE/regulations/tables/`. A file takes
the place of none that is shipped, and each one that cannot be used is a problem that is told: by
a file that is passed over in silence a case would be judged by the old law unseen.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from auditdesk.regulations.library import library_of, load_alone
from auditdesk.regulations.own_templates import with_templates
from auditdesk.regulations.packs import PackError, read_toml
from auditdesk.regulations.sources import REGULATIONS, TABLES, readable
from auditdesk.regulations.succession import in_succession
from auditdesk.util.label import Label

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from auditdesk.domain.regulation import Regulation
    from auditdesk.regulations.library import Library

FOLDER = "regulations"
_TABLES = "tables"
# What desktops and people leave beside, and what means nothing.
_NOTES = frozenset({".md", ".txt"})


def with_additions(library: Library, office: Path) -> Library:
    """The library as it holds in an office: with the regulations and templates of its folder.

    Args:
        library: what the installation ships with.
        office: the office's folder; without such folders the library stays as it is.
    """
    return with_templates(_with_regulations(library, office), office)


def _with_regulations(library: Library, office: Path) -> Library:
    folder = office / FOLDER
    paths = list(_contents(folder))
    if not paths:
        return library
    problems: list[PackError] = []
    texts = _texts(folder, problems)
    added, refused = _usable(library, texts)
    problems += refused
    problems += [_no_regulation(path, folder) for path in paths if _is_strange(path, folder)]
    told = tuple(_in_office(problem, office) for problem in problems)
    whole = library_of(
        {**library.texts, **{name: texts[name] for name in added}},
        library.folder,
        library.districts,
    )
    known = {str(problem) for problem in whole.problems}
    before = tuple(p for p in library.problems if str(p) not in known)
    own = frozenset(name.removeprefix(REGULATIONS).removesuffix(".toml") for name in added)
    return replace(
        whole, problems=(*before, *whole.problems, *told), own=own & set(whole.regulations)
    )


def with_losses(library: Library, office: Path, used: Mapping[str, str]) -> Library:
    """The library with a problem for each file that cases were judged by and that is gone.

    Args:
        library: as the office has it now.
        office: the office's folder.
        used: the files that the laws of its cases were loaded from, each with its text.
    """
    told = {problem.file for problem in library.problems}
    gone = sorted(name for name in used.keys() - library.texts.keys() if _names_regulation(name))
    lost = (_lost(name, used[name], office) for name in gone)
    problems = (problem for problem in lost if problem.file not in told)
    return replace(library, problems=(*library.problems, *problems))


def _names_regulation(name: str) -> bool:
    return name.startswith(REGULATIONS)


def _lost(name: str, text: str, office: Path) -> PackError:
    """An office's own succeed another one; what succeeds none came with the program."""
    if _succeeds_another(name, text):
        return PackError(str(office / name), "-", _GONE.en, _GONE.zh)
    return PackError(name, "-", _WITHDRAWN.en, _WITHDRAWN.zh)


def _succeeds_another(name: str, text: str) -> bool:
    try:
        return "succeeds" in read_toml(name, text)
    except PackError:  # a later version wrote it; the case that it judges says so
        return False


_GONE = Label(
    "已有案件按此依据录入，文件却不见了；新案件不再据此审查，请放回原处",
    "cases were entered under this regulation and its file is gone: new ones are not judged by "
    "it. Put it back",
)
_WITHDRAWN = Label(
    "这一版程序不再带有此依据；已录入的案件仍按它审查，新案件不再据此审查",
    "this version of the program ships without it: cases that were entered under it keep it, new "
    "ones are not judged by it",
)


def _contents(folder: Path) -> Iterator[Path]:
    """Everything in the folder that might be meant as a regulation or a table."""
    if not folder.is_dir():
        return
    for path in sorted(folder.iterdir()):
        if path.name == _TABLES and path.is_dir():
            yield from sorted(path.iterdir())
        else:
            yield path


def _is_strange(path: Path, folder: Path) -> bool:
    wanted = ".toml" if path.parent == folder else ".csv"
    ignored = path.name.startswith(".") or (path.suffix in _NOTES and ".toml" not in path.name)
    return not ignored and (path.suffix != wanted or not path.is_file())


def _no_regulation(path: Path, folder: Path) -> PackError:
    name = f"{FOLDER}/{path.relative_to(folder).as_posix()}"
    return PackError(
        name,
        "-",
        "is no regulation (NAME.toml) and no table (tables/NAME.csv)",
        "不是依据文件（名称.toml），也不是代码表（tables/名称.csv）",
    )


def _texts(folder: Path, problems: list[PackError]) -> dict[str, str]:
    files = (path for path in folder.glob("*.toml") if path.is_file())
    tables = (path for path in (folder / _TABLES).glob("*.csv") if path.is_file())
    return readable(files, REGULATIONS, problems) | readable(tables, TABLES, problems)


def _usable(
    library: Library, texts: Mapping[str, str]
) -> tuple[tuple[str, ...], tuple[PackError, ...]]:
    """The names of those texts that can be used, and why the others cannot."""
    problems = [_shipped_already(name) for name in texts if name in library.texts]
    fresh = {name: text for name, text in texts.items() if name not in library.texts}
    loaded: dict[str, Regulation] = {}
    for name, text in fresh.items():
        if name.startswith(REGULATIONS):
            try:
                loaded[name] = _successor(name, text, {**library.texts, **fresh})
            except PackError as problem:
                problems.append(problem)
    # the shipped ones as they were loaded, so that their own successors keep their places
    all_of_them = {**library.regulations, **{r.id: r for r in loaded.values()}}
    fitting, misfits = in_succession(all_of_them, trusted=library.regulations)
    problems += misfits
    added = [name for name, regulation in loaded.items() if regulation.id in fitting]
    tables = [table for name in added for table in loaded[name].tables if table in fresh]
    return tuple(dict.fromkeys((*added, *tables))), tuple(problems)


def _shipped_already(name: str) -> PackError:
    return PackError(
        name,
        "-",
        "the program ships with a file of this name; it keeps its own. Give yours another id",
        "程序自带同名文件，不能覆盖，仍用自带的；请换一个编号",
    )


def _successor(name: str, text: str, texts: Mapping[str, str]) -> Regulation:
    regulation = load_alone(name, text, texts)
    if regulation.succeeds is None:
        raise PackError(
            name,
            "succeeds",
            "names no regulation that it succeeds: no rule would follow it",
            "没有写明接续哪个依据（succeeds），没有规则会据此审查",
        )
    return regulation


def _in_office(problem: PackError, office: Path) -> PackError:
    """A problem of the office's folder, told with the whole path of its file."""
    name = problem.file
    if name.startswith(TABLES):
        name = f"{FOLDER}/{name}"
    return problem.in_file(str(office / name))
