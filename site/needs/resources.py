"""The nomenclature as a table: what is exported can be imported again."""

from typing import Any

from import_export import fields, widgets
from import_export.resources import ModelResource

from core.tabular import Row
from needs.models import Need
from needs.services import save_need, sort_key

YES, NO = ("oui", "yes", "1", "true", "vrai", "x"), ("", "non", "no", "0", "false", "faux")


class WordsWidget(widgets.Widget):
    """Words separated by bars, since a synonym may hold a comma."""

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> list[str]:
        return [word.strip() for word in str(value or "").split("|") if word.strip()]

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        return " | ".join(value or [])


class YesWidget(widgets.Widget):
    """“oui” or nothing."""

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> bool:
        text = str(value or "").strip().casefold()
        if text not in {*YES, *NO}:
            raise ValueError(f"“{value}” : oui / non")
        return text in YES

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        return "oui" if value else ""


class NeedResource(ModelResource):
    """The codes in force; saved through the services."""

    synonyms = fields.Field("synonyms", "synonyms", widget=WordsWidget())
    is_extension = fields.Field("is_extension", "is_extension", widget=YesWidget())

    class Meta:
        model = Need
        import_id_fields = ("code",)
        fields = (
            "code",
            "official_label",
            "plain_label",
            "synonyms",
            "easy_read",
            "pictogram",
            "is_extension",
        )
        skip_unchanged = True
        report_skipped = True
        store_instance = True
        skip_html_diff = True

    actor: Any = None

    def get_queryset(self) -> Any:
        return Need.objects.current()

    def before_import(self, dataset: Any, **kwargs: Any) -> None:
        self.actor = kwargs.get("user")

    def validate_instance(self, instance: Need, *args: Any, **kwargs: Any) -> None:
        """Left to the service, which knows parents and pictograms; cells that cannot be read are refused here."""
        super().validate_instance(instance, *args, **{**kwargs, "validate_unique": False})

    def do_instance_save(self, instance: Need, is_create: bool) -> None:
        saved = save_need(
            actor=self.actor,
            code=instance.code,
            official_label=instance.official_label,
            plain_label=instance.plain_label,
            synonyms=instance.synonyms,
            easy_read=instance.easy_read,
            pictogram=instance.pictogram,
            is_extension=instance.is_extension,
        )
        instance.pk = saved.pk


def order_of(row: Row) -> str:
    """Codes before those below them."""
    return sort_key(row.cells["code"])
