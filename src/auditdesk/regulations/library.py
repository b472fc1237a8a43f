"""All packs of an installation, or of an office: case types with the law behind each."""

from __future__ import annotations

import csv
import importlib
import importlib.util
from dataclasses import dataclass
from typing import TYPE_CHECKING

from auditdesk.regulations.crosscheck import check
from auditdesk.regulations.facts import material_name
from auditdesk.regulations.follow_up_check import check_follow_ups, check_settlers
from auditdesk.regulations.law import Law
from auditdesk.regulations.packs import PackError, in_its_file, load_case_type, load_regulation
from auditdesk.util.faults import UnusableInputError
from auditdesk.util.hashing import texts_digest
from auditdesk.util.label import Label

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path
    from types import ModuleType

    from auditdesk.domain.declaration import CaseType, Rule
    from auditdesk.domain.regulation import Regulation

_FORMS, _REGULATIONS, _TABLES = "forms/", "regulations/", "tables/"


@dataclass(frozen=True, slots=True)
class Library:
    """What was loaded, and what could not be.

    Attributes:
        laws: case type id to its law, in the order of the ids.
        regulations: every regulation that could be loaded, by id.
        problems: the packs that are disabled, each with file, key and reason.
        districts: district code to its name.
        folder: where the document templates of the case types lie.
    """

    laws: Mapping[str, Law]
    regulations: Mapping[str, Regulation]
    problems: tuple[PackError, ...]
    districts: Mapping[str, Label]
    folder: Path

    @property
    def case_types(self) -> tuple[CaseType, ...]:
        """The case types that can be used."""
        return tuple(law.case_type for law in self.laws.values())

    def law(self, case_type: str) -> Law:
        """The present law of a case type.

        Raises:
            UnusableInputError: there is no such case type, or its pack is disabled.
        """
        if case_type in self.laws:
            return self.laws[case_type]
        broken = next((p for p in self.problems if f"/{case_type}" in f"/{p.file}"), None)
        if broken:
            raise UnusableInputError(
                f"事项 {case_type} 的定义有误，已停用：{broken}",
                f"The case type {case_type} is disabled, its pack is broken: {broken}",
            )
        known = "、".join(self.laws)
        raise UnusableInputError(
            f"没有事项 {case_type!r}；可用的事项：{known}",
            f"There is no case type {case_type!r}; there are: {known}",
        )

    def template(self, case_type: str, name: str) -> str:
        """The text of a document template of a case type.

        Raises:
            UnusableInputError: the file is missing.
        """
        path = self.folder / case_type / "documents" / name
        try:
            return path.read_text(encoding="utf-8")
        except OSError:
            raise UnusableInputError(
                f"缺少文书模板 {case_type}/documents/{name}",
                f"The document template {case_type}/documents/{name} is missing",
            ) from None


def load_library(forms: Path, resources: Path, *more_regulations: Path) -> Library:
    """Load every pack; a broken one disables only itself.

    Args:
        forms: the folder of the case types.
        resources: the folder with `regulations/` and `tables/`.
        more_regulations: further folders of regulations, such as an office's own.
    """
    problems: list[PackError] = []
    texts = _regulation_texts((resources / "regulations", *more_regulations), problems)
    tables = _readable((resources / "tables").glob("*.csv"), _TABLES, problems)
    regulations = _regulations(texts, tables, problems)
    laws: dict[str, Law] = {}
    for folder in sorted(p for p in forms.iterdir() if p.is_dir()):
        try:
            own = _texts(folder.glob("*.toml"), f"{_FORMS}{folder.name}/")
            law = _law(folder.name, own, texts | tables, regulations)
        except PackError as problem:
            problems.append(problem)
        else:
            laws[law.case_type.id] = law
    _check_settlers(laws, problems)
    districts = _districts(resources / "tables" / "districts.csv")
    return Library(laws, regulations, tuple(problems), districts, forms)


def _check_settlers(laws: dict[str, Law], problems: list[PackError]) -> None:
    """Disable a case type whose follow-ups wait for later cases that do not fit."""
    disabled = {problem.file.split("/")[1] for problem in problems if "/" in problem.file}
    loaded = {name: law.case_type for name, law in laws.items()}
    for name, case_type in loaded.items():
        try:
            check_settlers(f"{_FORMS}{name}", case_type, loaded, disabled)
        except PackError as error:
            own = {k: t for k, t in laws.pop(name).texts.items() if k.startswith(_FORMS)}
            problems.append(in_its_file(error, own))


def law_from_texts(texts: Mapping[str, str]) -> Law:
    """The law that a case was pinned to, from the texts that were stored for it.

    Raises:
        PackError: the texts do not make a law; they were stored by another program.
    """
    own = {name: text for name, text in texts.items() if name.startswith(_FORMS)}
    others = {name: text for name, text in texts.items() if name.startswith(_REGULATIONS)}
    if not own:
        raise PackError(_FORMS, "-", "no case type among the texts")
    regulations = [load_regulation(name, text, texts) for name, text in others.items()]
    folder = next(iter(own)).split("/")[1]
    return _law(folder, own, texts, {r.id: r for r in regulations})


def _texts(paths: Iterable[Path], prefix: str) -> dict[str, str]:
    texts = {}
    for path in sorted(paths):
        name = f"{prefix}{path.name}"
        try:
            texts[name] = path.read_bytes().decode("utf-8").replace("\r\n", "\n")
        except (OSError, UnicodeDecodeError) as error:
            raise PackError(name, "-", f"cannot be read: {error}") from None
    return texts


def _regulation_texts(folders: Iterable[Path], problems: list[PackError]) -> dict[str, str]:
    texts: dict[str, str] = {}
    for folder in folders:
        texts |= _readable(folder.glob("*.toml"), _REGULATIONS, problems)
    return texts


def _readable(paths: Iterable[Path], prefix: str, problems: list[PackError]) -> dict[str, str]:
    """The texts of those files that can be read; the others go to the problems."""
    texts: dict[str, str] = {}
    for path in sorted(paths):
        try:
            texts |= _texts([path], prefix)
        except PackError as problem:
            problems.append(problem)
    return texts


def _regulations(
    texts: Mapping[str, str], tables: Mapping[str, str], problems: list[PackError]
) -> dict[str, Regulation]:
    regulations: dict[str, Regulation] = {}
    for file, text in texts.items():
        try:
            regulation = _named_as_file(file, load_regulation(file, text, tables))
        except PackError as problem:
            problems.append(problem)
        else:
            regulations[regulation.id] = regulation
    return regulations


def _named_as_file(file: str, regulation: Regulation) -> Regulation:
    if file != f"{_REGULATIONS}{regulation.id}.toml":
        raise PackError(file, "id", f"must be the file's name, is {regulation.id}")
    return regulation


def _law(
    folder: str,
    own: Mapping[str, str],
    texts: Mapping[str, str],
    regulations: Mapping[str, Regulation],
) -> Law:
    case_type = load_case_type(f"{_FORMS}{folder}", own)
    if case_type.id != folder:
        raise PackError(f"{_FORMS}{folder}", "id", f"must be the folder's name, is {case_type.id}")
    lacking = [r for r in case_type.regulations if r not in regulations]
    if lacking:
        missing = PackError(folder, "regulations", f"no usable regulation {lacking[0]}")
        raise in_its_file(missing, own)
    behind = tuple(regulations[r] for r in case_type.regulations)
    rules = _module(folder, "rules")
    functions = {f"{folder}.{key}": function for key, function in rules.RULES.items()}
    module = _module(folder, "computed")
    computing, following = module.COMPUTED, module.FOLLOW_UPS
    try:
        check(f"{_FORMS}{folder}", case_type, behind, functions, computing)
        check_follow_ups(f"{_FORMS}{folder}", case_type, behind, following)
    except PackError as error:
        raise in_its_file(error, own) from None
    law_files = [f"{_REGULATIONS}{r}.toml" for r in case_type.regulations]
    table_files = [table for regulation in behind for table in regulation.tables]
    pinned = {name: texts[name] for name in (*law_files, *table_files)} | dict(own)
    readable = {rule.id: _looked_at(rule) for rule in case_type.rules}
    digest = texts_digest(pinned)
    return Law(case_type, behind, pinned, digest, functions, computing, readable, following)


def _looked_at(rule: Rule) -> frozenset[str]:
    """The fields and materials that a rule's function may look at."""
    return frozenset((*rule.reads, *(material_name(m) for m in rule.materials)))


def _module(folder: str, kind: str) -> ModuleType:
    """The module of the case type's functions; a declaration without one is refused."""
    name = f"auditdesk.regulations.{kind}.{folder}"
    if not folder.isidentifier() or importlib.util.find_spec(name) is None:
        raise PackError(f"{_FORMS}{folder}", kind, f"no module {name}")
    return importlib.import_module(name)


def _districts(path: Path) -> dict[str, Label]:
    with path.open(encoding="utf-8", newline="") as file:
        return {row["code"]: Label(row["zh"], row["en"]) for row in csv.DictReader(file)}
