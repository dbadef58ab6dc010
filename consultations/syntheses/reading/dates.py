"""The day a workshop was held, as French documents write it."""

import datetime
import re

from core.text import fold

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            ("janvier", "janv"), ("fevrier", "fevr", "fev"), ("mars",), ("avril", "avr"), ("mai",), ("juin",),
            ("juillet", "juil"), ("aout",), ("septembre", "sept"), ("octobre", "oct"), ("novembre", "nov"),
            ("decembre", "dec"),
        ),
        start=1,
    )
    for name in names
}  # fmt: skip
WRITTEN = re.compile(rf"(?:^|\s)(\d{{1,2}})(?:er)?\s+({'|'.join(MONTHS)})\s+(\d{{4}})(?:\s|$)")
FIGURES = re.compile(r"(?<!\d)(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})(?!\d)")
ISO = re.compile(r"(?<!\d)(\d{4})-(\d{2})-(\d{2})(?!\d)")
WORD_BEFORE = r"(?:le\s+)?(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche)?\s*"
ONLY = re.compile(rf"{WORD_BEFORE}(?:\d{{1,2}}(?:er)?\s+(?:{'|'.join(MONTHS)})\s+\d{{4}}|[\d ]{{6,10}})")
MOST_WORDS = 8


def date_in(text: str) -> datetime.date | None:
    """The day a short line gives; None for a sentence that happens to name one, or an impossible day."""
    folded = fold(text)
    if len(folded.split()) > MOST_WORDS:
        return None
    if found := ISO.search(text):
        return _day(*found.groups())
    if found := FIGURES.search(text):
        return _day(*reversed(found.groups()))
    if found := WRITTEN.search(folded):
        day, month, year = found.groups()
        return _day(year, str(MONTHS[month]), day)
    return None


def is_only_date(text: str) -> bool:
    """True when the line says nothing else."""
    return date_in(text) is not None and bool(ONLY.fullmatch(fold(text)))


def _day(year: str, month: str, day: str) -> datetime.date | None:
    try:
        return datetime.date(int(year), int(month), int(day))
    except ValueError:
        return None


def write_date(day: datetime.date) -> str:
    """`2 avril 2014`, with its accents."""
    names = [
        "janvier",
        "février",
        "mars",
        "avril",
        "mai",
        "juin",
        "juillet",
        "août",
        "septembre",
        "octobre",
        "novembre",
        "décembre",
    ]
    return f"{day.day} {names[day.month - 1]} {day.year}"
