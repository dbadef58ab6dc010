"""Free words for those who may quote them: by need, five at least together, without day nor place."""

from collections import defaultdict
from dataclasses import dataclass

from consultations.bank.models import Verbatim
from consultations.process.models import Consultation
from needs.models import Need

LEAST, MOST = 5, 60


@dataclass(frozen=True)
class Words:
    """What people wrote about one need; `need` is None for what was not coded."""

    need: Need | None
    texts: tuple[str, ...]

    @property
    def code(self) -> str:
        return self.need.code if self.need else ""


def words_of(consultation: Consultation) -> list[Words]:
    """By need, the most spoken of first; a need fewer than five people wrote of is left out. Two queries."""
    rows = Verbatim.objects.filter(consultation=consultation).prefetch_related("needs").order_by("pk")
    found: dict[Need | None, list[str]] = defaultdict(list)
    people: dict[Need | None, set[str]] = defaultdict(set)
    for row in rows:  # keys are random: the order says nothing of who wrote when
        for need in row.needs.all() or [None]:
            found[need].append(row.text)
            people[need].add(row.origin_id)
    kept = [
        Words(need, tuple(dict.fromkeys(texts))[:MOST])
        for need, texts in found.items()
        if len(people[need]) >= LEAST
    ]
    return sorted(kept, key=lambda one: (-len(one.texts), one.code))
