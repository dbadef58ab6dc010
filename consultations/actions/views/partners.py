"""Who works with whom: a sentence, a map, a table by what is shared and by organisation, a file."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from consultations.actions.partner_map import draw_partners
from consultations.actions.selectors.partnership import TieKind, Web, partner_web, partners_table
from core.tables import table_file
from organisations.models import Organisation

MOST_LINES = 300
LONGEST = 80
ALL = ("", _("All"))


class PartnersForm(forms.Form):
    """One organisation, even one that works with nobody yet; one kind of tie. What was forged is refused."""

    organisation = forms.ChoiceField(label=_("Organisation"), required=False)
    sur = forms.ChoiceField(label=_("Together on"), required=False, choices=[ALL, *TieKind.choices])

    def __init__(self, web: Web, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["organisation"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - tells the type
        known = {one.slug: one.name for one in web.organisations.values()}
        asked = str(self.data.get("organisation", ""))[:LONGEST]
        if asked and asked not in known:
            known |= Organisation.objects.filter(slug=asked).values_list("slug", "name")
        field.choices = [ALL, *known.items()]


@require_safe
def partners(request: HttpRequest) -> HttpResponse:
    """The page; 400 when an organisation or a kind does not exist."""
    everything = partner_web(timezone.localdate())
    form = PartnersForm(everything, request.GET)
    is_valid = form.is_valid()
    chosen = form.cleaned_data.get("organisation", "")
    web = everything.kept(kind=form.cleaned_data.get("sur", ""), organisation=chosen)
    lines = [line for line in web.lines() if not chosen or line.organisation.slug == chosen]
    context = {
        "form": form,
        "web": web,
        "counts": {kind.name.lower(): web.counts[kind] for kind in TieKind},
        "chosen": next((line for line in lines if line.organisation.slug == chosen), None)
        if chosen
        else None,
        "is_alone": bool(chosen) and not web.ties,
        "lines": lines[:MOST_LINES],
        "is_cut": len(lines) > MOST_LINES,
        "ties": [(tie, web.named(tie)) for tie in web.ties],
        "map": draw_partners(web, chosen=chosen),
    }
    return render(request, "actions/public/partners.html", context, status=200 if is_valid else 400)


@require_safe
def partners_file(request: HttpRequest, extension: str) -> HttpResponse:
    """Everything, one line for each organisation in each tie."""
    return table_file(partners_table(partner_web(timezone.localdate())), "partenaires", extension)
