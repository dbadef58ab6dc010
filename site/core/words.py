"""The 512 words of our codes: common, concrete, without accents, and each two slips away from any other.

One slip of the finger therefore never turns a word into another (`tests/core/test_receipts.py` holds it).
The list is part of the codes already given: never reorder, replace or extend it.
"""

from pathlib import Path

WORDS: tuple[str, ...] = tuple(Path(__file__).with_name("words.txt").read_text(encoding="ascii").split())
