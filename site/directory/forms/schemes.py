"""A scheme or a right, as administrators write it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from directory.forms.fields import NeedGroup, NeedsField, need_groups
from directory.models import Scheme
from directory.models.base import LONG, PARAGRAPH, SHORT, validate_plain_text, validate_web_address
from needs.models import Need


class SchemeForm(forms.Form):
    """Its name, what it is in plain words, where to read more, the needs it meets."""

    name = forms.CharField(
        label=_("Name"),
        max_length=SHORT,
        validators=[validate_plain_text],
        help_text=_("The whole name, then its short name: “Allocation personnalisée d’autonomie (APA)”."),
    )
    description = forms.CharField(
        label=_("Description"),
        max_length=LONG,
        required=False,
        validators=[validate_plain_text],
        widget=forms.Textarea({"rows": 6}),
        help_text=_("Who has a right to it, what it pays or does, where to ask for it."),
    )
    easy_read = forms.CharField(
        label=_("Easy-read text"),
        max_length=PARAGRAPH,
        required=False,
        validators=[validate_plain_text],
        widget=forms.Textarea({"rows": 4}),
    )
    url = forms.CharField(
        label=_("Where to read more"),
        max_length=500,
        required=False,
        validators=[validate_web_address],
        help_text=_("A whole address that starts with https://."),
    )
    needs = NeedsField(Need.objects.none(), label=_("Needs"), required=False)

    def __init__(self, *args: Any, scheme: Scheme | None = None, **kwargs: Any) -> None:
        own: list[Need] = []
        if scheme:
            own = list(scheme.needs.all())
            plain = {name: getattr(scheme, name) for name in ("name", "description", "easy_read", "url")}
            kwargs["initial"] = {**plain, "needs": own}
        super().__init__(*args, **kwargs)
        field: Any = self.fields["needs"]
        field.queryset = Need.objects.offered(own)

    @property
    def groups(self) -> list[NeedGroup]:
        return need_groups(self["needs"])

    @property
    def plain_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self.base_fields if name != "needs"]
