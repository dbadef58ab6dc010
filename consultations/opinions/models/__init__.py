"""Opinions of councils and what became of them. Nothing that has legal life is deleted: it is withdrawn or answered."""

from consultations.opinions.models.answer import AnswerKind, OpinionAnswer
from consultations.opinions.models.event import OpinionEvent
from consultations.opinions.models.federation import Forwarding, ForwardPermission
from consultations.opinions.models.opinion import Opinion, Theme

__all__ = [
    "AnswerKind",
    "ForwardPermission",
    "Forwarding",
    "Opinion",
    "OpinionAnswer",
    "OpinionEvent",
    "Theme",
]
