"""Account pages: parse, call a service or a selector, render."""

import json
import time
from typing import Any, cast

from allauth.account import app_settings
from allauth.account.adapter import get_adapter
from allauth.account.authentication import get_authentication_records
from allauth.account.decorators import reauthentication_required
from allauth.account.internal.flows.login import record_authentication
from allauth.account.views import (
    ConfirmEmailVerificationCodeView,
    ConfirmLoginCodeView,
    ConfirmPasswordResetCodeView,
)
from allauth.mfa.recovery_codes.views import DownloadRecoveryCodesView
from allauth.mfa.totp.views import ActivateTOTPView
from allauth.mfa.webauthn.views import AddWebAuthnView, ReauthenticateWebAuthnView
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts import services
from accounts.forms import EraseForm, ProfileForm
from accounts.models import Role, User
from accounts.permissions import can_enter_admin, has_role, is_staff_member
from accounts.privacy import consent_wordings
from accounts.registries import account_links
from accounts.second_factor import is_recent
from accounts.selectors import account_summary, agreements, held_data


@login_required
def home(request: HttpRequest) -> HttpResponse:
    """Who I am here, and how I sign in."""
    user = cast(User, request.user)
    form = ProfileForm(request.POST or None, initial={"display_name": user.display_name})
    if request.method == "POST" and form.is_valid():
        services.change_profile(actor=user, user=user, **form.cleaned_data)
        messages.success(request, _("Your name is saved."))
        return redirect("accounts:home")
    context = {
        "summary": account_summary(user),
        "form": form,
        "may_work": is_staff_member(user) or has_role(user, Role.MEMBER, Role.OFFICIAL),
        "may_manage": can_enter_admin(user),
        "links": [link for links in account_links for link in links(user)],
    }
    return render(request, "accounts/home.html", context, status=422 if form.errors else 200)


@login_required
def privacy(request: HttpRequest) -> HttpResponse:
    """What we hold, and what the person may do about it."""
    user = cast(User, request.user)
    return render(request, "accounts/privacy.html", {"sources": held_data(), "agreements": agreements(user)})


@login_required
@require_POST
def download_personal_data(request: HttpRequest) -> HttpResponse:
    """The person's data as one JSON file."""
    user = cast(User, request.user)
    data = services.export_personal_data(actor=user, user=user)
    body = json.dumps(data, cls=DjangoJSONEncoder, ensure_ascii=False, indent=2)
    name = f"mes-donnees-{timezone.localdate():%Y-%m-%d}.json"
    return HttpResponse(
        body,
        content_type="application/json; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


@login_required
@require_POST
def change_consent(request: HttpRequest, purpose: str) -> HttpResponse:
    """Agree, or take an agreement back."""
    user = cast(User, request.user)
    if purpose not in consent_wordings:
        raise Http404
    current = user.consents.in_force().filter(purpose=purpose).first()
    if request.POST.get("answer") == "yes":
        services.give_consent(actor=user, user=user, purpose=purpose)
        messages.success(request, _("We have noted your agreement."))
    elif current:
        services.withdraw_consent(actor=user, consent=current)
        messages.success(request, _("Your agreement is withdrawn."))
    return redirect("accounts:privacy")


@login_required
@reauthentication_required
def erase(request: HttpRequest) -> HttpResponse:
    """Erase my account, after having signed in again and written my address."""
    user = cast(User, request.user)
    if not proved_lately(request, user):
        logout(request)
        messages.info(request, _("Please sign in again: we want to be sure that it is you."))
        return redirect_to_login(reverse("accounts:erase"))
    form = EraseForm(request.POST or None, user=user)
    if request.method == "POST" and form.is_valid():
        try:
            services.erase_account(actor=user, user=user)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            logout(request)
            return render(request, "accounts/erased.html")
    return render(request, "accounts/erase.html", {"form": form}, status=422 if form.errors else 200)


@login_required
def second_factor(request: HttpRequest) -> HttpResponse:
    """Why a role asks for a second factor, and the two ways to have one."""
    return render(request, "accounts/second_factor.html", {"next_url": safe_next(request)})


def proved_lately(request: HttpRequest, user: User) -> bool:
    """For people with neither password nor factor, whom allauth cannot ask again: a fresh sign-in."""
    if get_adapter().get_reauthentication_methods(user):
        return True
    records = get_authentication_records(request, user)
    return is_recent(records, now=time.time(), seconds=app_settings.REAUTHENTICATION_TIMEOUT)


def safe_next(request: HttpRequest) -> str:
    """The page wanted before, when it is one of ours."""
    wanted = request.GET.get("next", "")
    safe = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if safe else ""


class ProvesSecondFactor:
    """The person has just proved the factor they add: do not ask for it again in the same minute."""

    kind: str
    request: HttpRequest

    def form_valid(self, form: Any) -> HttpResponse:
        response = super().form_valid(form)  # type: ignore[misc]
        record_authentication(
            self.request, cast(User, self.request.user), "mfa", type=self.kind, reauthenticated=True
        )
        return cast(HttpResponse, response)


class ActivateTOTP(ProvesSecondFactor, ActivateTOTPView):
    """Add an authenticator app."""

    kind = "totp"


class AddWebAuthn(ProvesSecondFactor, AddWebAuthnView):
    """Add a passkey or a security key."""

    kind = "webauthn"


class SaysThatCodeEnded:
    """A code used, too old or never asked for leads back to where one asks: say so, allauth says nothing."""

    starts: tuple[str, ...] = ("account_login", "account_email")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = cast(HttpResponse, super().dispatch(request, *args, **kwargs))  # type: ignore[misc]
        back = response.headers.get("Location", "").partition("?")[0] in map(reverse, self.starts)
        told = getattr(messages.get_messages(request), "added_new", False)
        if back and not told:
            messages.info(request, _("This code was already used or is too old. Ask for a new one."))
        return response


class ConfirmLoginCode(SaysThatCodeEnded, ConfirmLoginCodeView):
    """Copy the code that signs in."""

    starts = ("account_request_login_code",)


class ConfirmPasswordResetCode(SaysThatCodeEnded, ConfirmPasswordResetCodeView):
    """Copy the code that lets one choose a password."""


class ConfirmEmailCode(SaysThatCodeEnded, ConfirmEmailVerificationCodeView):
    """Copy the code that proves an address."""


class ReauthenticateWebAuthn(ReauthenticateWebAuthnView):
    """A passkey refused brings back to the same page; allauth leaves it for the sign-in page."""

    def form_invalid(self, form: Any) -> HttpResponse:
        return cast(HttpResponse, self.render_to_response(self.get_context_data(form=form)))


class DownloadRecoveryCodes(DownloadRecoveryCodesView):
    """The rescue codes as a file whose name says what it is."""

    def render_to_response(self, context: dict[str, Any], **kwargs: Any) -> HttpResponse:
        response = cast(HttpResponse, super().render_to_response(context, **kwargs))
        name = _("rescue-codes")
        response["Content-Disposition"] = f'attachment; filename="{name}.txt"'
        return response
