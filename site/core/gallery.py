"""What the gallery shows: invented content for each component, in each state."""

from typing import Any

import segno
from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest
from django.utils.safestring import mark_safe

from core.widgets import DateParts

TRANSPORT = [("pied", "À pied"), ("voiture", "Je conduis ma voiture"), ("proche", "Quelqu’un m’emmène")]
COLOURS = (
    "paper",
    "card",
    "ink",
    "muted",
    "line",
    "accent",
    "accent-soft",
    "river",
    "river-soft",
    "sun",
    "ok",
    "late",
    "error",
)


class SampleForm(forms.Form):
    """Every kind of field, to be looked at."""

    name = forms.CharField(label="Votre commune", help_text="Par exemple : Duras.")
    email = forms.EmailField(label="Adresse électronique", required=False)
    born = forms.IntegerField(label="Votre année de naissance", min_value=1900)
    visited = forms.DateField(
        label="Jour de la visite", required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    period = forms.DateField(label="Depuis quand ?", required=False, widget=DateParts)
    place = forms.ChoiceField(
        label="Intercommunalité", choices=[("", "Choisir"), ("duras", "Pays de Duras"), ("albret", "Albret")]
    )
    transport = forms.ChoiceField(
        label="Comment allez-vous faire vos courses ?", choices=TRANSPORT, widget=forms.RadioSelect
    )
    helps = forms.MultipleChoiceField(
        label="Qui vous aide ?",
        help_text="Plusieurs réponses possibles.",
        choices=[("famille", "Ma famille"), ("service", "Un service"), ("voisin", "Un voisin")],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    more = forms.CharField(
        label="Que voulez-vous ajouter ?",
        help_text="Ne donnez pas de nom ni d’information médicale.",
        widget=forms.Textarea(attrs={"rows": 4}),
        required=False,
    )
    document = forms.FileField(label="Un document", required=False)
    closed = forms.CharField(label="Code du département", disabled=True, initial="47")
    agrees = forms.BooleanField(label="J’ai lu comment mes réponses sont protégées")


def stages() -> list[dict[str, str]]:
    """A thread with a stage of each state."""
    return [
        {"status": "done", "figure": "212", "label": "voix recueillies"},
        {"status": "done", "figure": "14", "label": "besoins reconnus"},
        {"status": "done", "figure": "1", "label": "diagnostic partagé"},
        {"status": "under_way", "figure": "10", "label": "actions décidées"},
        {
            "status": "late",
            "figure": "4",
            "label": "actions réalisées",
            "note": "sans nouvelles depuis 74 jours",
        },
        {"status": "to_come", "figure": "mai", "label": "êtes-vous satisfait ?"},
    ]


def timeline() -> list[dict[str, str]]:
    """A story told by day."""
    return [
        {
            "status": "done",
            "date": "12 mars 2026",
            "figure": "Vous avez répondu",
            "label": "Enquête sur la vie à domicile.",
        },
        {
            "status": "done",
            "date": "2 avril 2026",
            "figure": "Votre besoin a été reconnu",
            "label": "« Se déplacer ».",
        },
        {
            "status": "under_way",
            "date": "",
            "figure": "Les résultats sont publiés",
            "label": "Ils seront relus en réunion.",
        },
        {"status": "to_come", "date": "", "figure": "Une action", "label": "Elle sera décidée en mai."},
    ]


def gallery_context(request: HttpRequest) -> dict[str, Any]:
    """Values the gallery's template needs."""
    data = {"name": "Duras", "email": "marie", "born": "1820", "place": "duras", "transport": "voiture"}
    return {
        "colours": COLOURS,
        "steps": ("4", "3", "2", "1", "0"),
        "form": SampleForm(auto_id="id_%s"),
        "wrong_form": SampleForm(data, auto_id="faux_%s"),
        "stages": stages(),
        "story": timeline(),
        "tabs": [
            {"label": "Carte", "url": "?vue=carte", "is_current": True},
            {"label": "Graphique", "url": "?vue=graphique"},
            {"label": "Tableau", "url": "?vue=tableau", "count": 12},
        ],
        "page": Paginator(range(200), 10).page(6),
        "trail": [{"label": "Observatoire", "url": "#"}, {"label": "Intercommunalités", "url": "#"}],
        "qr": mark_safe(segno.make("http://127.0.0.1:8000/enquetes/").svg_inline(scale=4, border=2)),
        "legend": [
            {"class": "c1", "label": "moins de 15 %"},
            {"class": "c2", "label": "15 à 20"},
            {"class": "c3", "label": "20 à 25"},
            {"class": "c4", "label": "plus de 25"},
            {"class": "cs", "label": "secret statistique"},
            {"class": "ca", "label": "absent"},
        ],
        "facts": [
            {"label": "Territoire", "value": "Pays de Duras"},
            {"label": "Dates", "value": "du 2 mars au 30 avril 2026"},
            {"label": "Base légale", "value": "mission d’intérêt public"},
        ],
    }
