"""Health checks, reading preferences and the gallery."""

from django.urls import path

from core import views

app_name = "core"

urlpatterns = [
    path("healthz", views.healthz, name="healthz"),
    path("affichage/", views.preferences, name="preferences"),
    path("styleguide/", views.styleguide, name="styleguide"),
]
