"""PDF by Typst (decision 0090), on one page: the letters shrink until it holds, never under what can be read."""

import json
from pathlib import Path

import typst

from consultations.councils.writing import Paper

TEMPLATE = Path(__file__).with_name("sheet.typ")
SIZES = (10.0, 9.0, 8.2, 7.5)


def write_pdf(paper: Paper) -> bytes:
    """One page when it can be; words travel as data, never as Typst's own marks."""
    for size in SIZES:
        if page_count(paper, size) == 1:
            return _compile(paper, size)
    return _compile(paper, SIZES[-1])


def page_count(paper: Paper, size: float) -> int:
    """How many pages the sheet takes in letters of `size` points; drawn small, only to be counted."""
    drawn = typst.compile(TEMPLATE.read_bytes(), format="png", ppi=8, sys_inputs=_inputs(paper, size))
    return len(drawn) if isinstance(drawn, list) else 1


def _compile(paper: Paper, size: float) -> bytes:
    return bytes(typst.compile(TEMPLATE.read_bytes(), format="pdf", sys_inputs=_inputs(paper, size)))


def _inputs(paper: Paper, size: float) -> dict[str, str]:
    return {"data": json.dumps(paper.as_json(), ensure_ascii=False), "size": str(size)}
