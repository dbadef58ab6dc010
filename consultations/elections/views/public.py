"""What anyone may read of an election: candidates and hours, then turnout and result."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from consultations.councils.permissions import can_see_council
from consultations.elections import papers
from consultations.elections.models import Election


@require_safe
def election_page(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """404 for drafts and for councils this visitor may not see, so that nothing is told of them."""
    found = Election.objects.announced().select_related("council")
    election = get_object_or_404(found, council__slug=slug, number=number)
    if not can_see_council(request.user, election.council):
        raise Http404
    votes = election.result.get("votes", {}) if election.state == Election.State.OFFICIAL else {}
    lines = [
        (one, papers.outcome(election, str(one.number)) if votes else "", votes.get(str(one.number)))
        for one in election.candidates.all()
    ]
    context = {"election": election, "council": election.council, "lines": lines, "has_result": bool(votes)}
    return render(request, "elections/public/election_detail.html", context)
