"""A synthesis of ours with the shape of the founding document, and the founding document where it is kept."""

from pathlib import Path

import pytest

from config.env import ROOT
from consultations.syntheses.document import Document
from consultations.syntheses.reading import read_synthesis

ARCHIVE = ROOT / "site" / "demo" / "data" / "syntheses_autonomie.md"
FOUNDING = {
    "salient_points": 4,
    "keywords": 8,
    "levers": 8,
    "improvements": 9,
    "recommendations": 15,
    "essential_points": 7,
    "user_participation": 10,
}


def archive() -> Document:
    """The reworded archive of the demo."""
    return read_synthesis(ARCHIVE.read_bytes(), name=ARCHIVE.name).document


def founding_file() -> Path:
    """The founding document; the test is counted as left out where it is absent."""
    folders = [parent / "shared" / "seeds" for parent in ROOT.parents]
    found = [path for folder in folders for path in sorted(folder.glob("003_*.txt"))]
    if not found:
        pytest.skip("the founding document is not on this machine")
    return found[0]
