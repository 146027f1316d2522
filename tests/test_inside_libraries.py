"""What cvsheet uses of other libraries that they do not promise to keep: it is there as we use it, and nothing more is.

When a line fails, the library has changed inside: read what the last column says, in our code and in the library's,
before its bound in pyproject.toml moves (docs/versions.md says how).
"""

from __future__ import annotations

import ast
import importlib
import importlib.util
import inspect
import io
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from lxml import etree
from packaging.requirements import Requirement
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from tests.conftest import ROOT

_SPEC = importlib.util.find_spec("xlsxwriter.xmlwriter")
_XMLWRITER = importlib.util.module_from_spec(_SPEC)  # a copy: in the library's own, two methods may be ours by now
_SPEC.loader.exec_module(_XMLWRITER)
XMLwriter = _XMLWRITER.XMLwriter

METHODS = [
    # owner, name, parameters, what of ours depends on it
    (Worksheet, "_prepare_formula", "self, formula, expand_future_functions=False",
     "PlainSheet leaves out the search for newer functions: does it still do nothing but that and drop { = }?"),
    (Worksheet, "_write_cell", "self, row, col, cell",
     "PlainSheet writes texts, numbers and blanks itself: are their attributes and digits (.16G) still the same?"),
    *((Worksheet, name, f"self, row, col, {value}, cell_format=None",
       "PlainSheet calls it in place of the method without underscore, which only looks for « A1 » before: still so?")
      for name, value in (("_write_string", "string"), ("_write_number", "number"), ("_write_blank", "_"))),
    (Worksheet, "_assemble_xml_file", "self", "PlainSheet turns backslashes of links once the sheet is written"),
    (Worksheet, "_check_dimensions", "self, row, col, ignore_row=False, ignore_col=False",
     "StreamedSheet learns here that a row begins: is it still called for every cell, before it is stored?"),
    (Worksheet, "_write_sheet_data", "self", "StreamedSheet writes its packed rows in place of this element"),
    (Worksheet, "_position_object_pixels",
     "self, col_start, row_start, x1, y1, width, height, anchor",
     "StreamedSheet refuses here what needs heights of rows that left memory: is it still the only place?"),
    (XMLwriter, "_xml_inline_string", "self, string, preserve, attributes=[]",
     "StreamedSheet writes with it the texts that no other cell repeats"),
    (Worksheet, "_write_rows", "self", "StreamedSheet has a block of 16 rows written: is `spans` still by 16?"),
    (XMLwriter, "_xml_formula_element", "self, formula, result, attributes=[]",
     "SharingSheet writes a formula that cells share: do formulas still pass here, with their marks?"),
    (XMLwriter, "_xml_start_tag", "self, tag, attributes=[]", "StreamedSheet writes <sheetData> with it"),
    (XMLwriter, "_xml_end_tag", "self, tag", "StreamedSheet writes </sheetData> with it"),
    (XMLwriter, "_xml_start_tag_unencoded", "self, tag, attributes=[]",
     "GrowingSheet takes customHeight off rows: do rows still pass here, with pairs?"),
    (XMLwriter, "_escape_attributes", "self, attribute", "xml_text replaces it: what does it escape now?"),
    (XMLwriter, "_escape_data", "self, data", "xml_text replaces it: what does it escape now?"),
    (Format, "_get_xf_index", "self", "PlainSheet writes it as the style of a cell"),
]  # fmt: skip
SHEET = xlsxwriter.Workbook(io.BytesIO()).add_worksheet()
ATTRIBUTES = [
    (SHEET, "fh", "StreamedSheet puts a text in its place while a block is written"),
    (SHEET, "table", "StreamedSheet empties it when a block is packed"),
    (SHEET, "row_info", "StreamedSheet empties it when a block is packed"),
    (
        SHEET,
        "row_sizes",
        "StreamedSheet empties it when a block is packed: is it for pictures only?",
    ),
    (SHEET, "dim_rowmin", "StreamedSheet narrows it to the rows of a block"),
    (SHEET, "dim_rowmax", "StreamedSheet narrows it to the rows of a block"),
    (SHEET, "external_hyper_links", "PlainSheet turns the backslashes of its second column"),
    (xlsxwriter.Workbook(io.BytesIO()), "filename", "a large Book is put together in a file of ours"),
    (xlsxwriter.Workbook(io.BytesIO()), "tmpdir", "a large Book has its parts put in a folder of ours"),
    (
        openpyxl.Workbook().active.cell(1, 1),
        "_style",
        "rows added to a table of the contract look like its last",
    ),
    (etree, "_Element", "the type of every element: in annotations only"),
]
CELLS = [
    ("text", "String", ("string", "format")),
    (1.5, "Number", ("number", "format")),
    (None, "Blank", ("format",)),
    ("=1+1", "Formula", ("formula", "format", "value")),
]
DOCUMENTED = {"_exit", "_fields", "_make", "_replace", "_asdict", "_value_"}  # of Python itself


@pytest.mark.parametrize(("owner", "name", "parameters", "look"), METHODS)
def test_a_method_is_there_as_we_use_it(owner: type, name: str, parameters: str, look: str) -> None:
    there = inspect.signature(getattr(owner, name)).parameters.values()
    assert ", ".join(str(one.replace(annotation=one.empty)) for one in there) == parameters, look


@pytest.mark.parametrize(("owner", "name", "look"), ATTRIBUTES)
def test_an_attribute_is_there(owner: object, name: str, look: str) -> None:
    assert hasattr(owner, name), look


@pytest.mark.parametrize(("value", "kind", "parts"), CELLS)
def test_a_cell_waits_under_the_name_that_is_written_by_ourselves(
    value: object, kind: str, parts: tuple[str, ...]
) -> None:
    sheet = xlsxwriter.Workbook(io.BytesIO()).add_worksheet()
    sheet.write(0, 0, value, Format())
    cell = sheet.table[0][0]
    assert (type(cell).__name__, cell._fields) == (kind, parts)


def test_every_name_inside_another_library_stands_above() -> None:
    named = {name for _, name, *_ in (*METHODS, *ATTRIBUTES) if name.startswith("_")}
    assert {name for path in (ROOT / "cvsheet").rglob("*.py") for name in inside_names(path)} == named


@pytest.mark.parametrize("library", ["XlsxWriter", "openpyxl", "lxml"])
def test_what_is_used_inside_has_an_upper_bound(library: str) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    (wanted,) = (one for one in map(Requirement, project["dependencies"]) if one.name == library)
    assert "<" in {clause.operator for clause in wanted.specifier}


def inside_names(path: Path) -> Iterator[str]:
    """Names with an underscore that a module takes from a class or module of another library."""
    tree = ast.parse(path.read_bytes())
    for node in (one for one in tree.body if isinstance(one, ast.ClassDef) and one.bases):
        own = {one.name for one in node.body if isinstance(one, ast.FunctionDef)}
        own |= {one.attr for one in ast.walk(node) if isinstance(one, ast.Attribute) and isinstance(one.ctx, ast.Store)}
        used = {one.attr for one in ast.walk(node) if isinstance(one, ast.Attribute) and is_self(one.value)}
        above = outside_classes(path, node.name)
        yield from (name for name in own | used if is_private(name) and any(hasattr(one, name) for one in above))
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and not is_self(node.value) and is_private(node.attr):
            yield node.attr
        if isinstance(node, ast.ImportFrom) and not (node.module or "").startswith("cvsheet"):
            yield from (alias.name for alias in node.names if is_private(alias.name))


def is_private(name: str) -> bool:
    return name.startswith("_") and not name.startswith("__") and name not in DOCUMENTED


def is_self(node: ast.expr) -> bool:
    called = isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "super"
    return called or (isinstance(node, ast.Name) and node.id in ("self", "cls"))


def outside_classes(path: Path, name: str) -> list[type]:
    """The classes of other libraries that class `name` of this file inherits from, directly or not."""
    module = importlib.import_module(".".join(path.relative_to(ROOT).with_suffix("").parts))
    ours = {"cvsheet", *sys.stdlib_module_names}
    return [one for one in getattr(module, name).__mro__ if one.__module__.split(".")[0] not in ours]
