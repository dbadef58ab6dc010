"""Addresses of the search, inside the namespace of the directory."""

from django.urls import path

from directory.finding import views

urlpatterns = [
    path("", views.search, name="search"),
    path("pres-de-moi/", views.nearby, name="nearby"),
    path("ordre-des-resultats/", views.order, name="order"),
    path("comparer/", views.compare, name="compare"),
    path("ma-liste/", views.saved, name="saved"),
    path("ma-liste/garder/", views.save, name="save"),
    path("integrer/", views.embed, name="embed"),
]
