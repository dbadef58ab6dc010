"""How an import says what is wrong: where, what, and how to put it right."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass


def storable(text: str) -> str:
    """The text without what no database keeps, for words that quote a file."""
    return text.encode("utf-8", "replace").decode().replace("\0", "\ufffd")


@dataclass(frozen=True)
class Problem:
    """One thing to correct in a file: its place, what is wrong, and the remedy."""

    file: str
    place: str
    message: str
    remedy: str = ""

    def __str__(self) -> str:
        parts = (self.file, self.place, self.message, self.remedy)
        return storable(" · ".join(str(part) for part in parts if part))

    def as_json(self) -> dict[str, str]:
        return {name: storable(str(value)) for name, value in asdict(self).items()}


class ImportRefused(Exception):
    """Nothing was written: the file has to be corrected first."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = list(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))
