"""The territory this instance is about."""

from django.db.models import Count

from territories.models import Territory, TerritoryRelation


def home_departement() -> Territory | None:
    """The département whose communes are known: the territory this instance is about."""
    scope = (
        TerritoryRelation.objects.full()
        .filter(parent__level="departement", child__level="commune", parent__valid_to=None)
        .values("parent")
        .annotate(n=Count("child"))
        .order_by("-n", "parent")
        .first()
    )
    return Territory.objects.select_related("level").get(pk=scope["parent"]) if scope else None
