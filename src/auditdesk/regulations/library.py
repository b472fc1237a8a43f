"""All packs of an installation, or of an office: case types with the law behind each."""

from __future__ import annotations

import csv
import importlib
import importlib.util
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from auditdesk.regulations.clock_check import check_clocks
from auditdesk.regulations.crosscheck import check
from auditdesk.regulations.facts import material_name
from auditdesk.regulations.follow_up_check import check_follow_ups, check_settlers
from auditdesk.regulations.law import Law, RegisterLaw
from auditdesk.regulations.packs import PackError, in_its_file, load_case_type, load_regulation
from auditdesk.regulations.registers import REGISTER_FILE, check_link, load_register
from auditdesk.regulations.sources import FORMS, REGULATIONS, TABLES, readable, texts_of
from auditdesk.regulations.succession import (
    in_succession,
    line_of,
    own_mistakes,
    regulation_file,
)
from auditdesk.util.faults import UnusableInputError
from auditdesk.util.hashing import texts_digest
from auditdesk.util.label import Label

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path
    from types import ModuleType

    from auditdesk.domain.declaration import CaseType, Rule
    from auditdesk.domain.register import Register
    from auditdesk.domain.regulation import Regulation
    from auditdesk.regulations.law import Line


@dataclass(frozen=True, slots=True)
class Library:
    """What was loaded, and what could not be.

    Attributes:
        laws: case type id to its law, in the order of the ids.
        registers: register id to the register with the law that its rows are judged by.
        regulations: every regulation that could be loaded, by id.
        problems: the packs that are disabled, each with file, key and reason.
        districts: district code to its name.
        folder: where the document templates of the case types lie.
        texts: what all of it was loaded from, by path.
        own: the regulations that an office added to those of the installation.
        templates: the texts of the templates that an office words itself, by path.
    """

    laws: Mapping[str, Law]
    regulations: Mapping[str, Regulation]
    problems: tuple[PackError, ...]
    districts: Mapping[str, Label]
    folder: Path
    texts: Mapping[str, str]
    registers: Mapping[str, RegisterLaw]
    own: frozenset[str] = frozenset()
    templates: Mapping[str, str] = field(default_factory=dict)

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
        raise self._lacking(Label("事项", "case type"), case_type, self.laws)

    def register(self, register: str) -> RegisterLaw:
        """A register with its present law.

        Raises:
            UnusableInputError: there is no such register, or its pack is disabled.
        """
        if register in self.registers:
            return self.registers[register]
        raise self._lacking(Label("台账", "register"), register, self.registers)

    def _lacking(self, what: Label, name: str, known: Iterable[str]) -> UnusableInputError:
        broken = next((p for p in self.problems if _folder_of(p.file) == name), None)
        if broken:
            return UnusableInputError(
                f"{what.zh} {name} 的定义有误，已停用：{broken}",
                f"The {what.en} {name} is disabled, its pack is broken: {broken}",
            )
        names = "、".join(known)
        return UnusableInputError(
            f"没有{what.zh} {name!r}；可用的{what.zh}：{names}",
            f"There is no {what.en} {name!r}; there are: {names}",
        )

    def own_template(self, case_type: str, name: str) -> str | None:
        """The text of a template that the office words itself; None: it does not."""
        return self.templates.get(f"{case_type}/documents/{name}")

    def template(self, case_type: str, name: str) -> str:
        """The text of a document template of a case type, the office's own before the shipped.

        Raises:
            UnusableInputError: the file is missing.
        """
        own = self.own_template(case_type, name)
        return self._wording(f"{case_type}/documents/{name}") if own is None else own

    def phrases(self) -> str:
        """The text of the phrases that all templates share.

        Raises:
            UnusableInputError: the file is missing.
        """
        return self._wording("phrases.toml")

    def _wording(self, name: str) -> str:
        try:
            return (self.folder / name).read_text(encoding="utf-8")
        except OSError:
            raise UnusableInputError(
                f"缺少文书模板 {name}", f"The document template {name} is missing"
            ) from None


def _folder_of(file: str) -> str:
    """The case type whose folder a file of the forms lies in; empty: it is none of them."""
    kind, _, rest = file.partition("/")
    return rest.partition("/")[0] if kind == FORMS.rstrip("/") else ""


def load_library(forms: Path, resources: Path) -> Library:
    """Load every pack of an installation; a broken one disables only itself.

    Args:
        forms: the folder of the case types.
        resources: the folder with `regulations/` and `tables/`.
    """
    problems: list[PackError] = []
    texts = readable((resources / "regulations").glob("*.toml"), REGULATIONS, problems)
    texts |= readable((resources / "tables").glob("*.csv"), TABLES, problems)
    for folder in sorted(p for p in forms.iterdir() if p.is_dir()):
        try:
            texts |= texts_of(folder.glob("*.toml"), f"{FORMS}{folder.name}/")
        except PackError as problem:
            problems.append(problem)
    districts = _districts(resources / "tables" / "districts.csv")
    return library_of(texts, forms, districts, problems)


def library_of(
    texts: Mapping[str, str],
    folder: Path,
    districts: Mapping[str, Label],
    problems: Iterable[PackError] = (),
) -> Library:
    """All packs that the texts hold.

    Args:
        texts: `forms/<case_type>/x.toml`, `regulations/x.toml` and `tables/x.csv` to their text.
        folder: where the document templates of the case types lie.
        districts: district code to its name.
        problems: what is known already to be wrong.
    """
    found = list(problems)
    regulations = regulations_of(texts, found)
    own = {
        name: {t: text for t, text in texts.items() if t.startswith(f"{FORMS}{name}/")}
        for name in sorted({t.split("/")[1] for t in texts if t.startswith(FORMS)})
    }
    registers = _registers(own, texts, regulations, found)
    declared = {name: law.register for name, law in registers.items()}
    laws: dict[str, Law] = {}
    for name in (n for n in own if not _is_register(n, own[n])):
        try:
            law = _law(name, _case_type(name, own[name], declared), own[name], texts, regulations)
        except PackError as problem:
            found.append(problem)
        else:
            laws[law.case_type.id] = law
    _check_settlers(laws, found)
    return Library(laws, regulations, tuple(found), districts, folder, texts, registers)


def _is_register(folder: str, own: Mapping[str, str]) -> bool:
    """Whether a folder of `forms/` declares a register, and no case type."""
    return f"{FORMS}{folder}/{REGISTER_FILE}" in own


def _registers(
    folders: Mapping[str, Mapping[str, str]],
    texts: Mapping[str, str],
    regulations: Mapping[str, Regulation],
    problems: list[PackError],
) -> dict[str, RegisterLaw]:
    registers: dict[str, RegisterLaw] = {}
    for name, own in folders.items():
        if not _is_register(name, own):
            continue
        try:
            register = load_register(f"{FORMS}{name}", own)
            law = _law(name, register.row, own, texts, regulations)
        except PackError as problem:
            problems.append(problem)
        else:
            registers[register.id] = RegisterLaw(register, law)
    return registers


def _case_type(
    folder: str, own: Mapping[str, str], registers: Mapping[str, Register] | None
) -> CaseType:
    """A case type, held against the register that it names where registers are known."""
    case_type = load_case_type(f"{FORMS}{folder}", own)
    try:
        check_link(f"{FORMS}{folder}", case_type, registers)
    except PackError as error:
        raise in_its_file(error, own) from None
    return case_type


def _check_settlers(laws: dict[str, Law], problems: list[PackError]) -> None:
    """Disable a case type whose follow-ups wait for later cases that do not fit."""
    disabled = {_folder_of(problem.file) for problem in problems}
    loaded = {name: law.case_type for name, law in laws.items()}
    for name, case_type in loaded.items():
        try:
            check_settlers(f"{FORMS}{name}", case_type, loaded, disabled)
        except PackError as error:
            own = {k: t for k, t in laws.pop(name).texts.items() if k.startswith(FORMS)}
            problems.append(in_its_file(error, own))


def law_from_texts(texts: Mapping[str, str]) -> Law:
    """The law that a case was pinned to, from the texts that were stored for it.

    Raises:
        PackError: the texts do not make a law; they were stored by another program.
    """
    own = {name: text for name, text in texts.items() if name.startswith(FORMS)}
    others = {name: text for name, text in texts.items() if name.startswith(REGULATIONS)}
    if not own:
        raise PackError(FORMS, "-", "no case type among the texts")
    regulations = [load_regulation(name, text, texts) for name, text in others.items()]
    following, problems = in_succession({r.id: r for r in regulations})
    for problem in problems:
        raise problem
    folder = next(iter(own)).split("/")[1]
    return _law(folder, _case_type(folder, own, None), own, texts, following)


def regulations_of(texts: Mapping[str, str], problems: list[PackError]) -> dict[str, Regulation]:
    """The regulations among the texts that can be used; why the others cannot, to the problems."""
    regulations: dict[str, Regulation] = {}
    for file, text in texts.items():
        if not file.startswith(REGULATIONS):
            continue
        try:
            regulation = load_alone(file, text, texts)
        except PackError as problem:
            problems.append(problem)
        else:
            regulations[regulation.id] = regulation
    following, misfits = in_succession(regulations)
    problems += misfits
    return following


def load_alone(file: str, text: str, texts: Mapping[str, str]) -> Regulation:
    """One regulation from its text, before it is held against others.

    Raises:
        PackError: it has not the form, another id than its file, or contradicts itself.
    """
    regulation = load_regulation(file, text, texts)
    if file != regulation_file(regulation.id):
        raise PackError(
            file,
            "id",
            f"must be the file's name, is {regulation.id}",
            f"应与文件名相同，现为 {regulation.id}",
        )
    mistake = own_mistakes(regulation)
    if mistake:
        raise mistake
    return regulation


def _law(
    folder: str,
    case_type: CaseType,
    own: Mapping[str, str],
    texts: Mapping[str, str],
    regulations: Mapping[str, Regulation],
) -> Law:
    if case_type.id != folder:
        raise PackError(f"{FORMS}{folder}", "id", f"must be the folder's name, is {case_type.id}")
    lacking = [r for r in case_type.regulations if r not in regulations]
    if lacking:
        missing = PackError(folder, "regulations", f"no usable regulation {lacking[0]}")
        raise in_its_file(missing, own)
    lines = tuple(line_of(r, regulations) for r in case_type.regulations)
    rules = _module(folder, "rules")
    functions = {f"{folder}.{key}": function for key, function in rules.RULES.items()}
    module = _module(folder, "computed")
    computing, following = module.COMPUTED, module.FOLLOW_UPS
    try:
        behind = tuple(line[0] for line in lines)
        check(f"{FORMS}{folder}", case_type, behind, functions, computing)
        check_follow_ups(f"{FORMS}{folder}", case_type, behind, following)
        check_clocks(f"{FORMS}{folder}", case_type, behind)
        _check_lines(folder, lines)
    except PackError as error:
        raise in_its_file(error, own) from None
    pinned = _pinned(lines, own, texts)
    readable_by = {rule.id: _looked_at(rule) for rule in case_type.rules}
    digest = texts_digest(pinned)
    return Law(case_type, lines, pinned, digest, functions, computing, readable_by, following)


def _check_lines(folder: str, lines: tuple[Line, ...]) -> None:
    """A case type names a regulation or its successor, not both: each would speak twice."""
    named = {line[0].id for line in lines}
    for line in lines:
        for successor in line[1:]:
            if successor.id in named:
                raise PackError(
                    f"{FORMS}{folder}", "regulations", f"{successor.id} succeeds {line[0].id}"
                )


def _pinned(
    lines: tuple[Line, ...], own: Mapping[str, str], texts: Mapping[str, str]
) -> dict[str, str]:
    """The texts that a case of this type is pinned to."""
    behind = [regulation for line in lines for regulation in line]
    files = [regulation_file(r.id) for r in behind]
    files += [table for regulation in behind for table in regulation.tables]
    return {name: texts[name] for name in files} | dict(own)


def _looked_at(rule: Rule) -> frozenset[str]:
    """The fields and materials that a rule's function may look at."""
    return frozenset((*rule.reads, *(material_name(m) for m in rule.materials)))


def _module(folder: str, kind: str) -> ModuleType:
    """The module of the case type's functions; a declaration without one is refused."""
    name = f"auditdesk.regulations.{kind}.{folder}"
    if not folder.isidentifier() or importlib.util.find_spec(name) is None:
        raise PackError(f"{FORMS}{folder}", kind, f"no module {name}")
    return importlib.import_module(name)


def _districts(path: Path) -> dict[str, Label]:
    with path.open(encoding="utf-8", newline="") as file:
        return {row["code"]: Label(row["zh"], row["en"]) for row in csv.DictReader(file)}
