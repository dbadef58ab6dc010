"""Finding a territory or a need by a few letters, without accents, in the order people expect."""

from collections.abc import Iterable

from django.db.models import Q

from accounts.models import User
from consultations.process.permissions import ORGANISING, covered_territory_ids
from core.text import fold
from needs.models import Need
from territories.models import Territory
from territories.names import search_key

MAX_RESULTS = 12
MAX_QUERY = 80


def found_territories(user: User, query: str) -> list[Territory]:
    """Current territories where the person organises, by name or code; widest first."""
    words = search_key(query[:MAX_QUERY])
    if not words:
        return []
    allowed = Territory.objects.current().select_related("level")
    if not user.is_superuser:
        allowed = allowed.filter(pk__in=covered_territory_ids(user, *ORGANISING))
    candidates = allowed.filter(Q(search_name__icontains=words.split()[0]) | Q(code=query.strip().upper()))
    matching = [t for t in candidates if words in t.search_name or t.code == query.strip().upper()]
    matching.sort(key=lambda t: (not t.search_name.startswith(words), t.level.rank, t.name))
    return matching[:MAX_RESULTS]


def _need_text(need: Need) -> str:
    return fold(" ".join([need.plain_label, need.official_label, need.code, *map(str, need.synonyms)]))


def found_needs(query: str, needs: Iterable[Need] | None = None) -> list[Need]:
    """Needs whose plain wording, synonyms, official label or code hold every word of the query."""
    words = fold(query[:MAX_QUERY]).split()
    if not words:
        return []
    pool = Need.objects.filter(valid_to=None) if needs is None else needs
    matching = [need for need in pool if all(word in _need_text(need) for word in words)]
    matching.sort(key=lambda need: (words[0] not in fold(need.plain_label), need.code))
    return matching[:MAX_RESULTS]
