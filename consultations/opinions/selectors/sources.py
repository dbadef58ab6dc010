"""What an opinion may rest on (sentences of published syntheses, surveys) and what may measure what it changed."""

from dataclasses import dataclass

from consultations.lineage.registries import Item
from consultations.lineage.selectors import resolve
from consultations.polls.models import Poll
from consultations.surveys.models import Survey
from consultations.syntheses.models import SynthesisLine
from core.text import fold

MOST_FOUND, MOST_READ, MOST_MEASURES = 20, 2000, 60
Node = tuple[str, str]


@dataclass(frozen=True)
class Candidate:
    """Something public that could be linked, with what says where it comes from."""

    kind: str
    key: str
    title: str
    origin: str


def find_sources(words: str) -> list[Candidate]:
    """Sentences of published syntheses and public surveys that hold every word."""
    query = fold(words).split()
    if not query:
        return []
    lines = SynthesisLine.objects.live().filter(synthesis__published_version__isnull=False)
    rows = [
        Candidate("synthesis_line", str(one.pk), one.text, one.synthesis.title)
        for one in lines.select_related("synthesis")[:MOST_READ]
    ]
    surveys = Survey.objects.exclude(status=Survey.Status.DRAFT)[:MOST_READ]
    rows += [Candidate("survey", str(one.pk), one.title, "") for one in surveys]
    return [one for one in rows if all(word in fold(f"{one.title} {one.origin}") for word in query)][
        :MOST_FOUND
    ]


def is_source(node: Node) -> bool:
    """True for something anyone may read: nothing else can be rested on."""
    found = resolve([node]).get(node)
    return node[0] in {"synthesis_line", "survey", "poll"} and found is not None and found.is_public


def measures() -> list[tuple[str, str]]:
    """Polls and surveys anyone may read, the latest first, as choices `kind:key`."""
    nodes: list[Node] = [
        ("poll", str(pk)) for pk in Poll.objects.order_by("-pk").values_list("pk", flat=True)[:MOST_MEASURES]
    ]
    nodes += [
        ("survey", str(pk))
        for pk in Survey.objects.order_by("-pk").values_list("pk", flat=True)[:MOST_MEASURES]
    ]
    found: dict[Node, Item] = resolve(nodes)
    return [
        (f"{kind}:{key}", found[kind, key].title)
        for kind, key in nodes
        if (kind, key) in found and found[kind, key].is_public
    ]


def read_node(value: str) -> Node | None:
    """A choice of `measures`, back as a lineage object."""
    kind, _colon, key = value.partition(":")
    return (kind, key) if key else None
