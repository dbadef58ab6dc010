"""Addresses of the board; included before those of the sheets, whose names are words too."""

from django.urls import path

from consultations.steering import views

app_name = "steering"
TABLE = "<slug:table>.<slug:extension>"
urlpatterns = [
    path("actions/tableau/", views.public_board, name="public"),
    path(f"actions/tableau/{TABLE}", views.public_table, name="public_table"),
    path("espace/actions/tableau/", views.workspace_board, name="board"),
    path(f"espace/actions/tableau/{TABLE}", views.workspace_table, name="table"),
]
