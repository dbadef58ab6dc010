"""The vocabulary of the interface and of exports, with the names of the communes they mention."""

from collections.abc import Iterable

from django.db.models import Q
from django.utils import timezone

from directory.exchange.hsds.terms import NEEDS, SCHEMES, Term, Vocabulary, coded_terms, term_id
from directory.models import Scheme
from needs.models import Need
from territories.models import Territory, TerritoryRelation


def need_terms() -> list[Term]:
    """The needs in force as terms."""
    rows = Need.objects.current().select_related("parent").order_by("sort_key", "code", "pk")
    return [
        Term(
            NEEDS,
            one.code,
            one.plain_label,
            one.official_label,
            term_id(NEEDS, one.code),
            term_id(NEEDS, one.parent.code) if one.parent else None,
        )
        for one in rows
    ]


def scheme_terms() -> list[Term]:
    """Schemes and rights as terms: they keep their own identifier."""
    return [
        Term(SCHEMES, one.slug, one.name, one.description, one.uid, url=one.url)
        for one in Scheme.objects.order_by("slug")
    ]


def vocabulary() -> Vocabulary:
    """Every term, in two queries."""
    return Vocabulary([*need_terms(), *scheme_terms()])


def known_terms() -> dict[str, tuple[str, str]]:
    """By identifier, the taxonomy and code of every term."""
    more = {str(one.uid): (one.taxonomy, one.code) for one in (*need_terms(), *scheme_terms())}
    return {**coded_terms(), **more}


def towns(places: Iterable[str]) -> dict[str, tuple[str, str]]:
    """Of `level:code` territories, the name and the département, in two queries."""
    wanted = [place.partition(":") for place in sorted(set(places)) if place]
    if not wanted:
        return {}
    by_level: dict[str, set[str]] = {}
    for level, _colon, code in wanted:
        by_level.setdefault(level, set()).add(code)
    named = Q(pk__in=[])
    for level, codes in by_level.items():
        named |= Q(level_id=level, code__in=codes)
    rows = list(Territory.objects.current().filter(named))
    above = dict(
        TerritoryRelation.objects.valid_on(timezone.localdate())
        .filter(child__in=[one.pk for one in rows], parent__level="departement")
        .order_by("parent__code")
        .values_list("child_id", "parent__name")
    )
    return {f"{one.level_id}:{one.code}": (one.name, above.get(one.pk, "")) for one in rows}
