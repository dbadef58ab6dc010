"""Where a role holds: on its territory and on every territory wholly inside it."""

from django.utils import timezone

from accounts.models import Membership, Role
from accounts.permissions import Visitor, active_memberships
from territories.models import TerritoryRelation

MAX_DEPTH = 5


def territories_held(memberships: list[Membership], roles: tuple[Role, ...]) -> set[int]:
    """The territories these roles were given on."""
    return {m.territory_id for m in memberships if m.role in roles and m.territory_id}


def is_covered(territory_id: int, held: set[int]) -> bool:
    """True when a held territory is, or wholly contains, the given one."""
    relations = TerritoryRelation.objects.full().valid_on(timezone.localdate())
    seen, level = {territory_id}, {territory_id}
    for _step in range(MAX_DEPTH):
        if level & held:
            return True
        parents = relations.filter(child__in=level).values_list("parent_id", flat=True)
        level = set(parents) - seen
        seen |= level
        if not level:
            return False
    return bool(level & held)


def covered_by(user: Visitor, *roles: Role) -> set[int]:
    """Every territory on which the person's roles hold today, contained ones included."""
    relations = TerritoryRelation.objects.full().valid_on(timezone.localdate())
    covered = level = territories_held(active_memberships(user), roles)
    for _step in range(MAX_DEPTH):
        if not level:
            break
        children = relations.filter(parent__in=level).values_list("child_id", flat=True)
        level = set(children) - covered
        covered = covered | level
    return covered
