"""Gives a served product the echo rooms of the tests."""

from django.apps import AppConfig


class EchoConfig(AppConfig):
    name = "tests.live.echo_app"

    def ready(self) -> None:
        from consultations.live.registries import room_kinds  # noqa: PLC0415 - needs models
        from tests.live.echo import ECHO, KIND  # noqa: PLC0415

        room_kinds.register(KIND, ECHO)
