"""Addresses of the observatory."""

from django.urls import path

from observatory.portal import signal_views, views

app_name = "portal"
urlpatterns = [
    path("", views.index, name="index"),
    path("donnees/", views.open_data, name="open_data"),
    path("besoins-sans-reponse/", signal_views.signals, name="signals"),
    path("besoins-et-services/", signal_views.gap, name="gap"),
    path("besoins-et-services/donnees.csv", signal_views.gap_csv, name="gap_csv"),
    path("besoins-et-services/donnees.json", signal_views.gap_json, name="gap_json"),
    path("resultats/<slug:slug>/", views.results, name="results"),
    path("resultats/<slug:slug>/donnees.csv", views.results_csv, name="results_csv"),
    path("territoires/<slug:level>/<str:code>/", views.portrait, name="portrait"),
    path("<slug:code>/", views.indicator, name="indicator"),
    path("<slug:code>/integrer/", views.embed, name="embed"),
    path("<slug:code>/donnees.csv", views.indicator_csv, name="csv"),
    path("<slug:code>/donnees.json", views.indicator_json, name="json"),
]
