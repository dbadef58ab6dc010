"""Addresses of texts written together."""

from django.urls import path

from consultations.cowriting.views import comments, suggestions, versions, writing

app_name = "cowriting"
ONE = "ecriture/<uuid:pk>/"

urlpatterns = [
    path(ONE, writing.write, name="write"),
    path(ONE + "versions/", versions.versions, name="versions"),
    path(ONE + "versions/<int:number>/revenir/", versions.restore, name="restore"),
    path(ONE + "suggestions/", suggestions.suggestions, name="suggestions"),
    path(ONE + "suggestions/<uuid:suggestion_pk>/", suggestions.suggestion_detail, name="suggestion"),
    path(ONE + "suggestions/<uuid:suggestion_pk>/retirer/", suggestions.withdraw, name="suggestion_withdraw"),
    path(ONE + "commentaires/", comments.all_comments, name="all_comments"),
    path(ONE + "commentaires/<uuid:comment_pk>/repondre/", comments.reply, name="reply"),
    path(ONE + "commentaires/<uuid:comment_pk>/regler/", comments.settle, name="settle"),
    path(ONE + "textes/<slug:name>/commentaires/", comments.comments, name="comments"),
    path(ONE + "textes/<slug:name>/suggerer/", suggestions.suggest, name="suggest"),
]
