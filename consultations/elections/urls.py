"""Addresses of elections, for anyone and in the workspace."""

from django.urls import path

from consultations.elections.views import voter

app_name = "elections"

urlpatterns = [
    path("voter/", voter.door, name="door"),
    path("voter/bulletin/", voter.ballot, name="ballot"),
    path("conseils/<slug:slug>/elections/<int:number>/voter/", voter.by_account, name="by_account"),
]
