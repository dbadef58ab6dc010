"""The product's addresses, and the bare views beside them."""

from django.urls import path

from benchmarks.bare import views
from config.urls import urlpatterns as product

urlpatterns = [
    path("bare/", views.form),
    path("bare/kept/", views.kept),
    *product,
]
