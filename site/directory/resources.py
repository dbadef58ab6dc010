"""Services, places and hours as tables people fill in: what is exported can be imported again.

Rows are found by their identifier; without one they are new. They are saved through the services, which keep history.
"""

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from import_export import fields
from import_export.resources import ModelResource

from directory.cells import (
    AccessWidget,
    AmountWidget,
    CodesWidget,
    HoursWidget,
    NumberWidget,
    OrganisationWidget,
    UidWidget,
    WholeWidget,
    YesNoWidget,
)
from directory.exchange import gather
from directory.exchange.gather import location_record
from directory.exchange.ids import as_uid
from directory.exchange.inclusion.write import hours_words
from directory.hours_osm import read_hours
from directory.models import Location, Service
from directory.permissions import can_edit_records_of, organisations_kept_by
from directory.services.hours import Opening, set_hours
from directory.services.places import save_location
from directory.services.records import save_service
from organisations.models import Organisation
from organisations.resources import TerritoryWidget

READ_AS = {
    "FloatField": NumberWidget,
    "DecimalField": AmountWidget,
    "BooleanField": YesNoWidget,
    "PositiveSmallIntegerField": WholeWidget,
    "PositiveIntegerField": WholeWidget,
    "SmallIntegerField": WholeWidget,
    "IntegerField": WholeWidget,
}


class Kept(ModelResource):
    """Rows of the organisations this person keeps; told apart by identifier."""

    WIDGETS_MAP: ClassVar[dict[str, Any]] = {**ModelResource.WIDGETS_MAP, **READ_AS}
    uid = fields.Field("uid", "uid", widget=UidWidget())
    organisation = fields.Field("organisation", "organisation", widget=OrganisationWidget())
    actor: Any = None

    def before_import(self, dataset: Any, **kwargs: Any) -> None:
        self.actor = kwargs.get("user")

    def get_instance(self, instance_loader: Any, row: Any) -> Any:
        """The record of that identifier; none for an empty cell. One of somebody else's is not given a second life."""
        uid = as_uid(str(row.get("uid") or "").strip())
        found = self.get_queryset().filter(uid=uid).first() if uid else None
        if uid and found is None and self._meta.model.objects.filter(uid=uid).exists():
            raise ValidationError({"uid": _("This record is not yours to change: take the line away.")})
        return found

    def kept(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        if self.actor is None:
            return rows
        return rows.filter(organisation__in=Organisation.objects.filter(organisations_kept_by(self.actor)))

    def validate_instance(self, instance: Any, errors: Any = None, validate_unique: bool = True) -> None:
        """Left to the service; cells that cannot be read are refused here."""
        told: dict[str, Any] = dict(errors or {})
        if instance.organisation_id is None:
            told.setdefault("organisation", ValidationError(_("Write the short name of the organisation.")))
        elif instance.pk and instance.organisation_id != self._owner_of(instance):
            told["organisation"] = ValidationError(
                _("A record stays with its organisation: it cannot be moved here.")
            )
        super().validate_instance(instance, told, validate_unique=False)

    def _owner_of(self, instance: Any) -> int:
        owner: int = self._meta.model.objects.values_list("organisation", flat=True).get(pk=instance.pk)
        return owner

    def save_instance(self, instance: Any, is_create: bool, row: Any, **kwargs: Any) -> None:
        """Told as a problem of the line when the organisation is somebody else's."""
        if self.actor is not None and not can_edit_records_of(self.actor, instance.organisation):
            raise ValidationError({"organisation": _("You do not keep the records of this organisation.")})
        super().save_instance(instance, is_create, row, **kwargs)

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


class HoursField(fields.Field):
    """The cell, or the hours that are stored."""

    def get_value(self, instance: Any) -> str:
        given = instance.__dict__.get("given_hours")
        if given is not None or instance.pk is None:
            return given or ""
        record = location_record(instance, whole=True)
        return hours_words(record.hours, (), "unknown")


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

    def import_field(
        self, field: fields.Field, instance: Location, row: Any, is_m2m: bool = False, **kwargs: Any
    ) -> None:
        """Hours wait on the row: they are rows of their own, written by the service."""
        if isinstance(field, HoursField):
            instance.__dict__["given_hours"] = field.clean(row, **kwargs)
        else:
            super().import_field(field, instance, row, is_m2m, **kwargs)

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
