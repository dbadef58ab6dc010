"""Addresses of signals in the workspace."""

from django.urls import path

from unmet import views

app_name = "unmet"
urlpatterns = [
    path("", views.signal_list, name="list"),
    path("<int:pk>/", views.signal_detail, name="detail"),
]
