"""Addresses of the answering pages."""

from django.urls import path

from consultations.surveys.views import answering, invited, resuming, single_page

app_name = "surveys"
urlpatterns = [
    path("enquetes/reprendre/", resuming.resume, name="resume"),
    path("enquetes/<slug:slug>/", answering.start, name="start"),
    path("enquetes/<slug:slug>/invitation/", invited.invitation, name="invitation"),
    path("enquetes/<slug:slug>/repondre/", single_page.single_page, name="single_page"),
    path("enquetes/<slug:slug>/questions/<slug:code>/", answering.question, name="question"),
    path("enquetes/<slug:slug>/verifier/", answering.summary, name="summary"),
    path("enquetes/<slug:slug>/pause/", answering.pause, name="pause"),
    path("enquetes/<slug:slug>/merci/", answering.thanks, name="thanks"),
]
