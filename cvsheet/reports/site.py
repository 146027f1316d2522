"""The published figures as one page for a town's web site: it opens offline, asks nothing of any server, and holds its
own open data.

It is made from the tables of ``export --diffusion`` alone. The policy of contents forbids every request; its script,
a search field, is known by its sum, and the page is whole without it.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from base64 import b64decode, b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256

from markupsafe import Markup

from cvsheet import __version__
from cvsheet.books.kit.charts import PUBLIC_GROUPS
from cvsheet.figures.overview import PROVISIONAL
from cvsheet.reports.html import page_environment
from cvsheet.reports.site_rows import PublishedContract, text_of
from cvsheet.reports.site_view import site_view
from cvsheet.text.french import typeset

STYLES = ("page.css", "chart.css", "site.css")
POLICY = (
    "default-src 'none'; img-src data:; style-src {style}; script-src {script}; base-uri 'none'; form-action 'none'"
)
ARCHIVE = "data:application/zip;base64,"
SPACED = re.compile(r"\s*([{};])\s*|(?<=[:,])\s")
LEFT_OUT = re.compile(r"</(?:td|th|tr|thead|tbody|dt|dd|li)>\n?")
"""End tags that HTML lets one leave out, since what follows them ends the element too: a tenth of the page."""


@dataclass(frozen=True, slots=True)
class Download:
    """The file that the page holds: its name, its size in bytes, and its address, which is its content. `table` is the
    name of the one that the page makes of its tables."""

    name: str
    size: int
    address: Markup
    table: str


def site_page(published: PublishedContract, package: Mapping[str, bytes]) -> bytes:
    """The page, in UTF-8; `package` are the files of the open data that it offers."""
    view, environment = site_view(published), page_environment()
    known = {"groups": PUBLIC_GROUPS, "numbers": view.numbers, "figures": view.figures, "judged": view.judged}
    style = _tight("".join(environment.get_template(name).render(known) for name in STYLES))
    script = _lean(environment.get_template("site.js").render())
    page = environment.get_template("site.html").render(
        view=view,
        style=Markup(style),
        script=Markup(script),
        policy=POLICY.format(style=_sum(style), script=_sum(script)),
        download=_download(published, package),
        provisional=typeset(PROVISIONAL),
        version=__version__,
    )
    # Attributes stand in double quotes, and French is full of apostrophes.
    return LEFT_OUT.sub("", page.replace("&#39;", "'")).encode()


def _lean(script: str) -> str:
    """A script without what only its readers in our sources need."""
    lines = (line.strip() for line in script.splitlines())
    return "\n".join(line for line in lines if line and not line.startswith("//"))


def package_in(page: bytes) -> Mapping[str, bytes]:
    """The files of the open data that a page of ours holds; ValueError where it does not hold them whole."""
    found = re.search(rb'"' + ARCHIVE.encode() + rb'([^"]*)"', page)
    if found is None:
        raise ValueError("no open data in the page")
    try:
        with zipfile.ZipFile(io.BytesIO(b64decode(found[1], validate=True))) as archive:
            return {name: archive.read(name) for name in archive.namelist()}
    except (ValueError, zipfile.BadZipFile, zlib.error) as error:
        raise ValueError("damaged open data in the page") from error


def _tight(style: str) -> str:
    """A style sheet without the spaces that mean nothing."""
    return SPACED.sub(lambda found: found[1] or "", re.sub(r"\s+", " ", style)).strip()


def _sum(content: str) -> str:
    """What a policy of contents knows a style or a script by."""
    return f"'sha256-{b64encode(sha256(content.encode()).digest()).decode()}'"


def _download(published: PublishedContract, package: Mapping[str, bytes]) -> Download:
    code, archive = text_of(published.contract, "contrat"), _archive(package)
    address = Markup(ARCHIVE + b64encode(archive).decode())
    return Download(f"{code}_donnees.zip", len(archive), address, f"{code}_indicateurs.csv")


def _archive(files: Mapping[str, bytes]) -> bytes:
    """The files as one, the same at every run."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED, 9)
    return stream.getvalue()
