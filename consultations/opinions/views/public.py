"""What anyone may follow: every opinion sent, who has to answer, since when, and what was answered."""

from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.text import slugify
from django.views.decorators.http import require_safe

from consultations.councils.writing import FORMATS
from consultations.opinions.forms import OpinionFilterForm
from consultations.opinions.models import Opinion
from consultations.opinions.papers import notice_paper
from consultations.opinions.permissions import can
from consultations.opinions.resources import OpinionResource
from consultations.opinions.selectors.lists import public_opinions, tally
from consultations.opinions.selectors.passages import passage_of
from consultations.opinions.selectors.reading import opinion_page
from consultations.opinions.views.access import opinion_or_404
from consultations.opinions.wording import due_words, state_words, tone_of
from core.tables import table_file

PAGE_SIZE = 20


def _asked(form: OpinionFilterForm) -> dict[str, Any]:
    """What was asked for, by the names of the selector; nothing when it is not whole."""
    if not form.is_valid():
        return {"words": "", "territory": None, "theme": "", "situation": ""}
    asked = form.cleaned_data
    return {
        "words": asked["q"],
        "territory": asked["territory"],
        "theme": asked["theme"],
        "situation": asked["state"],
    }


def line_of(opinion: Opinion) -> dict[str, Any]:
    """What a line of a list says."""
    return {
        "opinion": opinion,
        "state": state_words(opinion),
        "tone": tone_of(opinion),
        "due": due_words(opinion),
    }


@require_safe
def opinion_list(request: HttpRequest) -> HttpResponse:
    """Overdue ones first, by subject, place and state."""
    form = OpinionFilterForm(request.GET or None)
    asked = _asked(form)
    found = public_opinions(**asked)
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "page": page,
        "lines": [line_of(one) for one in page.object_list],
        "tally": tally(),
        "is_filtered": any(asked.values()),
        "query": request.GET.urlencode(),
    }
    return render(request, "opinions/public/opinion_list.html", context)


@require_safe
def opinion_table(request: HttpRequest, extension: str) -> HttpResponse:
    """The same list, with the same filters, as a table anyone may reuse."""
    found = public_opinions(**_asked(OpinionFilterForm(request.GET or None)))
    return table_file(OpinionResource().export(found), "avis-des-conseils", extension)


@require_safe
def opinion_detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What is asked, how the council voted, the thread of dates, the answer."""
    opinion = opinion_or_404(request, pk)
    context = {
        "opinion": opinion,
        "council": opinion.council,
        "page": opinion_page(opinion),
        "passage": passage_of(opinion),
        "may_work": can("read", request.user, opinion),
    }
    return render(request, "opinions/public/opinion_detail.html", context)


@require_safe
def opinion_file(request: HttpRequest, pk: UUID, extension: str) -> HttpResponse:
    """The notice of an opinion, to print or to change."""
    if extension not in FORMATS:
        raise Http404
    opinion = opinion_or_404(request, pk)
    if opinion.voted_on is None:
        raise Http404
    return paper_file(opinion, extension, with_code=False)


def paper_file(opinion: Opinion, extension: str, *, with_code: bool) -> HttpResponse:
    """The notice in a format."""
    made = FORMATS[extension]
    content = made.write([notice_paper(opinion, with_code=with_code)])
    response = HttpResponse(content, content_type=made.content_type)
    name = slugify(f"{opinion.council.slug}-avis-{opinion.number or ''}")
    response["Content-Disposition"] = f'attachment; filename="{name}.{extension}"'
    return response
