"""At the door of the workspace and of the admin; and what browsers may keep of account pages."""

from collections.abc import Callable
from http import HTTPStatus
from urllib.parse import urlencode

from allauth.account.authentication import get_authentication_records
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.cache import add_never_cache_headers, patch_cache_control

from accounts.permissions import can_enter_admin, is_member, is_staff_member
from accounts.second_factor import Area, Door, area_of, door_for, is_verified
from accounts.services import sync_wagtail_groups

GetResponse = Callable[[HttpRequest], HttpResponse]
LANGUAGE_CODES = tuple(code for code, _name in settings.LANGUAGES)
PRIVATE = "compte"


class StaffDoorMiddleware:
    """Opens `/espace/` and `/gestion/` to staff only once a second factor is proved in this session."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        area = area_of(request.path_info, LANGUAGE_CODES)
        return self.get_response(request) if area is None else self.guard(request, area)

    def guard(self, request: HttpRequest, area: Area) -> HttpResponse:
        door = self.door(request, area)
        if door is Door.OPEN:
            if area is Area.ADMIN and is_member(request.user):
                sync_wagtail_groups(request.user)
            return self.get_response(request)
        if door is Door.REFUSED:
            raise PermissionDenied
        return HttpResponseRedirect(address_for(door, request.get_full_path()))

    def door(self, request: HttpRequest, area: Area) -> Door:
        user = request.user
        staff = is_staff_member(user)
        return door_for(
            area,
            signed_in=is_member(user),
            is_staff=staff,
            may_enter_admin=can_enter_admin(user),
            verified=is_verified(get_authentication_records(request, user if is_member(user) else None)),
            has_factor=staff and is_mfa_enabled(user),
        )


class RefusedFormMiddleware:
    """A form of allauth that comes back with errors answers 422, as every form of ours does.

    allauth answers 200 and has no setting for it. A rule on its responses covers each of its pages, those of its
    next versions too, where a subclass of every view would have to follow them one by one.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_template_response(self, request: HttpRequest, response: TemplateResponse) -> TemplateResponse:
        match = request.resolver_match
        if request.method == "POST" and match and is_of_allauth(match.func):
            forms = [value for value in (response.context_data or {}).values() if isinstance(value, BaseForm)]
            if response.status_code == HTTPStatus.OK and any(form.is_bound and form.errors for form in forms):
                response.status_code = HTTPStatus.UNPROCESSABLE_ENTITY
        return response


def is_of_allauth(view: Callable[..., object]) -> bool:
    """True for allauth's views and for ours that build on one."""
    view_class: type = getattr(view, "view_class", object)
    modules = [view.__module__, *(one.__module__ for one in view_class.__mro__)]
    return any(module.startswith("allauth.") for module in modules)


class AdminPolicyMiddleware:
    """Wagtail's admin writes scripts and styles inside its pages: it has its own content policy.

    Every other page, passkeys included, keeps the strict one of the settings.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if area_of(request.path_info, LANGUAGE_CODES) is Area.ADMIN:
            response._csp_replace = settings.ADMIN_CONTENT_SECURITY_POLICY  # type: ignore[attr-defined]
        return response


class PrivatePagesMiddleware:
    """Nothing of an account, workspace or admin page stays in a shared browser's cache."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if is_private(request.path_info):
            add_never_cache_headers(response)
            patch_cache_control(response, no_store=True)
        return response


def is_private(path: str) -> bool:
    """True for pages about the person who is signed in."""
    parts = [part for part in path.split("/") if part and part not in LANGUAGE_CODES]
    return parts[:1] == [PRIVATE] or area_of(path, LANGUAGE_CODES) is Area.WORKSPACE


def address_for(door: Door, wanted: str) -> str:
    """Where someone goes first, remembering the page they wanted."""
    name = {
        Door.SIGN_IN: "account_login",
        Door.SET_UP: "accounts:second_factor",
        Door.VERIFY: "mfa_reauthenticate",
    }[door]
    return f"{reverse(name)}?{urlencode({'next': wanted}, safe='/')}"
