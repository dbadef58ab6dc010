"""Addresses of the receipt, and of the thread through anything that was said or done."""

from django.urls import path

from consultations.lineage import views

app_name = "lineage"
urlpatterns = [
    path("suivre/", views.follow, name="follow"),
    path("suivre/<str:code>/", views.receipt, name="receipt"),
    path("fil/<slug:kind>/<str:key>/", views.thread, name="thread"),
]
