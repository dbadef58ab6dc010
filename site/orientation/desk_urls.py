"""Addresses of orientation in the workspace."""

from django.urls import path

from orientation.views import desk, figures

app_name = "orientation_desk"

urlpatterns = [
    path("", desk.home, name="home"),
    path("envoyees/", desk.sent, name="sent"),
    path("coordinations/", desk.coordinations, name="coordinations"),
    path("accueil/", desk.counter, name="counter"),
    path("chiffres/", figures.figures, name="figures"),
    path("chiffres.csv", figures.figures_csv, name="figures_csv"),
    path("recues/<uuid:key>/", desk.sending_detail, name="sending"),
    path("recues/<uuid:key>/ouvrir/", desk.sending_open, name="sending_open"),
    path("demandes/<uuid:key>/", desk.request_detail, name="request"),
    path("demandes/<uuid:key>/signaler/", desk.flag, name="flag"),
    path("demandes/<uuid:key>/<slug:verb>/", desk.request_act, name="request_act"),
]
