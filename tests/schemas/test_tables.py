"""Every table of `schemas/` is complete, valid Table Schema, and accepted in each language that it is exported in."""

from __future__ import annotations

import re
from typing import Any

import pandas as pd
import pandera.pandas as pa
import pytest
from frictionless import Resource, Schema
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator, FormatChecker, ValidationError

from cvsheet.schema.export.examples import example_row
from cvsheet.schema.export.json_schema import json_schema, portable
from cvsheet.schema.export.pandera_yaml import pandera_yaml
from cvsheet.schema.export.table_schema import table_schema
from cvsheet.schema.tables import Column, descriptor, load_table, table_names

every_table = pytest.mark.parametrize("name", table_names())
DRAWN = {"suivi.tendance"}  # columns that show a drawing and no text
ALWAYS = ("name", "title", "type", "description", "example", "excel")


def test_the_canonical_tables_come_first_and_none_twice() -> None:
    assert table_names()[:2] == ("contrat", "partenaires")
    assert len(set(table_names())) == len(table_names())


@every_table
def test_every_column_says_what_it_is_with_an_example(name: str) -> None:
    assert descriptor(name)["name"] == name
    for field in descriptor(name)["fields"]:
        assert [key for key in ALWAYS if key not in field] == [], field["name"]
        assert field["title"].strip() and field["description"].strip().endswith((".", "…"))
        assert field["example"] not in (None, "") or f"{name}.{field['name']}" in DRAWN


@every_table
def test_the_columns_of_a_key_exist(name: str) -> None:
    table = load_table(name)
    assert set(table.key) <= {column.name for column in table.columns}


@every_table
def test_a_reference_names_a_column_of_another_table(name: str) -> None:
    for column in load_table(name).columns:
        if column.reference:
            table, _, target = column.reference.partition(".")
            assert load_table(table).column(target)


@every_table
@pytest.mark.parametrize("of", [descriptor, table_schema], ids=["kept", "exported"])
@pytest.mark.sample(20)
def test_frictionless_accepts_the_schema_and_its_example(name: str, of: Any) -> None:
    source = of(name)
    assert Schema.from_descriptor(source)
    alone = {key: value for key, value in source.items() if key != "foreignKeys"}  # a package's tests judge those
    schema = Schema.from_descriptor(alone)
    names = [field["name"] for field in source["fields"]]
    report = Resource(data=[names, [field["example"] for field in source["fields"]]], schema=schema).validate()
    assert report.valid, report.flatten(["fieldName", "message"])


@every_table
def test_the_exported_schema_holds_nothing_of_the_workbook(name: str) -> None:
    exported = table_schema(name)
    assert "layout" not in exported
    assert all("excel" not in field for field in exported["fields"])
    assert [field["name"] for field in exported["fields"]] == [field["name"] for field in descriptor(name)["fields"]]


def test_the_exported_schema_says_what_codes_a_cell_may_hold() -> None:
    fields = {field["name"]: field for field in table_schema("indicateurs")["fields"]}
    assert (fields["producteurs"]["reference"], fields["producteurs"]["separator"]) == ("partenaires.code", ";")


@every_table
def test_json_schema_accepts_the_example_row_and_the_row_without_what_may_be_left_out(name: str) -> None:
    table = load_table(name)
    schema = json_schema(table)
    Draft202012Validator.check_schema(schema)
    validator = Draft202012Validator(schema, format_checker=FormatChecker())
    validator.validate(example_row(table))
    required = {column.name for column in table.columns if column.required}
    validator.validate({column: value for column, value in example_row(table).items() if column in required})
    validator.validate({column: value if column in required else None for column, value in example_row(table).items()})


@every_table
@pytest.mark.sample(10)
def test_pandera_loads_the_schema_back_and_accepts_the_example_row(name: str) -> None:
    table = load_table(name)
    schema = pa.DataFrameSchema.from_yaml(pandera_yaml(table))
    validated = schema.validate(pd.DataFrame([example_row(table)]))
    assert list(validated.columns) == [column.name for column in table.columns]
    assert schema.columns[table.columns[0].name].description == table.columns[0].description


def wrong(column: Column) -> str | float | None:
    """A value that the constraints of `column` refuse; None where they refuse no value of its type."""
    if column.maximum is not None:
        return int(column.maximum) + 1
    if column.minimum is not None:
        return int(column.minimum) - 1
    if column.type == "string" and (column.enum or column.pattern):
        return " ?* "
    return None


@every_table
@pytest.mark.sample(5)
def test_what_a_constraint_refuses_is_refused_in_both_languages(name: str) -> None:
    table = load_table(name)
    validator = Draft202012Validator(json_schema(table))
    frames = pa.DataFrameSchema.from_yaml(pandera_yaml(table))
    for column in table.columns:
        if (value := wrong(column)) is None:
            continue
        row = {**example_row(table), column.name: value}
        with pytest.raises(ValidationError):
            validator.validate(row)
        with pytest.raises(pa.errors.SchemaError):
            frames.validate(pd.DataFrame([row]))


@every_table
def test_an_empty_required_cell_is_refused(name: str) -> None:
    table = load_table(name)
    validator = Draft202012Validator(json_schema(table))
    for column in table.columns:
        if column.required:
            row = {key: value for key, value in example_row(table).items() if key != column.name}
            with pytest.raises(ValidationError):
                validator.validate(row)


PATTERNS = sorted({c.pattern for name in table_names() for c in load_table(name).columns if c.pattern})


@given(st.sampled_from(PATTERNS), st.text("Éa1_-.+/:@ *?[]\\", max_size=8))
def test_a_pattern_without_the_short_name_of_letters_means_the_same(pattern: str, text: str) -> None:
    assert bool(re.fullmatch(pattern, text)) == bool(re.fullmatch(portable(pattern), text, re.ASCII))
