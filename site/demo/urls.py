"""Pages that exist only in the demo."""

from django.urls import path

from demo import views

app_name = "demo"
urlpatterns = [
    path("", views.doors, name="doors"),
    path("entrer/", views.enter, name="enter"),
    path("courrier/", views.mailbox, name="mailbox"),
]
