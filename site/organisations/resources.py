"""Organisations as a table: what is exported can be imported again."""

from typing import Any

from import_export import fields, widgets
from import_export.resources import ModelResource

from organisations.forms import parse_identifiers
from organisations.models import Organisation
from organisations.services import save_organisation
from territories.models import Territory
from territories.selectors import TerritoryError, resolve_code


class TerritoryWidget(widgets.Widget):
    """`commune:47001`, or a code alone where it means one territory."""

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> Territory | None:
        level, colon, code = str(value or "").rpartition(":")
        try:
            return resolve_code(code, level=level.strip() if colon else None) if code else None
        except TerritoryError as error:
            raise ValueError(str(error)) from error

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        return f"{value.level_id}:{value.code}" if value else ""


class IdentifiersWidget(widgets.Widget):
    """`siret: 123 | finess: 456`."""

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> dict[str, str]:
        return parse_identifiers(str(value or ""))

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        return " | ".join(f"{scheme}: {number}" for scheme, number in (value or {}).items())


class OrganisationResource(ModelResource):
    """Matched by slug; saved through the services."""

    territory = fields.Field("territory", "territory", widget=TerritoryWidget())
    identifiers = fields.Field("listed_identifiers", "identifiers", widget=IdentifiersWidget())

    class Meta:
        model = Organisation
        import_id_fields = ("slug",)
        fields = ("slug", "name", "kind", "territory", "identifiers")
        skip_unchanged = True
        report_skipped = True
        store_instance = True
        skip_html_diff = True

    actor: Any = None

    def get_queryset(self) -> Any:
        return Organisation.objects.select_related("territory").prefetch_related("identifiers")

    def before_import(self, dataset: Any, **kwargs: Any) -> None:
        self.actor = kwargs.get("user")

    def do_instance_save(self, instance: Organisation, is_create: bool) -> None:
        saved = save_organisation(
            actor=self.actor,
            slug=instance.slug,
            name=instance.name,
            kind=instance.kind,
            territory=instance.territory,
            is_demo=instance.is_demo,
            identifiers=instance.listed_identifiers,
        )
        instance.pk = saved.pk
