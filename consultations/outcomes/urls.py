"""Addresses of what became of what was said."""

from django.urls import path

from consultations.outcomes import views

app_name = "outcomes"
urlpatterns = [
    path("participer/<slug:slug>/suites/", views.consultation, name="consultation"),
    path("besoins/sans-reponse/", views.unanswered, name="unanswered"),
    path("espace/consultations/<uuid:pk>/paroles/", views.words, name="words"),
    path(
        "espace/consultations/<uuid:pk>/paroles/<uuid:quotation>/retirer/",
        views.words_withdraw,
        name="words_withdraw",
    ),
    path("espace/besoins-sans-reponse/", views.unanswered_inside, name="unanswered_inside"),
]
