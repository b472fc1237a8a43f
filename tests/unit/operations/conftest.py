"""The office that these tests work in."""

from __future__ import annotations

from clock_samples import approval  # noqa: F401 – a fixture is found by its name
from desk_samples import (  # noqa: F401 – fixtures are found by their names
    at_desk,
    entered,
    office_folder,
    office_template,
    plan,
    sample_office,
    shipped_law,
    surroundings,
)
from scan_samples import file  # noqa: F401 – as above
