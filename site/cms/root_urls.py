"""Addresses that have no language."""

from django.urls import path

from cms import views

app_name = "cms_root"

urlpatterns = [
    path("robots.txt", views.robots, name="robots"),
    path("sitemap.xml", views.sitemap, name="sitemap"),
]
