#!/usr/bin/env python3
"""Set up and run a checkout: `python3 dev.py demo`, `python3 dev.py test`.

Needs nothing but Python 3.11. The libraries go into `.venv` from a lock file with hashes; on
Debian, started by root, missing system packages are installed too. Everybody else is told what
is missing. Written so that an older Python still reads it and can say that it is too old.
"""

from __future__ import annotations

import argparse
import ctypes
import hashlib
import importlib.util
import json
import os
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
STAMP = VENV / "installed-locks.json"
WINDOWS = os.name == "nt"
BIN = VENV / ("Scripts" if WINDOWS else "bin")
PYTHON = BIN / ("python.exe" if WINDOWS else "python")

USER_LOCK = "requirements.lock"
DEVELOPER_LOCK = "requirements-dev.lock"  # holds everything that USER_LOCK holds
COVERS = {USER_LOCK: (USER_LOCK,), DEVELOPER_LOCK: (USER_LOCK, DEVELOPER_LOCK)}

# Debian package -> the library whose absence shows that the package is missing.
QT_LIBRARIES = {
    "libgl1": "libGL.so.1",
    "libegl1": "libEGL.so.1",
    "libglib2.0-0": "libglib-2.0.so.0",
    "libdbus-1-3": "libdbus-1.so.3",
    "libfontconfig1": "libfontconfig.so.1",
    "libxkbcommon0": "libxkbcommon.so.0",
}
SCREEN_LIBRARIES = {
    "libxcb-cursor0": "libxcb-cursor.so.0",
    "libxcb-icccm4": "libxcb-icccm.so.4",
    "libxcb-image0": "libxcb-image.so.0",
    "libxcb-keysyms1": "libxcb-keysyms.so.1",
    "libxcb-render-util0": "libxcb-render-util.so.0",
    "libxcb-shape0": "libxcb-shape.so.0",
    "libxcb-xkb1": "libxcb-xkb.so.1",
    "libxkbcommon-x11-0": "libxkbcommon-x11.so.0",
}
# Debian package -> the command that the tests call.
TEST_TOOLS = {
    "poppler-utils": "pdftoppm",
    "libreoffice-calc-nogui": "soffice",
    "softhsm2": "softhsm2-util",  # a token made of software
}

PIP_INSTALL = [
    "install",
    "--quiet",
    "--no-input",
    "--disable-pip-version-check",
    "--no-deps",  # the lock names every library there is to install
    "--require-hashes",
]

# -P: what lies in the current folder must not stand in for a library.
AUDITDESK = ["-P", "-m", "auditdesk"]
PYTEST = ["-P", "-m", "pytest", "-n", "2", "--dist", "worksteal"]

CHECKS = {
    "formatting": ["ruff", "format", "--check", "."],
    "lint": ["ruff", "check", "."],
    "types": ["mypy"],
    "layers": ["lint-imports"],
}


class UnmetNeedError(Exception):
    """Something that this computer lacks, with what to do about it."""


def say(text: str) -> None:
    print("dev.py: " + text, file=sys.stderr, flush=True)


# ------------------------------------------------------------------ the right Python


def hand_over_to_python_311() -> None:
    """Start again under Python 3.11 when another version runs this file."""
    if sys.version_info[:2] == (3, 11):
        return
    found = shutil.which("python3.11")
    command = [found] if found else (["py", "-3.11"] if shutil.which("py") else [])
    has_it = command and subprocess.run([*command, "--version"], capture_output=True, check=False)
    if not has_it or has_it.returncode != 0:
        raise UnmetNeedError(
            f"Python 3.11 is needed, and this is {sys.version_info[0]}.{sys.version_info[1]}. "
            "Please install Python 3.11 and run `python3.11 dev.py …`."
        )
    done = subprocess.run([*command, str(ROOT / "dev.py"), *sys.argv[1:]], check=False)
    sys.exit(done.returncode)


# ------------------------------------------------------------------ Debian packages


def loadable(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def missing_libraries(packages: dict[str, str]) -> list[str]:
    if not sys.platform.startswith("linux"):
        return []
    return [package for package, library in packages.items() if not loadable(library)]


def missing_tools(packages: dict[str, str]) -> list[str]:
    return [package for package, command in packages.items() if not shutil.which(command)]


def install_packages(packages: list[str]) -> bool:
    """Install Debian packages; tells whether that was possible and worked."""
    if not packages or not shutil.which("apt-get") or os.geteuid() != 0:
        return not packages
    say("installing Debian packages: " + " ".join(packages))
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for step in (
        ["apt-get", "-qq", "update"],
        ["apt-get", "-qq", "-y", "install", "--no-install-recommends", *packages],
    ):
        done = subprocess.run(
            step,
            env=environment,
            check=False,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
            errors="replace",
        )
    if done.returncode != 0:
        say(done.stdout[-2000:])
    return done.returncode == 0


def demand_packages(packages: list[str]) -> None:
    if not install_packages(packages):
        raise UnmetNeedError(
            "Some system packages are missing. On Debian, run as root: "
            "apt-get install " + " ".join(packages)
        )


def prepare_system(*, test: bool) -> None:
    """Libraries that Qt cannot start without, and, for the tests, the programs they call."""
    demand_packages(missing_libraries(QT_LIBRARIES))
    if has_screen() and not WINDOWS:
        demand_packages(missing_libraries(SCREEN_LIBRARIES))
    if test and not install_packages(missing_tools(TEST_TOOLS)):
        missing = " ".join(missing_tools(TEST_TOOLS))
        say("some tests will be skipped; they need: " + missing)


# ------------------------------------------------------------------ the virtual environment


def lock_hash(lock: str) -> str:
    return hashlib.sha256((ROOT / lock).read_bytes()).hexdigest()


def installed_locks() -> dict[str, str]:
    if not (STAMP.is_file() and PYTHON.exists()):
        return {}
    stamps: dict[str, str] = json.loads(STAMP.read_text(encoding="utf-8"))
    return stamps


def environment_is_sound() -> bool:
    """Whether `.venv` holds a Python 3.11 with pip; a half-made one does not count."""
    probe = "import sys, pip; sys.exit(sys.version_info[:2] != (3, 11))"
    try:
        done = subprocess.run([str(PYTHON), "-c", probe], capture_output=True, check=False)
    except OSError:
        return False
    return done.returncode == 0


def make_environment() -> None:
    if environment_is_sound():
        return
    if importlib.util.find_spec("ensurepip") is None:  # Debian keeps it in a package of its own
        demand_packages(["python3-venv"])
    base = getattr(sys, "_base_executable", None) or sys.executable
    done = subprocess.run([base, "-m", "venv", "--clear", str(VENV)], check=False)
    if done.returncode != 0:
        raise UnmetNeedError(
            f"The virtual environment {VENV} could not be made; the lines above say why."
        )


def prepare_environment(lock: str) -> None:
    """`.venv` with the lock's libraries, the package itself and its launcher."""
    wanted = lock_hash(lock)
    if installed_locks().get(lock) != wanted:
        make_environment()
        say(f"installing the libraries of {lock} …")
        install_lock(lock)
        STAMP.write_text(
            json.dumps({name: lock_hash(name) for name in COVERS[lock]}), encoding="utf-8"
        )
    link_package()


def install_lock(lock: str) -> None:
    done = subprocess.run(
        [str(PYTHON), "-m", "pip", *PIP_INSTALL, "-r", str(ROOT / lock)],
        env={**os.environ, "PYTHONUTF8": "1"},
        check=False,
    )
    if done.returncode != 0:
        raise UnmetNeedError(
            "The libraries could not be installed; the lines above say why. With the network "
            "back, run the same command again: it goes on where it stopped."
        )


def link_package() -> None:
    """Put `src` on the environment's path and an `auditdesk` command beside its Python."""
    libraries = VENV / "Lib" if WINDOWS else VENV / "lib" / "python3.11"
    site = libraries / "site-packages"
    # Relative, because site reads .pth files in the locale's encoding: plain ASCII is safe.
    keep_file(site / "auditdesk.pth", os.path.relpath(ROOT / "src", site) + "\n")
    if WINDOWS:
        keep_file(BIN / "auditdesk.cmd", '@"%~dp0python.exe" -P -m auditdesk %*\n')
    else:
        python = shlex.quote(str(PYTHON))
        keep_file(BIN / "auditdesk", f'#!/bin/sh\nexec {python} -P -m auditdesk "$@"\n')
        (BIN / "auditdesk").chmod(0o755)


def keep_file(path: Path, text: str) -> None:
    if not path.is_file() or path.read_text(encoding="utf-8") != text:
        path.write_text(text, encoding="utf-8")


# ------------------------------------------------------------------ running


def has_screen() -> bool:
    return WINDOWS or any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY"))


def run(arguments: list[str], *, offscreen: bool = False) -> int:
    """Run the environment's Python with some arguments; returns its exit status."""
    environment = {**os.environ, "PYTHONUTF8": "1"}
    environment["PATH"] = str(BIN) + os.pathsep + environment.get("PATH", "")
    if offscreen:
        environment["QT_QPA_PLATFORM"] = "offscreen"
    try:
        return subprocess.run([str(PYTHON), *arguments], env=environment, check=False).returncode
    except KeyboardInterrupt:
        return 130


def run_checks() -> int:
    """Formatting, lint, types and layers; all of them, even when one falls short."""
    failed = []
    for name, (tool, *arguments) in CHECKS.items():
        say("checking " + name)
        if run_tool(tool, arguments) != 0:
            failed.append(name)
    if failed:
        say("falls short: " + ", ".join(failed))
    return 1 if failed else 0


def run_tool(tool: str, arguments: list[str]) -> int:
    if tool == "lint-imports":  # has no `python -m` form
        start = "from importlinter.cli import lint_imports_command as start; start()"
        return run(["-P", "-c", start, *arguments, "--no-cache", "--no-logo"])
    return run(["-P", "-m", tool, *arguments])


# ------------------------------------------------------------------ sub-commands


def command_demo(arguments: list[str]) -> int:
    folder = Path(arguments[0] if arguments else "demo-office")
    prepare_system(test=False)
    prepare_environment(USER_LOCK)
    folder = unused(folder)
    status = run([*AUDITDESK, "demo", str(folder)], offscreen=not has_screen())
    if status != 0 or not has_screen():
        say(f"the auditdesk command is {BIN / 'auditdesk'}")
        return status
    return run([*AUDITDESK, "--office", str(folder)])


def unused(folder: Path) -> Path:
    """The folder itself, or, if an earlier demo lives there, its name with the next number."""
    candidate, number = folder, 1
    while candidate.exists() and (not candidate.is_dir() or any(candidate.iterdir())):
        number += 1
        candidate = folder.with_name(f"{folder.name}-{number}")
    if candidate != folder:
        say(f"{folder} is in use; the demo goes to {candidate}")
    return candidate


def command_run(arguments: list[str]) -> int:
    prepare_system(test=False)
    prepare_environment(USER_LOCK)
    return run([*AUDITDESK, *arguments])


def command_check(arguments: list[str]) -> int:
    del arguments
    prepare_environment(DEVELOPER_LOCK)
    return run_checks()


def command_test(arguments: list[str]) -> int:
    prepare_system(test=True)
    prepare_environment(DEVELOPER_LOCK)
    checks = run_checks()
    tests = run([*PYTEST, *arguments], offscreen=True)
    return tests or checks


def command_bench(arguments: list[str]) -> int:
    prepare_system(test=False)
    prepare_environment(DEVELOPER_LOCK)
    return run([str(ROOT / "tests" / "benchmarks" / "bench.py"), *arguments], offscreen=True)


COMMANDS = {
    "demo": (command_demo, "[DIR]: build a sample office, then open the window on it"),
    "test": (command_test, "[pytest arguments]: check, then all tests"),
    "run": (command_run, "[arguments]: start auditdesk from this checkout"),
    "check": (command_check, "formatting, lint, types and layers"),
    "bench": (command_bench, "[names]: the figures, each as a ratio"),
}


def main() -> int:
    parser = argparse.ArgumentParser(
        prog="dev.py",
        description="Sets up this checkout and runs it.",
        epilog="\n".join(f"  {name:6} {text}" for name, (_, text) in COMMANDS.items()),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("command", choices=COMMANDS, metavar="COMMAND")
    parser.add_argument("arguments", nargs=argparse.REMAINDER)
    chosen = parser.parse_args()
    try:
        hand_over_to_python_311()
        return COMMANDS[chosen.command][0](chosen.arguments)
    except UnmetNeedError as error:
        say(str(error))
        return 1


if __name__ == "__main__":
    sys.exit(main())
