"""Addresses of federations in the workspace: what councils passed up, and the way of an opinion."""

from django.urls import path

from consultations.opinions.views import federation

app_name = "federations"

urlpatterns = [
    path("avis/<uuid:pk>/", federation.opinion_way, name="way"),
    path("avis/<uuid:pk>/retirer/<int:permission_pk>/", federation.permission_withdraw, name="take_back"),
    path("<slug:slug>/", federation.federation_desk, name="desk"),
    path("<slug:slug>/reunir/", federation.opinions_join, name="join"),
]
