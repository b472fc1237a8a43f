"""The shape of the project, held by tests: layers, small files, plain text files, short paths."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src" / "auditdesk"

FEW_LINES = 400
LONG_FILES: dict[str, str] = {}  # path -> why it may be longer

# What is not written by hand, or not text.
GENERATED = {".git", ".venv", "build", "dist", "__pycache__"}
BINARY = {
    ".ttf",
    ".otf",
    ".png",
    ".jpg",
    ".ico",
    ".qm",
    ".pdf",
    ".xlsx",
    ".db",
    ".p12",
    ".gz",
    ".zip",
}

FUNCTIONS = ("rules", "computed")

LINT_IMPORTS = "from importlinter.cli import lint_imports_command as start; start()"

# Each plants one forbidden import in a copy of the package: where, what, the contract broken.
VIOLATIONS = [
    ("domain/case.py", "import auditdesk.store", "imports go down only BROKEN"),
    ("store/__init__.py", "import auditdesk.documents", "imports go down only BROKEN"),
    ("exchange/__init__.py", "import auditdesk.regulations", "imports go down only BROKEN"),
    ("cli/__init__.py", "import auditdesk.ui", "imports go down only BROKEN"),
    ("operations/__init__.py", "import PySide6", "Qt in the windows only BROKEN"),
    ("ui/__init__.py", "import sqlite_utils", "the database in the store only BROKEN"),
    ("operations/__init__.py", "import pikepdf", "PDF and tokens in the documents only BROKEN"),
    ("documents/__init__.py", "import openpyxl", "workbooks in the exchange only BROKEN"),
]


def project_files():
    for folder, names, files in os.walk(ROOT):
        names[:] = [n for n in names if n not in GENERATED and not n.endswith(("_cache", "-info"))]
        if Path(folder) == ROOT:
            names[:] = [n for n in names if not n.startswith((".hypothesis", "demo-office"))]
        yield from (Path(folder) / name for name in files)


def text_files():
    return [f for f in project_files() if f.suffix not in BINARY and f.name != ".coverage"]


def relative(path):
    return path.relative_to(ROOT).as_posix()


def python(code, folder, *environment):
    return subprocess.run(
        [sys.executable, "-P", "-c", code],
        cwd=folder,
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1", **dict(environment)},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


def lint_imports(copy):
    sys_path = ("PYTHONPATH", str(copy / "src"))
    code = f"import sys; sys.argv = ['lint-imports', '--no-cache', '--no-logo']; {LINT_IMPORTS}"
    return python(code, copy, sys_path, ("COLUMNS", "200"))


@pytest.fixture(scope="module")
def copied_project(tmp_path_factory):
    copy = tmp_path_factory.mktemp("project")
    shutil.copy(ROOT / "pyproject.toml", copy)
    shutil.copytree(PACKAGE, copy / "src" / "auditdesk")
    return copy


def test_imports_go_down_only(copied_project):
    done = lint_imports(copied_project)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize(("place", "planted", "complaint"), VIOLATIONS)
def test_a_forbidden_import_is_found(copied_project, place, planted, complaint):
    file = copied_project / "src" / "auditdesk" / place
    before = file.read_text(encoding="utf-8")
    file.write_text(f"{before}\n{planted}\n", encoding="utf-8")
    try:
        done = lint_imports(copied_project)
    finally:
        file.write_text(before, encoding="utf-8")
    assert done.returncode == 1
    assert complaint in done.stdout


def test_a_module_outside_the_layers_is_found(copied_project):
    stray = copied_project / "src" / "auditdesk" / "helpers.py"
    stray.write_text('"""A module that no layer names."""\n', encoding="utf-8")
    try:
        done = lint_imports(copied_project)
    finally:
        stray.unlink()
    assert done.returncode != 0
    assert "helpers" in done.stdout + done.stderr


def modules_below_the_windows():
    files = [f for f in PACKAGE.rglob("*.py") if f.relative_to(PACKAGE).parts[0] != "ui"]
    dotted = [".".join(f.relative_to(PACKAGE.parent).with_suffix("").parts) for f in files]
    return sorted(name.removesuffix(".__init__") for name in dotted if name != "auditdesk.__main__")


def test_nothing_below_the_windows_loads_qt():
    modules = [m for m in modules_below_the_windows() if m != "auditdesk.app"]
    assert "auditdesk.domain.case" in modules
    code = (
        "import importlib, sys\n"
        f"for name in {modules!r}: importlib.import_module(name)\n"
        "print(sorted(n for n in sys.modules if n.split('.')[0] in ('PySide6', 'shiboken6')))"
    )
    done = python(code, ROOT)
    assert done.stderr == ""
    assert done.stdout.strip() == "[]"


def test_the_check_for_qt_can_fail():
    done = python("import sys, PySide6; print('PySide6' in sys.modules)", ROOT)
    assert done.stdout.strip() == "True"


def test_files_stay_small():
    lines = {
        relative(f): f.read_text(encoding="utf-8").count("\n")
        for f in project_files()
        if f.suffix == ".py"
    }
    assert lines["src/auditdesk/domain/case.py"] > 0
    long = {name: n for name, n in lines.items() if n > FEW_LINES and name not in LONG_FILES}
    assert long == {}
    assert all(lines.get(name, 0) > FEW_LINES for name in LONG_FILES), "an exception is out of date"


def test_text_files_are_utf8_with_unix_line_ends():
    bad = []
    for file in text_files():
        content = file.read_bytes()
        try:
            content.decode("utf-8")
        except UnicodeDecodeError:
            bad.append(relative(file))
        if b"\r\n" in content or content.startswith(b"\xef\xbb\xbf"):
            bad.append(relative(file))
    assert bad == []


def test_paths_are_short_enough_for_windows():
    long = [relative(f) for f in project_files() if len(relative(f)) >= 150]
    assert long == []


def test_every_test_file_is_collected():
    """A file under tests/ with tests in it, but another name, would never run."""
    strays = [
        relative(f)
        for f in (ROOT / "tests").rglob("*.py")
        if "def test_" in f.read_text(encoding="utf-8") and not f.name.startswith("test_")
    ]
    assert strays == []


def test_test_files_have_names_of_their_own():
    """Test folders are no packages: two files of one name would hide each other."""
    names = [f.name for f in (ROOT / "tests").rglob("test_*.py")]
    assert sorted(names) == sorted(set(names))


def test_packages_re_export_nothing():
    """An `__init__` of more than a docstring hides where a name lives."""
    wordy = [
        relative(f)
        for f in PACKAGE.rglob("__init__.py")
        if "import " in f.read_text(encoding="utf-8").split('"""', 2)[-1]
    ]
    assert wordy == []


def test_no_code_but_its_own_rules_names_a_case_type_or_a_register():
    """A new one is data plus a few pure functions: no window, table or command knows it.

    A register's id may be an everyday word: what counts is the id as a text of its own.
    """
    folders = [folder for folder in (ROOT / "forms").iterdir() if folder.is_dir()]
    registers = {f.name for f in folders if (f / "register.toml").exists()}
    names = {f.name: f'"{f.name}"' if f.name in registers else f.name for f in folders}
    assert "land_entry" in names
    assert "reservoir" in registers
    own = {PACKAGE / "regulations" / kind / f"{n}.py" for n in names for kind in FUNCTIONS}
    namers = [
        f"{relative(file)} names {name}"
        for file in PACKAGE.rglob("*.py")
        for name, written in names.items()
        if file not in own and written in file.read_text(encoding="utf-8")
    ]
    assert namers == []
