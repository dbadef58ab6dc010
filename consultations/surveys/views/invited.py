"""The door of those who have an invitation: the code is typed, or filled in from the address's `#` by a script."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from consultations.surveys.forms import InvitationForm
from consultations.surveys.invitations import InvitationState, invitation_state
from consultations.surveys.views.answering import journey_page, to
from consultations.surveys.views.journey import Journey, invitation_page, remember_invitation
from core import errors
from core.receipts import hash_code, normalise_code
from core.throttle import count_hit
from core.tolls import ask_toll, count_wrong, toll_page

PURPOSE = "invitation"
TRIES_PER_MINUTE = 20  # of one and the same code, by anybody
STATUSES = {InvitationState.UNKNOWN: 404, InvitationState.SPENT: 409, InvitationState.EXPIRED: 410}


def refusal(state: InvitationState) -> str:
    """Why a code opens nothing, and what to do."""
    return {
        InvitationState.UNKNOWN: _(
            "We do not know this code for this survey. Check each word, and the two digits at the end."
        ),
        InvitationState.SPENT: _(
            "This code has already been used: answers were sent with it. Each code can be used once."
        ),
        InvitationState.EXPIRED: _("This code has expired. Ask whoever gave it to you for another one."),
    }[state]


@journey_page("GET", "POST", at_door=True)
def invitation(request: HttpRequest, journey: Journey) -> HttpResponse:
    """A usable code is kept in this browser and leads to the survey; it is spent when answers are sent."""
    form = InvitationForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return invitation_page(request, journey.survey, form, status=422 if form.is_bound else 200)
    code = normalise_code(form.cleaned_data["code"])
    if code is None:
        form.add_error("code", _("A code has four words and two digits. Check what you noted down."))
        return invitation_page(request, journey.survey, form, status=422)
    if toll := ask_toll(request, PURPOSE, code):
        address = reverse("surveys:invitation", args=[journey.survey.slug])
        return toll_page(request, toll, action=address, code=code)
    if count_hit(f"invitation:{hash_code('invitation', code)}") > TRIES_PER_MINUTE:
        return errors.too_many_requests(request)
    return open_with(request, journey, form, code)


def open_with(request: HttpRequest, journey: Journey, form: InvitationForm, code: str) -> HttpResponse:
    survey = journey.survey
    state = invitation_state(survey, code)
    if state != InvitationState.USABLE:
        if state == InvitationState.UNKNOWN:
            count_wrong(PURPOSE)
        form.add_error("code", refusal(state))
        return invitation_page(request, survey, form, status=STATUSES[state])
    response = to("summary" if journey.draft else "start", survey)
    remember_invitation(response, request, survey, code)
    return response
