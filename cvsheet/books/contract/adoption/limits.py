"""What a workbook holds that openpyxl would drop when it saves it again: then the workbook is not edited at all.

A coordinator's chart that vanished would be noticed a year later. The names of the parts tell, and a few marks
in them.
"""

from __future__ import annotations

import io
import re
import zipfile

LINKED = "des formules matricielles dynamiques ou des types de données liés"
_PARTS = (
    (r"xl/(charts|chartsheets)/", "un graphique"),
    (r"xl/media/", "une image"),
    (r"xl/pivot(Tables|Cache)/", "un tableau croisé dynamique"),
    (r"xl/(slicers|slicerCaches|timelines|timelineCaches)/", "un segment ou une chronologie"),
    (r"xl/(ctrlProps|activeX)/", "un bouton ou un autre contrôle de formulaire"),
    (r"xl/vbaProject\.bin$", "des macros"),
    (r"xl/(threadedComments|persons)/", "des commentaires en fil de discussion"),
    (r"xl/(queryTables/|connections\.xml$)", "une requête vers des données externes"),
    (r"xl/(model|embeddings)/", "un objet incorporé ou un modèle de données"),
    (r"xl/richData/", LINKED),
    (r"xl/revisions/", "un suivi des modifications"),
    (r"xl/drawings/drawing[^/]*\.xml$", "une forme ou un dessin"),
)
_MARKS = (
    # xl/metadata.xml alone says nothing: SheetJS and IronCalc write it always. A cell that refers to it does.
    (rb"<(?:\w+:)?c\s[^>]*\b[cv]m=\"(?!0\")", LINKED),
    (rb"<x14:dataValidation[ >]", "une liste déroulante qui renvoie à une autre feuille"),
    (rb"<x14:(conditionalFormatting|cfRule)[ >]", "une mise en forme conditionnelle récente (barres, icônes)"),
    (rb"<x14:sparklineGroup[ >]", "des graphiques sparkline"),
)
_STRICT = b"http://purl.oclc.org/ooxml/spreadsheetml/main"
_CONTROL = re.compile(rb'ObjectType="(?!Note")')


def what_would_be_lost(data: bytes) -> tuple[str, ...]:
    """In French, each kind of content of the xlsx file `data` that editing would drop; empty where it is safe."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = archive.namelist()
        lost = [label for pattern, label in _PARTS if any(re.match(pattern, name) for name in names)]
        for name in names:
            if re.match(r"xl/worksheets/[^/]*\.xml$", name):
                sheet = archive.read(name)
                lost += [label for mark, label in _MARKS if re.search(mark, sheet)]
            elif name.endswith(".vml") and _CONTROL.search(archive.read(name)):
                lost.append("un bouton ou un autre contrôle de formulaire")
        if "xl/workbook.xml" in names and _STRICT in archive.read("xl/workbook.xml"):
            lost.append("tout : il est au format « Classeur Excel Open XML strict »")
    only_drawing = "une forme ou un dessin"
    explained = any(label in lost for label in ("un graphique", "une image"))
    return tuple(dict.fromkeys(label for label in lost if not (label == only_drawing and explained)))
