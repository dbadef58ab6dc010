"""The components of the interface, as template tags."""

from django import template

register = template.Library()
