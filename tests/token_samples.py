"""A token made of software (softhsm2) with keys and certificates, for the tests of tokens."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

PIN, OFFICER_PIN = "246810", "13579135"
MODULES = (
    "/usr/lib/softhsm/libsofthsm2.so",
    "/usr/lib/x86_64-linux-gnu/softhsm/libsofthsm2.so",
    "/usr/lib/aarch64-linux-gnu/softhsm/libsofthsm2.so",
    "/usr/lib64/pkcs11/libsofthsm2.so",
    "/usr/local/lib/softhsm/libsofthsm2.so",
    "/opt/homebrew/lib/softhsm/libsofthsm2.so",
)


class Slots:
    """A folder of software tokens."""

    def __init__(self, module: Path) -> None:
        self.module = module

    def make(self, label="li"):
        """An empty token with a PIN."""
        command = ["softhsm2-util", "--init-token", "--free", "--label", label]
        command += ["--pin", PIN, "--so-pin", OFFICER_PIN]
        subprocess.run(command, check=True, capture_output=True)
        return label


@pytest.fixture
def slots(tmp_path, monkeypatch):
    """Makes tokens; `dev.py test` installs what it takes on Debian (package softhsm2)."""
    module = next((Path(path) for path in MODULES if Path(path).is_file()), None)
    if module is None or shutil.which("softhsm2-util") is None:
        pytest.skip("needs softhsm2 (Debian: apt-get install softhsm2)")
    folder = tmp_path / "tokens"
    folder.mkdir()
    settings = tmp_path / "softhsm2.conf"
    settings.write_text(f"directories.tokendir = {folder}\nlog.level = ERROR\n", encoding="utf-8")
    monkeypatch.setenv("SOFTHSM2_CONF", str(settings))
    return Slots(module)
