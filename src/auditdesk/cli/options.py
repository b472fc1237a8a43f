"""What options of several commands are read as."""

from __future__ import annotations

import click

DAY = click.DateTime(["%Y-%m-%d"])
