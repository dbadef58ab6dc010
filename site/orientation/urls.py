"""Public addresses of orientation: the path, the request, following it, answering it."""

from django.urls import path

from orientation.views import answering, figures, following, reaching, results
from orientation.views import path as walking

app_name = "orientation"

urlpatterns = [
    path("", walking.start, name="start"),
    path("services/", results.services, name="services"),
    path("services/demander/", walking.choose, name="choose"),
    path("verifier/", walking.check, name="check"),
    path("envoyee/", walking.sent, name="sent"),
    path("suivi/effacee/", following.erased, name="erased"),
    path("suivi/adresse/<str:token>/", reaching.reach_confirm, name="reach_confirm"),
    path("suivi/<str:code>/", following.follow, name="follow"),
    path("suivi/<str:code>/effacer/", following.erase, name="erase"),
    path("suivi/<str:code>/joindre/", reaching.reach, name="reach"),
    path("repondre/<str:token>/", answering.answer, name="answer"),
    path("chiffres/", figures.public, name="figures"),
    path("chiffres.csv", figures.public_csv, name="figures_csv"),
    path("<slug:slug>/", walking.question, name="question"),
]
