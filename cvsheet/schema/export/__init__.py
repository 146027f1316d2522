"""The tables described for those who build on them: Table Schema, JSON Schema and pandera, made from `schemas/`."""

from __future__ import annotations
