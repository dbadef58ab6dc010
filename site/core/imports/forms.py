"""The form of the import screen."""

from django import forms
from django.utils.translation import gettext_lazy as _


class UploadForm(forms.Form):
    """A table as people have it."""

    file = forms.FileField(
        label=_("File"),
        help_text=_("CSV (any usual encoding) or XLSX, 5 MB at most. Nothing is written before you confirm."),
        widget=forms.FileInput({"accept": ".csv,.tsv,.txt,.xlsx,.xls,.ods"}),
    )
