"""PDF by Typst, tagged, with nothing to install on the machine (decision 0090)."""

import json
from pathlib import Path

import typst

from consultations.councils.writing.paper import Paper

TEMPLATE = Path(__file__).with_name("paper.typ")


def write_pdf(papers: list[Paper]) -> bytes:
    """Words travel as data, never as Typst's own marks: no text can be taken for a command."""
    data = json.dumps([paper.as_json() for paper in papers], ensure_ascii=False)
    return bytes(typst.compile(TEMPLATE.read_bytes(), format="pdf", sys_inputs={"data": data}))
