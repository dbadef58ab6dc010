"""Services, places and hours as tables people fill in: what is exported can be imported again.

Rows are found by their identifier; without one they are new. They are saved through the services, which keep history.
"""

import re
import uuid
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from import_export import fields, widgets
from import_export.resources import ModelResource

from directory.codes import Access
from directory.exchange import gather
from directory.exchange.gather import location_record
from directory.exchange.inclusion.write import hours_words
from directory.hours_osm import UnreadHours, read_hours
from directory.models import Location, Service
from directory.permissions import organisations_kept_by
from directory.services.hours import Opening, set_hours
from directory.services.places import save_location
from directory.services.records import save_service
from organisations.models import Organisation
from organisations.resources import TerritoryWidget

BAR = re.compile(r"\s*\|\s*")


class CodesWidget(widgets.Widget):
    """Codes or lines separated by bars."""

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> list[str]:
        return [part for part in BAR.split(str(value or "").strip()) if part]

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        return " | ".join(value or [])


class OrganisationWidget(widgets.Widget):
    """The short name of an organisation."""

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> Organisation | None:
        slug = str(value or "").strip()
        found = Organisation.objects.filter(slug=slug).first()
        if slug and found is None:
            raise ValueError(_("no organisation has the short name “%(slug)s”") % {"slug": slug[:60]})
        return found

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        return value.slug if value else ""


class UidWidget(widgets.Widget):
    """An identifier; a new one when the cell is empty."""

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> uuid.UUID:
        text = str(value or "").strip()
        try:
            return uuid.UUID(text) if text else uuid.uuid4()
        except ValueError as error:
            raise ValueError(
                _("“%(value)s” is not an identifier: leave it empty for a new record") % {"value": text[:60]}
            ) from error

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        return str(value or "")


class AccessWidget(widgets.Widget):
    """`step_free | !parking`: what is there, and with a mark what is not."""

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> dict[str, bool]:
        said = [part for part in BAR.split(str(value or "").strip()) if part]
        unknown = [part for part in said if part.lstrip("!") not in Access.values]
        if unknown:
            raise ValueError(_("Unknown code: %(codes)s.") % {"codes": ", ".join(unknown)[:200]})
        return {part.lstrip("!"): not part.startswith("!") for part in said}

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        return " | ".join(("" if said else "!") + code for code, said in sorted((value or {}).items()))


class Kept(ModelResource):
    """Rows of the organisations this person keeps; told apart by identifier."""

    uid = fields.Field("uid", "uid", widget=UidWidget())
    organisation = fields.Field("organisation", "organisation", widget=OrganisationWidget())
    actor: Any = None

    def before_import(self, dataset: Any, **kwargs: Any) -> None:
        self.actor = kwargs.get("user")

    def get_instance(self, instance_loader: Any, row: Any) -> Any:
        """The record of that identifier; none for an empty cell."""
        text = str(row.get("uid") or "").strip()
        if not text:
            return None
        try:
            return self.get_queryset().filter(uid=uuid.UUID(text)).first()
        except ValueError:
            return None

    def kept(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        if self.actor is None:
            return rows
        return rows.filter(organisation__in=Organisation.objects.filter(organisations_kept_by(self.actor)))

    def validate_instance(self, instance: Any, *args: Any, **kwargs: Any) -> None:
        """Left to the service; cells that cannot be read are refused here."""
        if instance.organisation_id is None:
            raise ValidationError({"organisation": _("Write the short name of the organisation.")})
        super().validate_instance(instance, *args, **{**kwargs, "validate_unique": False})

    def values(self, instance: Any, names: list[str]) -> dict[str, Any]:
        return {name: getattr(instance, name) for name in names}


PLACE_COLUMNS = [
    "name", "kind", "address_1", "address_2", "postal_code", "commune", "latitude", "longitude", "address_hidden",
    "hidden_reason", "access", "access_words", "accessibility_url", "transport", "phone", "holidays",
]  # fmt: skip


class LocationResource(Kept):
    """Places; the hidden ones with their address, since only those who keep them export this table."""

    commune = fields.Field("commune", "commune", widget=TerritoryWidget())
    access = fields.Field("access", "access", widget=AccessWidget())

    class Meta:
        model = Location
        import_id_fields = ("uid",)
        fields = ("uid", "organisation", *PLACE_COLUMNS)
        skip_unchanged = True
        report_skipped = True
        store_instance = True
        skip_html_diff = True

    def get_queryset(self) -> QuerySet[Location]:
        return self.kept(Location.objects.select_related("organisation", "commune").order_by("pk"))

    def do_instance_save(self, instance: Location, is_create: bool) -> None:
        stored = None if is_create else Location.objects.get(pk=instance.pk)
        saved = save_location(
            actor=self.actor,
            organisation=instance.organisation,
            values=self.values(instance, PLACE_COLUMNS),
            location=stored,
        )
        if is_create:
            Location.objects.filter(pk=saved.pk).update(uid=instance.uid)
        instance.pk = saved.pk


SERVICE_COLUMNS = [
    "name", "description", "easy_read", "kind", "modes", "audiences", "age_min", "age_max", "situations", "eligibility",
    "fee", "amount_min", "amount_max", "fee_words", "remaining_words", "documents", "languages", "reach", "reached_by",
    "email", "phone", "link", "takes_requests", "average_delay_days", "holidays", "review_months", "published",
]  # fmt: skip
LISTS = ("modes", "audiences", "documents", "languages", "reach", "reached_by")


class ServiceResource(Kept):
    """Services; needs and areas are chosen on the form of each, or imported in an open format."""

    modes = fields.Field("modes", "modes", widget=CodesWidget())
    audiences = fields.Field("audiences", "audiences", widget=CodesWidget())
    documents = fields.Field("documents", "documents", widget=CodesWidget())
    languages = fields.Field("languages", "languages", widget=CodesWidget())
    reach = fields.Field("reach", "reach", widget=CodesWidget())
    reached_by = fields.Field("reached_by", "reached_by", widget=CodesWidget())

    class Meta:
        model = Service
        import_id_fields = ("uid",)
        fields = ("uid", "organisation", *SERVICE_COLUMNS)
        skip_unchanged = True
        report_skipped = True
        store_instance = True
        skip_html_diff = True

    def get_queryset(self) -> QuerySet[Service]:
        rows = Service.objects.filter(merged_into=None).select_related("organisation")
        return self.kept(rows.order_by("pk"))

    def do_instance_save(self, instance: Service, is_create: bool) -> None:
        stored = None if is_create else Service.objects.get(pk=instance.pk)
        saved = save_service(
            actor=self.actor,
            organisation=instance.organisation,
            values=self.values(instance, SERVICE_COLUMNS),
            service=stored,
        )
        if is_create:
            Service.objects.filter(pk=saved.pk).update(uid=instance.uid)
        instance.pk = saved.pk


class HoursWidget(widgets.Widget):
    """Hours as OpenStreetMap writes them."""

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> str:
        text = str(value or "").strip()
        try:
            read_hours(text)
        except UnreadHours as error:
            raise ValueError(str(error)) from error
        return text


class HoursField(fields.Field):
    """The cell, or the hours that are stored."""

    def get_value(self, instance: Any) -> str:
        given = instance.__dict__.get("given_hours")
        if given is not None or instance.pk is None:
            return given or ""
        record = location_record(instance, whole=True)
        return hours_words(record.hours, (), "unknown")

    def save(self, instance: Any, row: Any, is_m2m: bool = False, **kwargs: Any) -> None:
        instance.__dict__["given_hours"] = self.clean(row, **kwargs)


class HoursResource(Kept):
    """The weekly hours of places, one line per place."""

    hours = HoursField("hours", "hours", widget=HoursWidget())

    class Meta:
        model = Location
        import_id_fields = ("uid",)
        fields = ("uid", "organisation", "hours")
        skip_unchanged = True
        report_skipped = True
        store_instance = True
        skip_html_diff = True

    def get_queryset(self) -> QuerySet[Location]:
        return self.kept(gather.locations(Location.objects.all()).order_by("pk"))

    def init_instance(self, row: Any = None) -> Location:
        raise ValidationError({"uid": _("This place is not in the directory: import the places first.")})

    def do_instance_save(self, instance: Location, is_create: bool) -> None:
        rules = read_hours(instance.__dict__.get("given_hours", "")).rules
        openings = [
            Opening(
                one.weekday, one.opens, one.closes, one.nth or None, one.valid_from, one.valid_to, one.note
            )
            for one in rules
        ]
        set_hours(actor=self.actor, record=Location.objects.get(pk=instance.pk), openings=openings)
