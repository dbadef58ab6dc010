"""The board, in the workspace and for anyone; its tables as files."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from consultations.actions.views.access import staff
from consultations.process.views.access import StaffRequest
from consultations.steering.forms import BoardForm
from consultations.steering.selectors.board import Board, board
from consultations.steering.selectors.scope import Scope, public_scope, scope_of
from consultations.steering.selectors.tables import funder_bars, money_bars, state_bars, table_of
from core.tables import table_file

INVALID = 422


@staff
@require_safe
def workspace_board(request: StaffRequest) -> HttpResponse:
    """What the person may read, whole."""
    form = BoardForm(request.GET or None, is_inside=True)
    return _page(request, form, scope_of(request.user, form.asked()), "steering/board.html")


@require_safe
def public_board(request: HttpRequest) -> HttpResponse:
    """What is announced."""
    form = BoardForm(request.GET or None, is_inside=False)
    return _page(request, form, public_scope(form.asked()), "steering/public.html")


def _page(request: HttpRequest, form: BoardForm, scope: Scope, template: str) -> HttpResponse:
    shown = board(scope, **form.years())
    context: dict[str, Any] = {
        "form": form, "board": shown, "state_bars": state_bars(shown), "money_bars": money_bars(shown),
        "funder_bars": funder_bars(shown), "asked": request.GET.urlencode(), "is_inside": scope.is_inside,
    }  # fmt: skip
    status = INVALID if form.is_bound and form.errors else 200
    return render(request, template, context, status=status)


@staff
@require_safe
def workspace_table(request: StaffRequest, table: str, extension: str) -> HttpResponse:
    """A table of the board as it is narrowed."""
    form = BoardForm(request.GET or None, is_inside=True)
    return _file(board(scope_of(request.user, form.asked()), **form.years()), table, extension)


@require_safe
def public_table(request: HttpRequest, table: str, extension: str) -> HttpResponse:
    """The same of what is announced."""
    form = BoardForm(request.GET or None, is_inside=False)
    return _file(board(public_scope(form.asked()), **form.years()), table, extension)


def _file(shown: Board, table: str, extension: str) -> HttpResponse:
    found = table_of(shown, table)
    if found is None:
        raise Http404
    return table_file(found, f"actions-{table}", extension)
