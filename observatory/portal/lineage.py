"""Releases as lineage objects, and results on the pages of consultations and surveys."""

from collections.abc import Collection, Iterable, Mapping
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.permissions import Visitor
from consultations.lineage.models import Link, Relation
from consultations.lineage.registries import Gap, Item, LineageKind, Milestone, lineage_checks, lineage_kinds
from consultations.lineage.selectors import compare
from consultations.polls.selectors import released
from consultations.process.models import Consultation
from consultations.process.registries import Panel, public_panels
from consultations.surveys.models import Survey
from consultations.surveys.registries import Tab, results_links, survey_tabs
from observatory.indicators.models import Indicator, Release
from observatory.portal.feeds.names import SURVEY
from observatory.portal.permissions import can_read_releases


def resolve_releases(keys: Collection[str]) -> Mapping[str, Item]:
    """A release is told by its title and day, and leads to its figures while they are shown."""
    wanted = [key for key in keys if _is_uuid(key)]
    return {str(one.pk): _item(one) for one in Release.objects.filter(pk__in=wanted)}


def _item(release: Release) -> Item:
    url = reverse("portal:results", args=[release.slug]) if release.subject_kind == SURVEY else ""
    if release.subject_kind == released.SUBJECT:
        url = released.results_address(release)
    label = _("Results published: %(title)s") % {"title": release.title}
    step = Milestone(_("Results published"), "done", release.released_on)
    return Item(
        label, url="" if release.withdrawn_on else url, is_public=not release.withdrawn_on, milestones=(step,)
    )


def _is_uuid(key: str) -> bool:
    try:
        UUID(key)
    except ValueError:
        return False
    return True


def resolve_indicators(keys: Collection[str]) -> Mapping[str, Item]:
    """An indicator by its title, at its page."""
    rows = Indicator.objects.filter(code__in=list(keys)).values_list("code", "title")
    return {code: Item(title, url=reverse("portal:indicator", args=[code])) for code, title in rows}


def release_gaps() -> Iterable[Gap]:
    """Each publication of a survey leads to it."""
    wanted = {
        (("release", str(pk)), str(Relation.RAISED_IN), (SURVEY, key))
        for pk, key in Release.objects.filter(subject_kind=SURVEY).values_list("pk", "subject_id")
    }
    return compare(wanted, Link.objects.filter(source_kind="release", relation=Relation.RAISED_IN))


def results_panel(consultation: Consultation, user: Visitor) -> Panel | None:
    """The published results of a consultation's surveys, for anyone."""
    surveys = [str(pk) for pk in consultation.surveys.order_by("title").values_list("pk", flat=True)]
    releases = list(Release.objects.shown().filter(subject_kind=SURVEY, subject_id__in=surveys))
    return Panel("portal/partials/results_panel.html", {"releases": releases}) if releases else None


def results_link(survey: Survey) -> str:
    """The address of the survey's shown results, empty while there is none."""
    release = Release.objects.shown().filter(subject_kind=SURVEY, subject_id=str(survey.pk)).first()
    return reverse("portal:results", args=[release.slug]) if release else ""


def releases_tab(survey: Survey, user: Visitor) -> Tab | None:
    """The page of the publication of results, in the workspace."""
    if not can_read_releases(user, survey):
        return None
    return Tab("releases", _("Results"), reverse("portal_workspace:releases", args=[survey.pk]))


def register() -> None:
    """Called when the app is ready."""
    lineage_kinds.register(
        "release", LineageKind(gettext_lazy("publication of figures"), resolve_releases, icon="chart-column")
    )
    indicator = LineageKind(gettext_lazy("figure of the observatory"), resolve_indicators, icon="chart-line")
    lineage_kinds.register("indicator", indicator)
    lineage_checks.register("release", release_gaps)
    public_panels.register("portal.results", results_panel)
    results_links.register("portal.results", results_link)
    survey_tabs.register("portal.releases", releases_tab)
