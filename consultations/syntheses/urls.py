"""Addresses of published syntheses; those of the pages that write them are in `editor_urls`."""

from django.urls import path, re_path

from consultations.syntheses.views import commenting, reading

app_name = "syntheses"
urlpatterns = [
    path("syntheses/", reading.synthesis_list, name="list"),
    path("syntheses/propositions/", reading.proposals, name="proposals"),
    path("syntheses/<slug:slug>/", reading.detail, name="detail"),
    path("syntheses/<slug:slug>/commenter/", commenting.comment, name="comment"),
    path("syntheses/<slug:slug>/versions/", reading.versions, name="versions"),
    re_path(
        r"^syntheses/(?P<slug>[-\w]+)/synthese\.(?P<extension>[a-z]{2,4})$", reading.export, name="export"
    ),
]
