"""Addresses of the publication of results in the workspace."""

from django.urls import path

from observatory.portal.workspace import views

app_name = "portal_workspace"
urlpatterns = [
    path("espace/enquetes/<uuid:pk>/resultats/", views.survey_releases, name="releases"),
]
