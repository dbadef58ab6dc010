"""Django's makemessages, without guesses: a new msgid starts empty, never fuzzy."""

from django.core.management.commands import makemessages


class Command(makemessages.Command):
    msgmerge_options = ["-q", "--backup=none", "--update", "--no-fuzzy-matching"]
