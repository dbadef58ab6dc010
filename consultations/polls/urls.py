"""Addresses of polls, for anyone and in the workspace."""

from django.urls import path, re_path

from consultations.polls.views import public, workspace

app_name = "polls"
ONE = "espace/sondages/<uuid:pk>/"

urlpatterns = [
    path("sondages/<slug:slug>/", public.vote, name="vote"),
    path("sondages/<slug:slug>/merci/", public.thanks, name="thanks"),
    path("sondages/<slug:slug>/resultats/", public.results, name="results"),
    path("sondages/<slug:slug>/resultats.csv", public.results_csv, name="results_csv"),
    path("espace/sondages/", workspace.poll_list, name="list"),
    path("espace/sondages/nouveau/", workspace.page_poll_create, name="page_create"),
    path("espace/sondages/nouveau/<slug:kind>/<str:key>/", workspace.place_poll_create, name="create_at"),
    path(ONE, workspace.poll_overview, name="overview"),
    path(ONE + "modifier/", workspace.poll_edit, name="edit"),
    path(ONE + "apercu/", workspace.poll_preview, name="preview"),
    path(ONE + "ouvrir/", workspace.poll_open, name="open"),
    path(ONE + "promesses/", workspace.poll_tighten, name="tighten"),
    path(ONE + "fermer/", workspace.poll_close, name="close"),
    path(ONE + "codes/", workspace.poll_invitations, name="invitations"),
    path(ONE + "resultats.csv", workspace.poll_csv, name="csv"),
    path(ONE + "recompter/", workspace.poll_recount, name="recount"),
    re_path(
        r"^espace/sondages/(?P<pk>[0-9a-f-]{36})/bulletins\.(?P<extension>csv|json)$",
        workspace.poll_ballots,
        name="ballots",
    ),
]
