"""Addresses of the search, inside the namespace of the directory."""

from django.urls import path

from directory.finding import counter_views, reuse_views, views

urlpatterns = [
    path("", views.search, name="search"),
    path("pres-de-moi/", views.nearby, name="nearby"),
    path("ordre-des-resultats/", views.order, name="order"),
    path("comparer/", views.compare, name="compare"),
    path("ma-liste/", views.saved, name="saved"),
    path("ma-liste/garder/", views.save, name="save"),
    path("guichets/", counter_views.counters, name="counters"),
    path("guichets/distances/", counter_views.counter_distances, name="counter_distances"),
    path("guichets/distances.<slug:extension>", counter_views.counter_table, name="counter_table"),
    path("guichets/<str:code>/", counter_views.commune_counters, name="commune_counters"),
    path("integrer/", views.embed, name="embed"),
    path("reutiliser/", reuse_views.reuse, name="reuse"),
    path("reutiliser/<slug:form>.zip", reuse_views.open_archive, name="open_archive"),
]
