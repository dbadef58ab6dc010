"""Who may, on the records: the people of the organisation, and the stewards of its territory. Denied unless said.

Anyone reads what is published. A role of directory editor held on a territory makes a steward of its records.
"""

from django.db.models import Q

from accounts.coverage import covered_by, is_covered, territories_held
from accounts.models import Role
from accounts.permissions import Visitor, active_memberships, has_role, is_administrator, is_member
from directory.models import Claim, DirectoryImport, Location, Service
from organisations.models import Organisation
from territories.models import Territory

EDITORS = (Role.DIRECTORY_EDITOR, Role.DIRECTOR, Role.PROFESSIONAL)
STEWARDS = (Role.ADMINISTRATOR, Role.ORGANISER, Role.DIRECTORY_EDITOR)


def _holds_on(user: Visitor, organisation: Organisation) -> bool:
    return any(
        one.role in EDITORS and one.organisation_id == organisation.pk for one in active_memberships(user)
    )


def can_work_on_directory(user: Visitor) -> bool:
    """True for a person to whom the directory pages of the workspace have something to show."""
    if not is_member(user):
        return False
    return user.is_superuser or has_role(user, *EDITORS, *STEWARDS)


def can_steward(user: Visitor, organisation: Organisation) -> bool:
    """Those who answer for the directory of the territory where the organisation is."""
    if is_administrator(user):
        return True
    held = territories_held(active_memberships(user), STEWARDS)
    return bool(held) and is_covered(organisation.territory_id, held)


def can_steward_somewhere(user: Visitor) -> bool:
    """True for a steward of at least one territory."""
    return is_administrator(user) or bool(territories_held(active_memberships(user), STEWARDS))


def can_edit_records_of(user: Visitor, organisation: Organisation) -> bool:
    """The people of the organisation who keep its records, and the stewards of its territory."""
    return is_member(user) and (_holds_on(user, organisation) or can_steward(user, organisation))


def can_edit_service(user: Visitor, service: Service) -> bool:
    """Unless it was merged into another, which is edited instead."""
    return service.merged_into_id is None and can_edit_records_of(user, service.organisation)


def can_edit_location(user: Visitor, location: Location) -> bool:
    """As the records of the organisation it belongs to."""
    return can_edit_records_of(user, location.organisation)


def can_see_service(user: Visitor, service: Service) -> bool:
    """Anyone when it is public; otherwise those who keep it."""
    return service.is_public or can_edit_records_of(user, service.organisation)


def can_see_hidden_address(user: Visitor, location: Location) -> bool:
    """Those who keep the record, and nobody else: neither pages nor exports nor searches."""
    return can_edit_location(user, location)


def can_edit_schemes(user: Visitor) -> bool:
    """Schemes are common to all: administrators write them."""
    return is_administrator(user)


def can_import_records(user: Visitor) -> bool:
    """Files of other directories speak of every organisation: administrators take them in."""
    return is_administrator(user)


def can_see_import(user: Visitor, run: DirectoryImport) -> bool:
    """Administrators see every import; others the tables they brought themselves."""
    if can_import_records(user):
        return True
    if not can_work_on_directory(user):
        return False
    return run.form == DirectoryImport.TABLE and user is not None and run.actor_id == user.pk


def can_undo_import(user: Visitor, run: DirectoryImport) -> bool:
    """Those who see it, while there is something to take back."""
    return run.state == DirectoryImport.State.APPLIED and can_see_import(user, run)


def imports_seen_by(user: Visitor) -> Q:
    """As `can_see_import`, as a filter on `DirectoryImport`."""
    if can_import_records(user):
        return Q()
    if not can_work_on_directory(user):
        return Q(pk__in=[])
    return Q(form=DirectoryImport.TABLE, actor=user)


def organisations_kept_by(user: Visitor) -> Q:
    """The organisations whose records this person keeps, as a filter on `Organisation`."""
    if not is_member(user):
        return Q(pk__in=[])
    if is_administrator(user):
        return Q()
    own = {
        one.organisation_id for one in active_memberships(user) if one.role in EDITORS and one.organisation_id
    }
    covered = covered_by(user, *STEWARDS)
    return Q(pk__in=own) | Q(territory__in=covered)


def stewarded_organisations(user: Visitor) -> Q:
    """The organisations this person is a steward of, as a filter on `Organisation`."""
    if not is_member(user):
        return Q(pk__in=[])
    if is_administrator(user):
        return Q()
    return Q(territory__in=covered_by(user, *STEWARDS))


def has_asked_to_keep(user: Visitor, organisation: Organisation) -> bool:
    """True while the person's claim on the organisation waits."""
    if not is_member(user):
        return False
    return Claim.objects.filter(user=user, organisation=organisation, state=Claim.State.ASKED).exists()


def can_propose_changes(user: Visitor, service: Service) -> bool:
    """Someone whose claim waits to be verified, on a public record they may not write themselves."""
    if not service.is_public or can_edit_service(user, service):
        return False
    return has_asked_to_keep(user, service.organisation)


def can_run_campaign(user: Visitor, territory: Territory) -> bool:
    """The stewards of the territory."""
    if is_administrator(user):
        return True
    held = territories_held(active_memberships(user), STEWARDS)
    return bool(held) and is_covered(territory.pk, held)
