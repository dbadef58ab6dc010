"""Who may, from what a person is to a sheet (`Part`) and from its state (`states.LIFE`). Denied otherwise."""

from collections.abc import Iterable

from accounts.models import Role
from accounts.permissions import Visitor, active_memberships, has_role, is_administrator, is_member
from consultations.actions.fields import OPENED_BY
from consultations.actions.models import ActionSheet, Agreement, CooperationGroup, Programme, Update
from consultations.actions.states import LIFE, Part
from consultations.process.permissions import ORGANISING, covered_territory_ids
from organisations.models import Organisation
from territories.models import Territory

WRITING_ROLES = (Role.PROFESSIONAL, Role.DIRECTOR, Role.ORGANISER, Role.DIRECTORY_EDITOR)
OPENING_ROLES = (*ORGANISING, *WRITING_ROLES, Role.OFFICIAL, Role.FUNDER, Role.FACILITATOR, Role.ANALYST)


def covered(user: Visitor, *roles: Role) -> set[int]:
    """Territories the roles hold on today; read once per instance of the user and set of roles."""
    if not is_member(user):
        return set()
    known: dict[tuple[Role, ...], set[int]] = user.__dict__.setdefault("_action_territories", {})
    if roles not in known:
        known[roles] = covered_territory_ids(user, *roles) if has_role(user, *roles) else set()
    return known[roles]


def organisations_held(user: Visitor, *roles: Role) -> set[int]:
    """Organisations on which the person holds one of these roles today."""
    return {
        one.organisation_id for one in active_memberships(user) if one.role in roles and one.organisation_id
    }


def parts_of(user: Visitor, sheet: ActionSheet) -> frozenset[str]:
    """Everything this person is to this sheet. Everyone is a reader, who signed in is a member."""
    parts = {Part.READER}
    if not is_member(user):
        return frozenset(parts)
    parts.add(Part.MEMBER)
    mine = organisations_held(user, *WRITING_ROLES)
    if is_steward_of(user, sheet.territory_id):
        parts.add(Part.STEWARD)
    if sheet.lead_user_id == user.pk or mine & {sheet.lead_id, sheet.co_lead_id}:
        parts.add(Part.WRITER)
    if mine and mine & {one.organisation_id for one in sheet.partners.all()}:
        parts.add(Part.PARTNER)
    for role, part in ((Role.OFFICIAL, Part.OFFICIAL), (Role.FUNDER, Part.FUNDER)):
        if sheet.territory_id in covered(user, role):
            parts.add(part)
    paying = organisations_held(user, Role.FUNDER)
    if paying and paying & {one.funder_id for one in sheet.funding.all()}:
        parts.add(Part.FUNDER)
    return frozenset(parts)


def is_steward_of(user: Visitor, territory_id: int) -> bool:
    """Organisers and administrators of the place: they look after its sheets."""
    if is_administrator(user):
        return True
    return territory_id in covered(user, *ORGANISING)


def can(verb: str, user: Visitor, sheet: ActionSheet) -> bool:
    """The one question every service, view and template asks."""
    return LIFE.can(verb, parts_of(user, sheet), sheet)


def can_correct_update(user: Visitor, update: Update) -> bool:
    """Those who carry the sheet, and who wrote it while they may still write news."""
    if not is_member(user):
        return False
    is_author = update.created_by_id == user.pk and can("tell", user, update.sheet)
    return is_author or can("correct", user, update.sheet)


def can_read_sheet(user: Visitor, sheet: ActionSheet) -> bool:
    """Anyone once it is announced; before, those it concerns."""
    return sheet.is_public or can("read_draft", user, sheet)


def can_open_actions(user: Visitor) -> bool:
    """True for a person whose role has something to do with action sheets."""
    return is_member(user) and (user.is_superuser or has_role(user, *OPENING_ROLES))


def can_create_sheet(user: Visitor) -> bool:
    """Professionals for their organisation, organisers for their place."""
    return is_member(user) and (user.is_superuser or has_role(user, *ORGANISING, *WRITING_ROLES))


def can_create_sheet_for(user: Visitor, territory: Territory, lead: Organisation | None) -> bool:
    """An organiser of the place, or a professional of the organisation that will lead."""
    if not is_member(user):
        return False
    if is_steward_of(user, territory.pk):
        return True
    return lead is not None and lead.pk in organisations_held(user, *WRITING_ROLES)


def can_manage_programmes(user: Visitor) -> bool:
    """Organisers and administrators."""
    return is_member(user) and (user.is_superuser or has_role(user, *ORGANISING))


def can_edit_programme(user: Visitor, programme: Programme) -> bool:
    """Those who organise on its territory."""
    return is_member(user) and is_steward_of(user, programme.territory_id)


def can_read_programme(user: Visitor, programme: Programme) -> bool:
    """Anyone once it is public; before, those who work on sheets."""
    return programme.is_public or can_open_actions(user)


def can_edit_agreement(user: Visitor, agreement: Agreement) -> bool:
    """Those who organise on its territory, and the parties' professionals."""
    return _keeps(user, agreement.territory_id, agreement.parties.all())


def can_edit_group(user: Visitor, group: CooperationGroup) -> bool:
    """Those who organise on its territory, and the professionals of its members and of who convenes it."""
    bodies = [*group.members.all(), *([group.convener] if group.convener else [])]
    return _keeps(user, group.territory_id, bodies)


def _keeps(user: Visitor, territory_id: int, bodies: Iterable[Organisation]) -> bool:
    """True for an entry of a register that this person keeps for its place or for their own organisation."""
    if not is_member(user):
        return False
    if is_steward_of(user, territory_id):
        return True
    mine = organisations_held(user, *WRITING_ROLES)
    return bool(mine and mine & {body.pk for body in bodies})


def row_fields(user: Visitor, sheet: ActionSheet, kind: str) -> set[str]:
    """The fields of a kind of line (`fields.KINDS`) this person may write now; empty when none."""
    parts = parts_of(user, sheet)
    verbs = OPENED_BY[kind]
    return {name for verb, names in verbs.items() if LIFE.can(verb, parts, sheet) for name in names}
