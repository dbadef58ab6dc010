"""Addresses of following."""

from django.urls import path

from consultations.following import views
from consultations.following.feeds import NewsFeed

app_name = "following"
urlpatterns = [
    path("abonnements/demande/", views.asked, name="asked"),
    path("abonnements/confirmer/<str:token>/", views.confirm, name="confirm"),
    path("abonnements/choix/<str:token>/", views.manage, name="manage"),
    path("abonnements/arreter/<str:token>/", views.stop, name="stop"),
    path("abonnements/<slug:kind>/<str:key>/", views.ask, name="ask"),
    path("fils/<slug:kind>/<str:key>/", NewsFeed(), name="feed"),
]
