"""Entering the demo as someone of the story."""

from allauth.account.internal.flows.login import record_authentication
from django.contrib.auth import login, logout
from django.http import HttpRequest

from accounts.models import User
from demo.roles import DemoPerson

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def enter_as(request: HttpRequest, person: DemoPerson) -> None:
    """Sign in with the second factor taken as proved, in a new session."""
    user = User.objects.get(email=person.email)
    logout(request)
    login(request, user, backend=BACKEND)
    record_authentication(request, user, "mfa", type="totp", reauthenticated=True)
