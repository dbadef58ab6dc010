"""PDF by Typst: one self-contained package, tagged files, nothing to install on the machine (decision 0090)."""

import json
from pathlib import Path
from typing import Any

import typst

from consultations.syntheses.document import NOTES_HEADING, SUMMARY_HEADING, Item
from consultations.syntheses.writing.printable import Printable

TEMPLATE = Path(__file__).with_name("synthesis.typ")


def write_pdf(printable: Printable) -> bytes:
    """Words travel as data, never as Typst's own marks: no text can be taken for a command."""
    made = typst.compile(
        TEMPLATE.read_bytes(),
        format="pdf",
        sys_inputs={"data": json.dumps(_data(printable), ensure_ascii=False)},
    )
    return bytes(made)


def _data(printable: Printable) -> dict[str, Any]:
    document = printable.document
    return {
        "title": document.title,
        "labels": list(printable.labels),
        "facts": list(printable.facts),
        "blocks": [
            {"heading": heading, "items": [item.as_json() for item in items]}
            for heading, items in printable.blocks
        ],
        "summary_heading": SUMMARY_HEADING,
        "summary": printable.summary.splitlines(),
        "notes_heading": NOTES_HEADING,
        "notes": [Item(note.text, tuple(map(Item, note.sources))).as_json() for note in printable.notes],
        "demo": "Données de démonstration, inventées." if printable.is_demo else "",
    }
