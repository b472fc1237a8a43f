"""Key slots: how a password opens an office."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class KdfCost:
    """What Argon2id spends on one password (defaults: about 0.9 s of two cores)."""

    memory_kib: int = 262_144
    iterations: int = 3
    lanes: int = 2
