"""Satisfaction is computed in one place: nothing else in the product turns steps of a scale into a figure."""

import re

from tests.repository import ROOT

FOLDERS = ("site", "consultations", "observatory")
COMPUTED = re.compile(
    r"def (nps|csat|ces|four_levels|likert|borda|instant_runoff)\b|top_two|promoters|detractors"
)


def test_no_other_module_computes_satisfaction_or_rankings() -> None:
    found = [
        str(path.relative_to(ROOT))
        for folder in FOLDERS
        for path in (ROOT / folder).rglob("*.py")
        if "consultations/metrics" not in str(path) and COMPUTED.search(path.read_text(encoding="utf-8"))
    ]
    assert found == []
