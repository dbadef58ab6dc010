"""Sheets and their funding as tables: what is exported can be imported again, line by line, through the services."""

from types import SimpleNamespace
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from import_export import fields, widgets
from import_export.resources import ModelResource

from consultations.actions.models import ActionSheet, Axis, Funding, Partner, Programme
from consultations.actions.money import parse_euros
from consultations.actions.services import create_sheet, set_details, write_row
from consultations.actions.texts import texts_of
from organisations.models import Organisation
from organisations.resources import TerritoryWidget

SEPARATOR = "|"


class ThroughServices(ModelResource):
    """Rows saved by the services, with the person who imports as actor."""

    actor: Any = None

    def before_import(self, dataset: Any, **kwargs: Any) -> None:
        self.actor = kwargs.get("user")


class OrganisationWidget(widgets.Widget):
    """An organisation by its short name."""

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> Organisation | None:
        slug = str(value or "").strip()
        return known_organisations([slug])[0] if slug else None

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        return value.slug if value else ""


class PartnersWidget(widgets.Widget):
    """`ehpad-agen | transport-47`: short names of organisations."""

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> list[Organisation]:
        return known_organisations([one.strip() for one in str(value or "").split(SEPARATOR) if one.strip()])

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        return f" {SEPARATOR} ".join(one.slug for one in value or ())


def known_organisations(slugs: list[str]) -> list[Organisation]:
    """In the order given; refused with the names nobody knows."""
    found = {one.slug: one for one in Organisation.objects.filter(slug__in=slugs)}
    if unknown := [slug for slug in slugs if slug not in found]:
        raise ValueError(
            _("Unknown partner: %(names)s. Add it to the organisations first.")
            % {"names": ", ".join(unknown)}
        )
    return [found[slug] for slug in slugs]


class ProgrammeWidget(widgets.Widget):
    """A programme by its address."""

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> Programme | None:
        slug = str(value or "").strip()
        if not slug:
            return None
        found = Programme.objects.filter(slug=slug).first()
        if found is None:
            raise ValueError(_("Unknown programme: %(slug)s.") % {"slug": slug})
        return found

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        return value.slug if value else ""


class AxisWidget(widgets.Widget):
    """The number of an axis of the programme of the same line."""

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> Axis | None:
        number = str(value or "").strip()
        if not number:
            return None
        programme = str((row or {}).get("programme") or "").strip()
        found = Axis.objects.filter(programme__slug=programme, number=number) if number.isdecimal() else None
        axis = found.first() if found is not None else None
        if axis is None:
            raise ValueError(_("The programme has no axis %(number)s.") % {"number": number})
        return axis

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        return str(value.number) if value else ""


class SheetWidget(widgets.Widget):
    """A sheet by its address."""

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> ActionSheet:
        slug = str(value or "").strip()
        found = ActionSheet.objects.filter(slug=slug).first()
        if found is None:
            raise ValueError(_("Unknown action sheet: %(slug)s.") % {"slug": slug})
        return found

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        return value.slug if value else ""


class EuroWidget(widgets.Widget):
    """An amount in euros, as people type it."""

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> Any:
        try:
            return parse_euros(str(value if value not in (None, "") else "0"))
        except ValidationError as error:
            raise ValueError(" ".join(error.messages)) from error

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        return str(value)


class KeptTexts:
    """The texts of a sheet that exists: a table never writes over what people wrote together."""

    def __setattr__(self, name: str, value: object) -> None:
        """Nothing: what the table holds is left aside."""


class SheetResource(ThroughServices):
    """Matched by address; a sheet that exists changes its identity only, and only while it is a draft."""

    programme = fields.Field("programme", "programme", widget=ProgrammeWidget())
    axis = fields.Field("axis", "axis", widget=AxisWidget())
    territory = fields.Field("territory", "territory", widget=TerritoryWidget())
    lead = fields.Field("lead", "lead", widget=OrganisationWidget())
    partners = fields.Field("listed_partners", "partners", widget=PartnersWidget())
    state = fields.Field("state", "state", readonly=True)
    finding = fields.Field("given_texts__finding", "finding", default="")
    objective = fields.Field("given_texts__objective", "objective", default="")
    easy_read = fields.Field("given_texts__easy_read", "easy_read", default="")

    class Meta:
        model = ActionSheet
        import_id_fields = ("slug",)
        fields = (
            "slug",
            "number",
            "title",
            "state",
            "programme",
            "axis",
            "territory",
            "lead",
            "partners",
            "finding",
            "objective",
            "easy_read",
        )
        export_order = fields
        skip_unchanged = True
        report_skipped = True
        store_instance = True
        skip_html_diff = True

    def get_queryset(self) -> Any:
        found = ActionSheet.objects.select_related("programme", "axis", "territory", "lead")
        return found.prefetch_related("partners__organisation")

    def after_init_instance(self, instance: Any, new: bool, row: Any, **kwargs: Any) -> None:
        instance.given_texts = SimpleNamespace() if new else KeptTexts()

    def dehydrate_finding(self, sheet: ActionSheet) -> str:
        return texts_of(sheet)["finding"]

    def dehydrate_objective(self, sheet: ActionSheet) -> str:
        return texts_of(sheet)["objective"]

    def dehydrate_easy_read(self, sheet: ActionSheet) -> str:
        return texts_of(sheet)["easy_read"]

    def do_instance_save(self, instance: Any, is_create: bool) -> None:
        plain = {
            name: getattr(instance, name) for name in ("title", "territory", "programme", "axis", "number")
        }
        if is_create:
            texts = {name: str(text or "").strip() for name, text in vars(instance.given_texts).items()}
            sheet = create_sheet(actor=self.actor, lead=instance.lead, texts=texts, **plain)
            instance.pk, instance._state.adding = sheet.pk, False
            instance.slug = sheet.slug
        else:
            sheet = ActionSheet.objects.get(pk=instance.pk)
            set_details(actor=self.actor, sheet=sheet, values=plain)
        held = set(sheet.partners.values_list("organisation", flat=True))
        for partner in instance.listed_partners:
            if partner.pk not in held:
                write_row(
                    actor=self.actor, row=Partner(sheet=sheet),
                    values={"organisation": partner, "role": "", "agreement": None},
                )  # fmt: skip


class FundingResource(ThroughServices):
    """Matched by sheet, funder and year."""

    sheet = fields.Field("sheet", "sheet", widget=SheetWidget())
    funder = fields.Field("funder", "funder", widget=OrganisationWidget())
    sought = fields.Field("sought", "sought", widget=EuroWidget())
    secured = fields.Field("secured", "secured", widget=EuroWidget())
    spent = fields.Field("spent", "spent", widget=EuroWidget())

    class Meta:
        model = Funding
        import_id_fields = ("sheet", "funder", "funder_words", "year")
        fields = ("sheet", "funder", "funder_words", "year", "sought", "secured", "spent")
        export_order = fields
        skip_unchanged = True
        report_skipped = True
        store_instance = True
        skip_html_diff = True

    def get_queryset(self) -> Any:
        return Funding.objects.select_related("sheet", "funder")

    def do_instance_save(self, instance: Funding, is_create: bool) -> None:
        names = ("funder", "funder_words", "year", "sought", "secured", "spent")
        values = {name: getattr(instance, name) for name in (names if is_create else names[3:])}
        row = Funding(sheet=instance.sheet) if is_create else Funding.objects.get(pk=instance.pk)
        write_row(actor=self.actor, row=row, values=values)
        instance.pk, instance._state.adding = row.pk, False
