"""Voting: a code or one's account, the ballot, a page to check it, the receipt. No session keeps anything of it."""

from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from consultations.elections import services
from consultations.elections.forms import ReceiptForm
from consultations.elections.models import Election, RollEntry
from consultations.elections.permissions import entry_of
from consultations.elections.selectors import balance_of
from core.receipts import format_code, normalise_code
from core.tolls import ask_toll, count_wrong, toll_page

INVALID, PURPOSE, MOST_SENT = 422, "election-code", 60


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def door(request: HttpRequest) -> HttpResponse:
    """Where the letter sends: the code is typed here and opens the ballot."""
    if request.method != "POST":
        return render(request, "elections/voter/door.html", {"error": "", "code": ""})
    code = normalise_code(request.POST.get("code", ""))
    if code is None:
        return _door_again(request, _("Write the code of your letter: four words and two digits."))
    if toll := ask_toll(request, PURPOSE, code):
        return toll_page(request, toll, action=reverse("elections:door"), code=code)
    entry = services.elector_with(code)
    if entry is None:
        count_wrong(PURPOSE)
        return _door_again(
            request,
            _(
                "This code opens no vote. Check each word and the two digits. Once a vote is closed, its codes no longer work."
            ),
        )
    return _ballot_page(request, entry, code)


def _door_again(request: HttpRequest, error: str) -> HttpResponse:
    context = {"error": error, "code": request.POST.get("code", "")[:200]}
    return render(request, "elections/voter/door.html", context, status=INVALID)


@never_cache
@require_http_methods(["GET", "HEAD"])
def by_account(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """The ballot of someone whom the roll knows by their account."""
    election = get_object_or_404(
        Election.objects.announced().select_related("council"), council__slug=slug, number=number
    )
    entry = entry_of(request.user, election)
    if entry is None:
        raise PermissionDenied(
            _("Your account is not on the roll of this vote. If you have a letter, use its code.")
        )
    entry.election = election
    return _ballot_page(request, entry, "")


@never_cache
@require_POST
def ballot(request: HttpRequest) -> HttpResponse:
    """From the ballot to the page that checks it, then to the receipt; what was chosen is carried by the form."""
    entry, code = _elector(request)
    if isinstance(entry, HttpResponse):
        return entry
    choices = request.POST.getlist("choices")[:MOST_SENT]
    step = request.POST.get("step", "")
    if step == "change" or entry.has_voted or not entry.election.is_taking_votes:
        return _ballot_page(request, entry, code, choices)
    try:
        kept = services.read_ballot(entry.election, choices)
        if step != "cast":
            return _confirm_page(request, entry, code, kept)
        result = services.cast_ballot(entry=entry, choices=kept)
    except ValidationError as refused:
        return _ballot_page(request, entry, code, choices, error=" ".join(refused.messages))
    return _receipt_page(request, entry, result.receipt)


def _elector(request: HttpRequest) -> tuple[RollEntry | HttpResponse, str]:
    """Who votes: by the code the form carries, else by the account."""
    typed = request.POST.get("code", "")
    if not typed:
        found = Election.objects.announced().select_related("council")
        election = get_object_or_404(
            found,
            council__slug=request.POST.get("council", "")[:80],
            number=_number(request.POST.get("number")),
        )
        entry = entry_of(request.user, election)
        if entry is None:
            raise PermissionDenied(
                _("Your account is not on the roll of this vote. If you have a letter, use its code.")
            )
        entry.election = election
        return entry, ""
    code = normalise_code(typed)
    if code and (toll := ask_toll(request, PURPOSE, code)):
        return toll_page(request, toll, action=reverse("elections:door"), code=code), code
    entry = services.elector_with(code) if code else None
    if entry is None:
        count_wrong(PURPOSE)
        return _door_again(
            request, _("This code opens no vote: the vote is closed, or the code was replaced.")
        ), ""
    return entry, code or ""


def _number(text: str | None) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 7 else 0


def _context(entry: RollEntry, code: str, **more: Any) -> dict[str, Any]:
    election = entry.election
    return {"election": election, "council": election.council, "entry": entry, "code": code, **more}


def _ballot_page(
    request: HttpRequest, entry: RollEntry, code: str, choices: list[str] | None = None, error: str = ""
) -> HttpResponse:
    """The ballot; or why there is none: already voted, not open yet, over."""
    election = entry.election
    if entry.mark in {RollEntry.Mark.ONLINE, RollEntry.Mark.VOTED}:
        return _receipt_page(request, entry, services.receipt_of(entry), again=True)
    if entry.mark == RollEntry.Mark.PAPER or not election.is_taking_votes or not election.takes_online:
        is_over = election.state not in {Election.State.ROLL_FROZEN, Election.State.OPEN}
        return render(
            request,
            "elections/voter/not_open.html",
            _context(entry, code, is_over=is_over),
            status=410 if is_over else 403,
        )
    context = _context(
        entry, code, candidates=list(election.candidates.all()), chosen=choices or [], error=error
    )
    return render(request, "elections/voter/ballot.html", context, status=INVALID if error else 200)


def _confirm_page(request: HttpRequest, entry: RollEntry, code: str, kept: list[str]) -> HttpResponse:
    chosen = [one for one in entry.election.candidates.all() if str(one.number) in kept]
    return render(request, "elections/voter/confirm.html", _context(entry, code, chosen=chosen))


def _receipt_page(
    request: HttpRequest, entry: RollEntry, receipt: str, *, again: bool = False
) -> HttpResponse:
    context = _context(entry, "", receipt=format_code(receipt), again=again)
    return render(request, "elections/voter/receipt.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def check_receipt(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Whether this receipt is one of the vote's, and whether the box holds a ballot for each one who voted."""
    election = get_object_or_404(Election.objects.announced().select_related("council"), pk=pk)
    form = ReceiptForm(request.POST if request.method == "POST" else None)
    context: dict[str, Any] = {"election": election, "council": election.council, "form": form}
    if form.is_bound and form.is_valid():
        code = normalise_code(form.cleaned_data["code"])
        if code and (toll := ask_toll(request, PURPOSE, code)):
            return toll_page(request, toll, action=reverse("elections:receipt", args=[pk]), code=code)
        if code and services.entry_with_receipt(election, code):
            context["balance"] = balance_of(election)
            return render(request, "elections/voter/receipt_checked.html", context)
        count_wrong(PURPOSE)
        form.add_error(
            "code", _("This receipt is not one of this vote. Check each word, and the two digits.")
        )
    return render(
        request, "elections/voter/receipt_check.html", context, status=INVALID if form.is_bound else 200
    )
