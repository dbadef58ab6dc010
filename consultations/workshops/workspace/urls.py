"""Addresses of the preparation and of the console."""

from django.urls import path

from consultations.workshops.workspace.views import console, polls, preparation

app_name = "workshop_editor"
ONE = "espace/ateliers/<uuid:pk>/"

urlpatterns = [
    path("espace/ateliers/", preparation.workshop_list, name="list"),
    path(ONE, preparation.workshop_detail, name="detail"),
    path(ONE + "ouvrir/", console.room_open, name="open"),
    path(ONE + "fermer/", console.room_close, name="close"),
    path(ONE + "sondages/nouveau/", polls.poll_create, name="poll_create"),
    path(ONE + "animer/", console.console, name="console"),
    path(ONE + "ecran/", console.projector, name="projector"),
    path(ONE + "animer/<str:verb>/", console.console_act, name="console_act"),
]
