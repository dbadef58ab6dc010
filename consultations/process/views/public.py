"""What anyone sees of consultations: the list, one consultation, its poster."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from consultations.process import selectors
from consultations.process.forms import PublicFilterForm
from consultations.process.models import Consultation
from consultations.process.registries import panels, public_panels
from core.qr import public_url, qr_svg
from territories.asked import asked_territory


def _public_consultation(slug: str) -> Consultation:
    found = Consultation.objects.public().select_related("territory__level", "organisation")
    return get_object_or_404(found.prefetch_related("stages"), slug=slug)


@require_safe
def consultation_list(request: HttpRequest) -> HttpResponse:
    """Consultations under way, to come and closed; an unknown audience is said, and nothing is hidden."""
    territory = asked_territory(request)
    form = PublicFilterForm(request.GET.dict(), territory=territory)
    is_valid = form.is_valid()
    cards = selectors.public_consultations(
        territory=territory, audience=form.cleaned_data.get("audience", "")
    )
    context = {"form": form, "cards": cards, "is_filtered": bool(request.GET)}
    return render(request, "process/public/consultation_list.html", context, status=200 if is_valid else 400)


@require_safe
def consultation_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """Why people are asked, by whom, on what ground, how to answer and what became of it."""
    consultation = _public_consultation(slug)
    context = {
        "consultation": consultation,
        "thread": selectors.thread(consultation),
        "audiences": selectors.audience_labels(consultation),
        "rights": selectors.rights_in_words(consultation),
        "panels": panels(public_panels, consultation, request.user),
        **_address(consultation),
    }
    return render(request, "process/public/consultation_detail.html", context)


@require_safe
def consultation_poster(request: HttpRequest, slug: str) -> HttpResponse:
    """One A4 page to print and pin up, with the address and its QR code."""
    consultation = _public_consultation(slug)
    context = {
        "consultation": consultation,
        "audiences": selectors.audience_labels(consultation),
        **_address(consultation),
    }
    return render(request, "process/public/poster.html", context)


def _address(consultation: Consultation) -> dict[str, str]:
    address = public_url(reverse("process:consultation_detail", args=[consultation.slug]))
    return {"address": address, "qr": qr_svg(address, title=consultation.title)}
