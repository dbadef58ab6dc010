"""Where services are given."""

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from directory.codes import Access, Holidays
from directory.models.base import LINE, PARAGRAPH, SHORT, Exported, line, phone, text, web

POSTAL_CODE = RegexValidator(r"^[0-9]{5}$", _("A postal code has five digits, for example 47000."))


def validate_access(value: object) -> None:
    """Each known kind of access is true or false; what is not known is left out."""
    if not isinstance(value, dict) or not all(
        key in Access.values and isinstance(said, bool) for key, said in value.items()
    ):
        raise ValidationError(_("Say yes or no for each kind of access."))


class LocationQuerySet(models.QuerySet["Location"]):
    def shown_on_maps(self) -> "LocationQuerySet":
        """Those with a point anyone may see; a hidden address has none, whatever is stored."""
        return self.filter(address_hidden=False, latitude__isnull=False, longitude__isnull=False)


class Location(Exported):
    """A place of an organisation. Read its address through `directory.selectors.places`, which keeps hidden ones."""

    class Kind(models.TextChoices):
        PHYSICAL = "physical", _("a place one goes to")
        POSTAL = "postal", _("a postal address only")
        VIRTUAL = "virtual", _("online or by phone only")

    organisation = models.ForeignKey(
        "organisations.Organisation", models.PROTECT, related_name="locations", verbose_name=_("organisation")
    )
    name = line(_("name of the place"), SHORT, blank=False)
    kind = models.CharField(_("kind of place"), max_length=8, choices=Kind, default=Kind.PHYSICAL)
    address_1 = line(_("number and street"), LINE)
    address_2 = line(_("building, floor…"), LINE)
    postal_code = models.CharField(_("postal code"), max_length=5, blank=True, validators=[POSTAL_CODE])
    commune = models.ForeignKey(
        "territories.Territory",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="locations",
        verbose_name=_("commune"),
    )
    latitude = models.FloatField(
        _("latitude"), null=True, blank=True, validators=[MinValueValidator(-90), MaxValueValidator(90)]
    )
    longitude = models.FloatField(
        _("longitude"), null=True, blank=True, validators=[MinValueValidator(-180), MaxValueValidator(180)]
    )
    address_hidden = models.BooleanField(_("the address is kept secret"), default=False)
    hidden_reason = line(_("why the address is kept secret"), LINE)
    access = models.JSONField(_("access"), default=dict, blank=True, validators=[validate_access])
    access_words = text(_("access in words"), PARAGRAPH)
    accessibility_url = web(_("page on Acceslibre"))
    transport = text(_("how to get there"), PARAGRAPH)
    phone = phone()
    holidays = models.CharField(
        _("public holidays"), max_length=10, choices=Holidays, default=Holidays.UNKNOWN
    )
    updated_on = models.DateField(_("changed on"), auto_now_add=True)

    objects = LocationQuerySet.as_manager()

    class Meta:
        ordering = ["name", "pk"]
        verbose_name = _("place of the directory")
        verbose_name_plural = _("places of the directory")
        constraints = [
            models.CheckConstraint(
                condition=Q(latitude=None, longitude=None)
                | Q(latitude__isnull=False, longitude__isnull=False),
                name="location_whole_point",
                violation_error_message=_("Give both the latitude and the longitude, or neither."),
            ),
            models.CheckConstraint(
                condition=Q(address_hidden=False) | ~Q(hidden_reason=""),
                name="location_hidden_reason",
                violation_error_message=_("Say why the address is kept secret: visitors read it instead."),
            ),
        ]

    def __str__(self) -> str:
        return self.name
