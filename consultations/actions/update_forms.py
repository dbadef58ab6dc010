"""Forms of news: words, a figure, pictures with what they show."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from consultations.actions.models import Indicator, Update
from consultations.actions.models.effects import DIGITS
from consultations.actions.money import FigureField
from consultations.actions.services.updates import MOST_PHOTOS, Figure, Photo, Told
from consultations.process.forms import DateInput

Area = forms.Textarea
ACCEPTED = "image/jpeg,image/png,image/webp"


class UpdateForm(forms.Form):
    """What is new. The figure is offered to those who follow the work; pictures come one by one, each with its words."""

    on = forms.DateField(label=_("Day"), widget=DateInput, help_text=_("The day it happened."))
    text = forms.CharField(
        label=_("What is new"), max_length=3000, widget=Area({"rows": 6}),
        help_text=_("What was done, what comes next, what is stuck. In short sentences."),
    )  # fmt: skip
    easy_read = forms.CharField(
        label=_("The same, easy to read"), max_length=2000, required=False, widget=Area({"rows": 4}),
        help_text=_("Short sentences, one idea per line."),
    )  # fmt: skip

    def __init__(
        self, data: Any, files: Any, *, sheet: Any, update: Update | None, may_measure: bool
    ) -> None:
        initial: dict[str, Any] = {"on": timezone.localdate()}
        if update is not None:
            initial = {"on": update.on, "text": update.text, "easy_read": update.easy_read}
        super().__init__(data, files, initial=initial)
        self.update, self.may_measure = update, may_measure
        if may_measure:
            self._offer_figure(sheet)
        self.kept = list(update.photos.all()) if update is not None else []
        for photo in self.kept:
            self._offer_kept(photo)
        for number in range(1, MOST_PHOTOS - len(self.kept) + 1):
            self._offer_photo(number)

    def _offer_figure(self, sheet: Any) -> None:
        measure = self.update.measure if self.update else None
        known = Indicator.objects.filter(sheet=sheet).order_by("pk")
        if not known:
            self.may_measure = False
            return
        self.fields["indicator"] = forms.ModelChoiceField(
            known, label=_("A figure"), required=False, empty_label=gettext("None"),
            initial=measure.indicator_id if measure else None, help_text=_("One of the indicators of the sheet."),
        )  # fmt: skip
        value = measure.value if measure else None
        self.fields["value"] = FigureField(
            label=_("Its value on this day"), required=False, initial=value, **DIGITS
        )

    def _offer_kept(self, photo: Any) -> None:
        self.fields[f"alt_{photo.pk}"] = forms.CharField(
            label=_("What the picture shows"), max_length=300, required=False, initial=photo.alt
        )
        self.fields[f"drop_{photo.pk}"] = forms.BooleanField(label=_("Remove this picture"), required=False)

    def _offer_photo(self, number: int) -> None:
        words = {"number": number}
        self.fields[f"photo_{number}"] = forms.FileField(
            label=gettext("Picture %(number)s") % words, required=False,
            widget=forms.FileInput({"accept": ACCEPTED}),
            help_text=_("JPEG, PNG or WebP, 10 MB at most. Ask the people it shows first."),
        )  # fmt: skip
        self.fields[f"alt_{number}"] = forms.CharField(
            label=gettext("What picture %(number)s shows") % words, max_length=300, required=False,
            help_text=_("Read aloud to those who cannot see it."),
        )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if self.may_measure and (given.get("indicator") is None) != (given.get("value") is None):
            missing = "value" if given.get("value") is None else "indicator"
            if missing not in self.errors:
                self.add_error(missing, _("Choose the figure and write its value, or neither."))
        for number in self._numbers():
            if given.get(f"photo_{number}") and not given.get(f"alt_{number}", "").strip():
                self.add_error(
                    f"alt_{number}",
                    _("Say in a few words what each picture shows: some people cannot see it."),
                )
        for photo in self.kept:
            alt, dropped = f"alt_{photo.pk}", given.get(f"drop_{photo.pk}")
            if not dropped and not given.get(alt, "").strip():
                self.add_error(
                    alt, _("Say in a few words what each picture shows: some people cannot see it.")
                )
        return given

    def _numbers(self) -> list[int]:
        return [number for number in range(1, MOST_PHOTOS + 1) if f"photo_{number}" in self.fields]

    def told(self) -> Told:
        """What the service takes."""
        given = self.cleaned_data
        figure = None
        if self.may_measure and given["indicator"] is not None:
            figure = Figure(given["indicator"], given["value"])
        photos = [
            Photo(given[f"photo_{number}"], given[f"alt_{number}"])
            for number in self._numbers()
            if given.get(f"photo_{number}")
        ]
        return Told(
            on=given["on"], text=given["text"], easy_read=given["easy_read"], figure=figure,
            keeps_figure=not self.may_measure, photos=photos,
        )  # fmt: skip

    def kept_photos(self) -> dict[str, str]:
        """The pictures left, with what they show."""
        given = self.cleaned_data
        return {
            str(photo.pk): given[f"alt_{photo.pk}"] for photo in self.kept if not given[f"drop_{photo.pk}"]
        }


class WithdrawForm(forms.Form):
    """Why the news is taken away, for everyone."""

    why = forms.CharField(
        label=_("Why is it withdrawn?"), max_length=400, widget=Area({"rows": 3}),
        help_text=_("Everyone will read it. The pictures are deleted for good."),
    )  # fmt: skip
