"""What only the whole file can tell, once its lines are kept: what is named is given, and nothing is part of itself."""

from collections.abc import Iterator
from uuid import UUID

from django.utils.translation import gettext as _

from core.problems import Problem
from directory.exchange.inclusion import codes
from directory.exchange.reading import MOST_PROBLEMS, Reading
from directory.models import DirectoryImport, ImportedLine
from directory.services.importing.lines import batches
from directory.services.importing.matching import local_uids
from directory.services.importing.parents import DEEPEST

Named = tuple[str, UUID]
Chains = dict[UUID, list[UUID]]
Above = dict[UUID, UUID | None]


def problem_of(line: ImportedLine, message: str, remedy: str) -> Problem:
    """A problem of a line that is kept."""
    place = _("line %(line)s") % {"line": line.line} if line.line else ""
    return Problem(line.file, place, message, remedy)


def name_of(line: ImportedLine) -> str:
    """What the file calls the record, short enough for a message."""
    return str(line.said.get("name", ""))[:80]


def id_said(line: ImportedLine) -> str:
    """The identifier as the file writes it: that of data·inclusion is kept as a number."""
    numbers = {one["scheme"]: one["value"] for one in line.said.get("numbers", ())}
    return str(numbers.get(codes.SCHEME, line.uid))[:80]


def check_references(run: DirectoryImport, reading: Reading) -> None:
    """Tell each organisation or place that is named but neither given nor here, and each circle of organisations."""
    told: set[Named] = set()
    rings: set[UUID] = set()
    for kind in ("organisation", "location", "service"):
        for lines in batches(run, kind):
            if len(reading.problems) >= MOST_PROBLEMS:
                return
            _tell_missing(run, lines, reading, told)
            if kind == "organisation":
                _tell_circles(run, lines, reading, rings)


def _named(line: ImportedLine) -> Iterator[Named]:
    if line.kind != "organisation":
        yield "organisation", UUID(line.said["organisation"])
    for at in line.said.get("at", ()):
        yield "location", UUID(at["location"])


def _tell_missing(
    run: DirectoryImport, lines: list[ImportedLine], reading: Reading, told: set[Named]
) -> None:
    wanted: dict[Named, ImportedLine] = {}
    for one in lines:
        for named in _named(one):
            wanted.setdefault(named, one)
    words = {"organisation": _("organisation"), "location": _("place")}
    for kind, word in words.items():
        uids = {uid for named, uid in wanted if named == kind}
        uids -= set(run.lines.filter(kind=kind, uid__in=uids).values_list("uid", flat=True))
        known = local_uids(kind, uids, run.source) if uids else {}
        for uid in sorted(uids - known.keys(), key=str):
            if (kind, uid) not in told and len(reading.problems) < MOST_PROBLEMS:
                told.add((kind, uid))
                reading.keep(_missing(wanted[kind, uid], word, uid, form=run.form))


def _missing(line: ImportedLine, word: str, uid: UUID, *, form: str) -> Problem:
    """In data·inclusion only a structure can be missing, and the file writes another identifier than ours."""
    name = name_of(line)
    if form == "data-inclusion":
        message = _("“%(name)s”: its structure_id names no structure of the file") % {"name": name}
    else:
        said = {"name": name, "kind": word, "uid": uid}
        message = _("“%(name)s” names what is neither in the file nor here: %(kind)s %(uid)s") % said
    return problem_of(line, message, _("Add it to the file, or correct the identifier."))


def _tell_circles(
    run: DirectoryImport, lines: list[ImportedLine], reading: Reading, rings: set[UUID]
) -> None:
    """Climb from all of them together: none may be met twice."""
    by_uid = {one.uid: one for one in lines}
    chains: Chains = {one.uid: [one.uid] for one in lines}
    above: Above = {one.uid: _parent(one.said.get("parent")) for one in lines}
    for _step in range(DEEPEST + 1):
        chains, circles = _climbed(chains, above)
        for start, ring in circles.items():
            if not rings.intersection(ring):
                rings.update(ring)
                reading.keep(_circle(run, by_uid[start], ring))
        if not chains:
            return
        tops = {chain[-1] for chain in chains.values()}
        rows = run.lines.filter(kind="organisation", uid__in=tops).values_list("uid", "said__parent")
        above = {uid: _parent(parent) for uid, parent in rows}
    for start in chains:
        message = _("organisations are more than %(most)d one within another") % {"most": DEEPEST}
        reading.keep(problem_of(by_uid[start], message, _("Correct the parent of one of them.")))


def _parent(said: str | None) -> UUID | None:
    return UUID(said) if said else None


def _climbed(chains: Chains, above: Above) -> tuple[Chains, Chains]:
    """The chains one step longer, but for those that end; apart, those that turn, as the circle they turn in."""
    longer, circles = {}, {}
    for start, chain in chains.items():
        parent = above.get(chain[-1])
        if parent in chain:
            circles[start] = chain[chain.index(parent) :]
        elif parent is not None:
            longer[start] = [*chain, parent]
    return longer, circles


def _circle(run: DirectoryImport, line: ImportedLine, ring: list[UUID]) -> Problem:
    rows = run.lines.filter(kind="organisation", uid__in=ring)
    names = {one.uid: name_of(one) for one in rows}
    words = " → ".join(names[one] for one in [*ring, ring[0]])
    message = _("An organisation cannot be part of itself: %(chain)s.") % {"chain": words}
    return problem_of(line, message, _("Correct the parent of one of them."))
