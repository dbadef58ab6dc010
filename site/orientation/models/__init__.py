"""Requests for help, what was sent to services, who coordinates, and what is counted."""

from orientation.models.help import Coordination, HelpRequest
from orientation.models.sending import AnswerLink, Sending
from orientation.models.signals import OrientationSignal

__all__ = ["AnswerLink", "Coordination", "HelpRequest", "OrientationSignal", "Sending"]
