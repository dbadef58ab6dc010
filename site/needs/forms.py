"""How an administrator writes a code of the nomenclature."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from needs.models import Need


class NeedForm(forms.ModelForm):
    """One synonym a line; the service checks codes, parents and pictograms."""

    synonyms = forms.CharField(
        label=_("Synonyms"),
        required=False,
        widget=forms.Textarea({"rows": 6}),
        help_text=_("The words people say, one a line: they lead to this need in searches."),
    )

    class Meta:
        model = Need
        fields = (
            "code",
            "plain_label",
            "official_label",
            "easy_read",
            "synonyms",
            "pictogram",
            "is_extension",
        )
        widgets = {"easy_read": forms.Textarea({"rows": 3})}
        help_texts = {
            "code": _("Such as 1.3.4. Our own codes have an E: 1.E.2."),
            "pictogram": _("The name of a pictogram of the gallery."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        instance: Need | None = kwargs.get("instance")
        if instance and instance.pk:
            kwargs["initial"] = {"synonyms": "\n".join(instance.synonyms), **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)

    def clean_synonyms(self) -> list[str]:
        return [word.strip() for word in self.cleaned_data["synonyms"].splitlines() if word.strip()]


class NeedEditForm(NeedForm):
    """The code does not change: end it and write another."""

    ends_on = forms.DateField(
        label=_("Ends on"),
        required=False,
        widget=forms.DateInput({"type": "date"}),
        help_text=_("First day the code is no longer used. What was coded with it keeps it."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].disabled = True
