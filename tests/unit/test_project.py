"""The papers of the project and the set-up script hold to what they say."""

from __future__ import annotations

import importlib.util
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def text(name):
    return (ROOT / name).read_text(encoding="utf-8")


def pins(lock):
    return dict(re.findall(r"^([A-Za-z0-9_.-]+)==([^ \\]+)", text(lock), re.MULTILINE))


def plain(name):
    return re.sub(r"[-_.]+", "-", name).lower()


@pytest.fixture(scope="module")
def dev():
    spec = importlib.util.spec_from_file_location("dev", ROOT / "dev.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_every_library_that_ships_is_named_with_its_licence():
    words = {plain(w) for w in re.findall(r"[\w.-]+", text("docs/decisions/0001-stack.md"))}
    assert [name for name in pins("requirements.lock") if plain(name) not in words] == []


def test_every_library_is_locked_with_a_hash():
    for lock in ("requirements.lock", "requirements-dev.lock"):
        blocks = re.split(r"\n(?=\S)", text(lock))
        pinned = [block for block in blocks if "==" in block.splitlines()[0]]
        assert len(pinned) == len(pins(lock))
        assert all("--hash=sha256:" in block for block in pinned)


def test_the_developers_lock_holds_the_users_lock():
    users, developers = pins("requirements.lock"), pins("requirements-dev.lock")
    assert {name: developers.get(name) for name in users} == users


def test_the_lock_holds_what_pyproject_names():
    named = re.search(
        r"^dependencies = \[(.*?)^\]", text("pyproject.toml"), re.DOTALL | re.MULTILINE
    ).group(1)
    locked = {plain(name) for name in pins("requirements.lock")}
    wanted = {plain(name) for name in re.findall(r'"([A-Za-z0-9_.-]+?)[><=]', named)}
    assert "pyside6-essentials" in wanted
    assert wanted <= locked


def test_qt_stays_below_the_version_that_stops_python_311():
    version = pins("requirements.lock")["pyside6-essentials"]
    assert tuple(map(int, version.split(".")[:2])) < (6, 12)


def test_a_demo_takes_the_next_free_folder(dev, tmp_path, capsys):
    folder = tmp_path / "demo-office"
    assert dev.unused(folder) == folder
    folder.mkdir()
    assert dev.unused(folder) == folder
    (folder / "office.json").write_text("{}", encoding="utf-8")
    (tmp_path / "demo-office-2").write_text("a file", encoding="utf-8")
    assert dev.unused(folder) == tmp_path / "demo-office-3"
    assert "demo-office-3" in capsys.readouterr().err


def test_a_missing_system_library_is_noticed(dev):
    found = dev.missing_libraries(
        {"no-such-package": "libnosuchlibrary.so.9", "libc6": "libc.so.6"}
    )
    assert found == (["no-such-package"] if sys.platform == "linux" else [])
    assert dev.missing_tools({"no-such-package": "nosuchcommand"}) == ["no-such-package"]


def test_dev_says_what_it_can_do():
    done = subprocess.run(
        [sys.executable, ROOT / "dev.py", "dance"],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 2
    assert "demo" in done.stderr
    assert "Traceback" not in done.stderr


def test_every_bench_line_still_runs():
    """Hardly any work: it shows that the lines run, not how fast anything is."""
    done = subprocess.run(
        [sys.executable, ROOT / "tests" / "benchmarks" / "bench.py", "--quick"],
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=200,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.count(" ratio ") >= 5


def test_the_program_tells_the_version_of_its_package():
    declared = re.search(r'^version = "([^"]+)"', text("pyproject.toml"), re.MULTILINE)
    told = re.search(r'^__version__ = "([^"]+)"', text("src/auditdesk/__init__.py"), re.MULTILINE)
    assert declared[1] == told[1]
