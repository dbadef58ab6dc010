"""Reads of syntheses."""

from consultations.syntheses.selectors.ballots import CollegeVotes, StageVotes
from consultations.syntheses.selectors.evidence import LineEvidence, SourceText, evidence_of
from consultations.syntheses.selectors.text import (
    LineNode,
    document_of,
    lines_of,
    synthesis_problems,
)
from consultations.syntheses.selectors.versions import (
    Difference,
    differences,
    document_of_version,
    version_content,
)

__all__ = [
    "CollegeVotes",
    "Difference",
    "LineEvidence",
    "LineNode",
    "SourceText",
    "StageVotes",
    "differences",
    "document_of",
    "document_of_version",
    "evidence_of",
    "lines_of",
    "synthesis_problems",
    "version_content",
]
