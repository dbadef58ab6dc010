"""Addresses of the rooms over HTTP."""

from django.urls import path

from consultations.live import views

app_name = "live"
urlpatterns = [
    path("direct/<uuid:room_id>/depuis/<int:seq>/", views.since, name="since"),
    path("direct/<uuid:room_id>/agir/", views.act, name="act"),
]
