"""The demo's programme: ten sheets in every state, their money, their agreements. Loading again changes nothing."""

import datetime
import tomllib
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from consultations.actions import services
from consultations.actions.models import (
    ActionSheet,
    Agreement,
    BeforeAfter,
    Funding,
    Indicator,
    Measure,
    Partner,
    Programme,
    Risk,
    StaffTime,
    Step,
)
from consultations.actions.nodes import node_of
from consultations.actions.texts import NAMES
from consultations.lineage.models import Relation
from consultations.lineage.services import link
from consultations.syntheses.models import Proposal, SynthesisLine
from consultations.syntheses.services import take_up_proposal
from demo.actions_news import tell
from demo.roles import DOMAIN
from needs.models import Need
from organisations.models import Organisation
from organisations.services import save_organisation
from territories.models import Territory

STORY = Path(__file__).resolve().parent / "data" / "actions_sheets.toml"
SLUG = "schema-autonomie-demo"
BODIES = (
    ("ars-47", "Agence régionale de santé, délégation de Lot-et-Garonne (démo)", Organisation.Kind.STATE),
    ("caisses-47", "Caisses de retraite (démo)", Organisation.Kind.OTHER),
    ("plateforme-repit-47", "Plateforme de répit (démo)", Organisation.Kind.ASSOCIATION),
    ("transport-47", "Transport à la demande du Département (démo)", Organisation.Kind.OTHER),
)
NEEDS: dict[int, tuple[str, ...]] = {
    2: ("1.E.3",),
    4: ("1.E.1", "1.3.4.2"),
    6: ("1.3.1",),
    7: ("1.3.1.1",),
    9: ("1.3.3.2",),
    10: ("1.E.2", "1.3.3.5"),
}
"""Codes of the nomenclature that sheets answer, by number."""


@transaction.atomic
def load() -> None:
    """Create the programme once; what was changed by hand since is left as it is."""
    story = tomllib.loads(STORY.read_text("utf-8"))
    place = Territory.objects.current().get(level_id="departement", code="47")
    for slug, name, kind in BODIES:
        save_organisation(actor=None, slug=slug, name=name, kind=kind, territory=place, is_demo=True)
    if Programme.objects.filter(slug=SLUG).exists():
        return
    bodies = {one.slug: one for one in Organisation.objects.all()}
    programme = _programme(place, bodies["departement-47"], story["axes"])
    sheets = {one["number"]: _sheet(programme, bodies, one) for one in story["sheet"]}
    for one in story["agreement"]:
        _agreement(place, bodies, sheets, one)
    for one in story["group"]:
        _group(place, bodies, sheets, one)


def _day(offset: int) -> datetime.date:
    return timezone.localdate() + datetime.timedelta(days=offset)


def _programme(place: Territory, sponsor: Organisation, axes: list[str]) -> Programme:
    year = timezone.localdate().year
    programme = services.write_programme(
        actor=None,
        slug=SLUG,
        title="Schéma de l’autonomie (démo)",
        summary="Dix actions nées des ateliers et des enquêtes, pour vivre comme on le souhaite en Lot-et-Garonne.",
        easy_read="Voici dix actions.\nElles viennent de ce que vous avez dit.\nChaque page dit où on en est.",
        territory=place,
        sponsor=sponsor,
        starts_on=datetime.date(year, 1, 1),
        ends_on=datetime.date(year + 2, 12, 31),
        is_public=True,
        is_demo=True,
    )
    services.set_axes(actor=None, programme=programme, titles=axes)
    for offset, title in (
        (20, "Comité de pilotage du schéma"),
        (120, "Rencontre annuelle avec les habitants"),
    ):
        services.add_programme_date(actor=None, programme=programme, day=_day(offset), title=title)
    return programme


def _sheet(programme: Programme, bodies: dict[str, Organisation], story: dict[str, Any]) -> ActionSheet:
    first = story["states"][0][0] - 15
    sheet = services.create_sheet(
        actor=None, title=story["title"], territory=programme.territory, lead=bodies[story["lead"]],
        programme=programme, axis=programme.axes.get(number=story["axis"]), number=story["number"],
        is_demo=True, on=_day(first), texts={name: story[name] for name in NAMES if name in story},
    )  # fmt: skip
    _trace(sheet, story["line"])
    places = [
        Territory.objects.current().get(level_id=p.split(":")[0], code=p.split(":")[1])
        for p in story.get("places", ())
    ]
    services.set_details(
        actor=None,
        sheet=sheet,
        values={"audiences": story["audiences"], "places": places, "needs": _needs(story["number"])},
    )
    if "in_charge" in story:
        services.assign_sheet(
            actor=None, sheet=sheet, lead=sheet.lead, co_lead=bodies.get(story.get("co_lead", "")),
            email=f"{story['in_charge']}@{DOMAIN}",
        )  # fmt: skip
    _lines(sheet, bodies, story)
    for offset, verb, words in sorted(_life(story), key=lambda one: one[0]):
        _score_before(sheet, verb, story)
        if verb == "news":
            tell(sheet, words, _day(offset))
        else:
            services.move_sheet(actor=None, sheet=sheet, verb=verb, words=words, on=_day(offset))
    _date_news(sheet, story)
    return sheet


def _life(story: dict[str, Any]) -> list[tuple[int, str, Any]]:
    """What happened to a sheet, day by day: its states, its announcement, its news."""
    lived = [(offset, verb, words) for offset, verb, words in story["states"]]
    lived += [(story["announced"], "announce", "")] if "announced" in story else []
    return lived + [(one["day"], "news", one) for one in story.get("news", ())]


def _needs(number: int) -> list[Need]:
    return list(Need.objects.current().filter(code__in=NEEDS.get(number, ())))


def _trace(sheet: ActionSheet, words: str) -> None:
    """From the sentence of the workshop, or from the proposal it became, to the sheet."""
    line = (
        SynthesisLine.objects.filter(synthesis__is_demo=True, text__startswith=words).order_by("pk").first()
    )
    proposal = Proposal.objects.filter(line=line).first() if line else None
    actor = User.objects.get(email=f"organisatrice@{DOMAIN}")
    if proposal is not None:
        take_up_proposal(actor=actor, proposal=proposal, node=node_of(sheet))
    elif line is not None:
        link(
            actor=actor, source=("synthesis_line", str(line.pk)), relation=Relation.IMPLEMENTED_BY,
            target=node_of(sheet), on=timezone.localdate(),
        )  # fmt: skip


def _write(row: Any, **values: Any) -> Any:
    services.write_row(actor=None, row=row, values=values)
    return row


def _lines(sheet: ActionSheet, bodies: dict[str, Organisation], story: dict[str, Any]) -> None:
    year = timezone.localdate().year
    steps = []
    for order, (title, starts, ends, done, who) in enumerate(story["steps"], start=1):
        step = Step.objects.create(
            sheet=sheet, order=order, title=title, starts_on=_day(starts), ends_on=_day(ends), owner_words=who,
            done_on=_day(done) if done else None,
        )  # fmt: skip
        steps.append(step)
    for later, earlier in story.get("after", ()):
        steps[later].depends_on.add(steps[earlier])
    for slug, words, offset, sought, secured, spent in story["funding"]:
        _write(
            Funding(sheet=sheet), funder=bodies.get(slug), funder_words=words, year=year + offset,
            sought=Decimal(sought), secured=Decimal(secured), spent=Decimal(spent),
        )  # fmt: skip
    for offset, fte, words in story.get("staff", ()):
        _write(StaffTime(sheet=sheet), year=year + offset, fte=Decimal(fte), words=words)
    for slug, role in story["partners"]:
        _write(Partner(sheet=sheet), organisation=bodies[slug], role=role)
    for title, answer in story.get("risks", ()):
        _write(Risk(sheet=sheet), title=title, answer=answer)
    _effects(sheet, story)


def _effects(sheet: ActionSheet, story: dict[str, Any]) -> None:
    for title, unit, baseline, target, source, measures in story["indicators"]:
        indicator = _write(
            Indicator(sheet=sheet), title=title, unit=unit, baseline=Decimal(baseline) if baseline else None,
            target=Decimal(target), source=source,
        )  # fmt: skip
        for offset, value in measures:
            _write(Measure(indicator=indicator), value=Decimal(value), on=_day(offset), source=source)
    if told := story.get("comparison"):
        figures = {name: Decimal(told[name]) for name in ("before", "after") if name in told}
        rest = {name: told[name] for name in ("question", "why", "is_comparable") if name in told}
        _write(BeforeAfter(sheet=sheet), unit="%", **figures, **rest)


def _score_before(sheet: ActionSheet, verb: str, story: dict[str, Any]) -> None:
    if verb == "evaluate":
        marks = {criterion: (mark, words) for criterion, mark, words in story["marks"]}
        services.score_sheet(actor=None, sheet=sheet, marks=marks)


def _date_news(sheet: ActionSheet, story: dict[str, Any]) -> None:
    """News are as old as the last thing the story tells, not as the day the demo was loaded."""
    days = [offset for offset, _verb, _words in story["states"]]
    days += [done for _title, _starts, _ends, done, _who in story["steps"] if done]
    days += [one["day"] for one in story.get("news", ())]
    days += [offset for *_rest, measures in story["indicators"] for offset, _value in measures]
    ActionSheet.objects.filter(pk=sheet.pk, adopted_on__isnull=False).update(last_news_on=_day(max(days)))


def _agreement(
    place: Territory, bodies: dict[str, Organisation], sheets: dict[int, ActionSheet], story: dict[str, Any]
) -> Agreement:
    made = services.write_agreement(
        actor=None, object=story["object"], parties=[bodies[slug] for slug in story["parties"]], territory=place,
        signed_on=_day(story["signed"]), starts_on=_day(story["starts"]), ends_on=_day(story["ends"]),
        sheets=[sheets[number] for number in story["sheets"]], is_demo=True,
    )  # fmt: skip
    for number in story["sheets"]:
        sheets[number].partners.filter(organisation__in=made.parties.all()).update(agreement=made)
    return made


def _group(
    place: Territory, bodies: dict[str, Organisation], sheets: dict[int, ActionSheet], story: dict[str, Any]
) -> None:
    services.write_group(
        actor=None, name=story["name"], kind=story["kind"], object=story["object"], territory=place,
        members=[bodies[slug] for slug in story["members"]], convener=bodies.get(story.get("convener", "")),
        starts_on=_day(story["starts"]), ends_on=_day(story["ends"]) if "ends" in story else None,
        sheets=[sheets[number] for number in story["sheets"]], is_demo=True,
    )  # fmt: skip
