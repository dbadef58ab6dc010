"""Councils and mandates as tables: what is exported can be imported again, line by line, through the services."""

import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from import_export import fields, widgets
from import_export.resources import ModelResource

from consultations.councils.models import Council, Mandate
from consultations.councils.services import create_council, end_mandate, open_mandate, update_council
from organisations.models import Organisation
from organisations.resources import TerritoryWidget

SEPARATOR = "|"
TEXTS = ("name", "summary", "contact", "is_public", "territory")


class EstablishmentsWidget(widgets.Widget):
    """`ehpad-agen | ehpad-nerac`: short names of organisations."""

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> list[Organisation]:
        wanted = [one.strip() for one in str(value or "").split(SEPARATOR) if one.strip()]
        found = {one.slug: one for one in Organisation.objects.filter(slug__in=wanted)}
        unknown = [slug for slug in wanted if slug not in found]
        if unknown:
            raise ValueError(
                _("Unknown establishment: %(names)s. Add it to the organisations first.")
                % {"names": ", ".join(unknown)}
            )
        return [found[slug] for slug in wanted]

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        return f" {SEPARATOR} ".join(one.slug for one in value or ())


class ChoiceWidget(widgets.CharWidget):
    """One of the codes of a list; the message names them."""

    def __init__(self, codes: list[str]) -> None:
        super().__init__()
        self.codes = codes

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> str:
        text = str(value or "").strip()
        if text and text not in self.codes:
            raise ValueError(
                _("“%(value)s” is not known. Write one of: %(codes)s.")
                % {"value": text, "codes": ", ".join(self.codes)}
            )
        return text


class CouncilWidget(widgets.Widget):
    """A council by its address."""

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> Council | None:
        slug = str(value or "").strip()
        if not slug:
            return None
        found = Council.objects.filter(slug=slug).first()
        if found is None:
            raise ValueError(_("Unknown council: %(slug)s.") % {"slug": slug})
        return found

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        return value.slug if value else ""


def codes_of(model: Any, name: str) -> list[str]:
    return [code for code, _label in model._meta.get_field(name).choices]


class DayWidget(widgets.DateWidget):
    """A day, refused with an example of what can be read."""

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> datetime.date | None:
        try:
            return super().clean(value, row, **kwargs)
        except ValueError as error:
            text = _("“%(value)s” is not a day. Write it as 2026-11-22.")
            raise ValueError(text % {"value": value}) from error


def day() -> DayWidget:
    """2026-11-22."""
    return DayWidget(format="%Y-%m-%d")


class ThroughServices(ModelResource):
    """Rows saved by the services, with the person who imports as actor."""

    actor: Any = None

    def before_import(self, dataset: Any, **kwargs: Any) -> None:
        self.actor = kwargs.get("user")


class CouncilResource(ThroughServices):
    """Matched by address; a council that exists only changes its texts."""

    kind = fields.Field("kind", "kind", widget=ChoiceWidget(codes_of(Council, "kind")))
    territory = fields.Field("territory", "territory", widget=TerritoryWidget())
    establishments = fields.Field("listed_establishments", "establishments", widget=EstablishmentsWidget())
    created_on = fields.Field("created_on", "created_on", widget=day())

    class Meta:
        model = Council
        import_id_fields = ("slug",)
        fields = (
            "slug",
            "name",
            "kind",
            "territory",
            "establishments",
            "created_on",
            "summary",
            "contact",
            "is_public",
        )
        skip_unchanged = True
        report_skipped = True
        store_instance = True
        skip_html_diff = True

    def get_queryset(self) -> Any:
        return Council.objects.select_related("territory").prefetch_related("organisations")

    def do_instance_save(self, instance: Council, is_create: bool) -> None:
        if not is_create:
            stored = Council.objects.get(pk=instance.pk)
            update_council(
                actor=self.actor, council=stored, **{name: getattr(instance, name) for name in TEXTS}
            )
            return
        saved = create_council(
            actor=self.actor,
            slug=instance.slug,
            kind=instance.kind,
            created_on=instance.created_on,
            organisations=instance.listed_establishments,
            **{name: getattr(instance, name) for name in TEXTS},
        )
        instance.pk, instance._state.adding = saved.pk, False


class MandateResource(ThroughServices):
    """Matched by council, constituency, seat, name and first day; one that exists may only be ended."""

    council = fields.Field("council", "council", widget=CouncilWidget())
    constituency = fields.Field(
        "constituency", "constituency", widget=ChoiceWidget(codes_of(Mandate, "constituency"))
    )
    rank = fields.Field("rank", "rank", widget=ChoiceWidget(codes_of(Mandate, "rank")))
    designation = fields.Field(
        "designation", "designation", widget=ChoiceWidget(codes_of(Mandate, "designation"))
    )
    starts_on = fields.Field("starts_on", "starts_on", widget=day())
    ends_on = fields.Field("ends_on", "ends_on", widget=day())
    ended_on = fields.Field("ended_on", "ended_on", widget=day())
    end_reason = fields.Field(
        "end_reason", "end_reason", widget=ChoiceWidget(codes_of(Mandate, "end_reason"))
    )
    born_on = fields.Field("born_on", "born_on", widget=day())
    seniority_from = fields.Field("seniority_from", "seniority_from", widget=day())

    class Meta:
        model = Mandate
        import_id_fields = ("council", "constituency", "rank", "person_name", "starts_on")
        fields = (*import_id_fields, "ends_on", "designation", "born_on", "seniority_from", "late_reason",
                  "ended_on", "end_reason")  # fmt: skip
        export_order = fields
        skip_unchanged = True
        report_skipped = True
        store_instance = True
        skip_html_diff = True

    def get_queryset(self) -> Any:
        return Mandate.objects.select_related("council")

    def do_instance_save(self, instance: Mandate, is_create: bool) -> None:
        if instance.council_id is None:
            raise ValidationError({"council": _("Give the address of the council.")})
        if is_create:
            saved = open_mandate(
                actor=self.actor,
                council=instance.council,
                constituency=instance.constituency,
                rank=instance.rank,
                person_name=instance.person_name,
                starts_on=instance.starts_on,
                ends_on=instance.ends_on,
                designation=instance.designation,
                born_on=instance.born_on,
                seniority_from=instance.seniority_from,
                late_reason=instance.late_reason,
            )
            instance.pk, instance._state.adding = saved.pk, False
            stored = saved
        else:
            stored = Mandate.objects.get(pk=instance.pk)
        if instance.ended_on and stored.ended_on != instance.ended_on:
            end_mandate(
                actor=self.actor, mandate=stored, ended_on=instance.ended_on, reason=instance.end_reason
            )
