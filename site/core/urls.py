"""Health checks, reading preferences and the gallery."""

from django.urls import path

from core import health, views

app_name = "core"

urlpatterns = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("affichage/", views.preferences, name="preferences"),
    path("courrier/retours/", views.returned_mail, name="returned_mail"),
    path("styleguide/", views.styleguide, name="styleguide"),
]
