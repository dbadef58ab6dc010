"""Finding a territory or a need by a few letters, without accents, in the order people expect."""

from django.db.models import Q

from accounts.models import User
from consultations.process.permissions import ORGANISING, covered_territory_ids
from needs.models import Need
from needs.selectors import search_needs
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


def found_needs(query: str) -> list[Need]:
    """Codes that may be what the words mean, the best first."""
    return [match.need for match in search_needs(query[:MAX_QUERY], limit=MAX_RESULTS)]
