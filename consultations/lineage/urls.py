"""Addresses of the receipt."""

from django.urls import path

from consultations.lineage import views

app_name = "lineage"
urlpatterns = [
    path("suivre/", views.follow, name="follow"),
    path("suivre/<str:code>/", views.receipt, name="receipt"),
]
