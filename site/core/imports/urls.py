"""Addresses of the import screen, under the admin's own."""

from django.urls import path, re_path

from core.imports import views

app_name = "imports"
urlpatterns = [
    path("", views.index, name="index"),
    path("<slug:slug>/", views.upload, name="upload"),
    re_path(r"^(?P<slug>[-\w]+)/export\.(?P<extension>csv|xlsx)$", views.export, name="export"),
    path("fichier/<uuid:pk>/", views.preview, name="preview"),
    path("fichier/<uuid:pk>/confirmer/", views.confirm, name="confirm"),
    path("fichier/<uuid:pk>/abandonner/", views.discard, name="discard"),
]
