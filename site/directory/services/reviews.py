"""Records are read again: reminders at their rhythm, and campaigns that ask many at once. Run by the tick."""

import datetime
from collections import defaultdict

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.permissions import Visitor
from core.services import record_audit
from directory.letters import link_to, readers_of, write
from directory.models import Campaign, CampaignAsk, Service
from directory.permissions import can_run_campaign, stewarded_organisations
from directory.services.letter_checks import check_token
from organisations.models import Organisation
from territories.models import Territory
from territories.selectors import descendants

AGAIN_AFTER = datetime.timedelta(days=30)
BEFORE_DUE = datetime.timedelta(days=7)
LONGEST = datetime.timedelta(days=366)
AT_ONCE = 200
"""Records a tick: a first reminder of ten thousand records is spread over an hour."""


def remind_keepers() -> int:
    """One letter to each organisation about its records to read again, once a month; how many records."""
    today = timezone.localdate()
    late = Service.objects.public().due_for_review(today)
    late = late.filter(Q(reminded_on=None) | Q(reminded_on__lte=today - AGAIN_AFTER))
    rows = list(late.select_related("organisation").order_by("review_due_on", "pk")[:AT_ONCE])
    _write_by_organisation(rows, _("Please read your records again"), "directory/email/review.txt", {})
    Service.objects.filter(pk__in=[one.pk for one in rows]).update(reminded_on=today)
    return len(rows)


def _write_by_organisation(
    rows: list[Service], subject: str, template: str, context: dict[str, object]
) -> None:
    by_organisation: dict[Organisation, list[Service]] = defaultdict(list)
    for one in rows:
        by_organisation[one.organisation].append(one)
    for organisation, services in by_organisation.items():
        lines = [
            (one, link_to(reverse("directory:check_letter", args=[check_token(one)]))) for one in services
        ]
        told = {**context, "organisation": organisation, "lines": lines}
        told["claim"] = link_to(reverse("directory:claim", args=[organisation.slug]))
        write(readers_of(organisation, services), subject, template, told)


@transaction.atomic
def start_campaign(
    *, actor: Visitor, name: str, words: str, territory: Territory, due_on: datetime.date
) -> Campaign:
    """Ask for every public record of the territory that its steward answers for; letters leave at once."""
    if not can_run_campaign(actor, territory):
        raise PermissionDenied
    today = timezone.localdate()
    if due_on <= today:
        raise ValidationError({"due_on": _("Give a day to come.")})
    if due_on > today + LONGEST:
        raise ValidationError({"due_on": _("Give a day within a year.")})
    inside = [territory.pk, *(kin.territory.pk for kin in descendants(territory) if kin.is_full)]
    kept = Organisation.objects.filter(stewarded_organisations(actor), territory__in=inside)
    services = list(
        Service.objects.public().filter(organisation__in=kept).select_related("organisation").order_by("pk")
    )
    if not services:
        raise ValidationError({"territory": _("No public record there: choose another territory.")})
    user = actor if isinstance(actor, User) else None
    campaign = Campaign(
        name=name, words=words, territory=territory, starts_on=today, due_on=due_on, created_by=user
    )
    campaign.full_clean()
    campaign.save()
    CampaignAsk.objects.bulk_create(CampaignAsk(campaign=campaign, service=one) for one in services)
    record_audit(actor=actor, verb="campaign_started", target=campaign, changes={"count": len(services)})
    transaction.on_commit(send_campaigns)
    return campaign


def send_campaigns() -> int:
    """The first letters of open campaigns, a few at once; the tick sends the others. How many records."""
    today, left, count = timezone.localdate(), AT_ONCE, 0
    for campaign in Campaign.objects.filter(closed_on=None, asks__asked_on=None).distinct():
        waiting = campaign.asks.filter(asked_on=None).select_related("service__organisation")
        asks = list(waiting.order_by("service__organisation", "pk")[:left])
        CampaignAsk.objects.filter(pk__in=[one.pk for one in asks]).update(asked_on=today)
        told: dict[str, object] = {"campaign": campaign, "is_reminder": False}
        services = [one.service for one in asks]
        _write_by_organisation(services, campaign.name, "directory/email/campaign.txt", told)
        left, count = left - len(asks), count + len(asks)
        if left <= 0:
            break
    return count


def unanswered(campaign: Campaign) -> Q:
    """The asks whose record was not checked since the campaign began, as a filter on `CampaignAsk`."""
    return Q(campaign=campaign) & (
        Q(service__checked_on=None) | Q(service__checked_on__lt=campaign.starts_on)
    )


def remind_campaigns() -> int:
    """A week before the day, one more letter to those who did not answer; how many records."""
    today = timezone.localdate()
    open_now = Campaign.objects.filter(closed_on=None, due_on__gte=today, due_on__lte=today + BEFORE_DUE)
    count = 0
    for campaign in open_now.filter(starts_on__lt=F("due_on")):
        if campaign.starts_on > today - datetime.timedelta(days=2):
            continue
        asks = list(
            CampaignAsk.objects.filter(unanswered(campaign), reminded_on=None)
            .select_related("service__organisation")
            .order_by("pk")[:AT_ONCE]
        )
        _write_by_organisation(
            [one.service for one in asks],
            _("Reminder: %(name)s") % {"name": campaign.name},
            "directory/email/campaign.txt",
            {"campaign": campaign, "is_reminder": True},
        )
        CampaignAsk.objects.filter(pk__in=[one.pk for one in asks]).update(reminded_on=today)
        count += len(asks)
    return count


@transaction.atomic
def close_campaign(*, actor: Visitor, campaign: Campaign) -> Campaign:
    """No more letters; what was answered stays to be read."""
    if not can_run_campaign(actor, campaign.territory):
        raise PermissionDenied
    if campaign.closed_on:
        raise ValidationError(_("This campaign is already closed."))
    campaign.closed_on = timezone.localdate()
    campaign.save(update_fields=["closed_on"])
    record_audit(actor=actor, verb="campaign_closed", target=campaign)
    return campaign
