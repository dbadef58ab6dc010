"""The one-stop counter: from a person's words to services that answer."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OrientationConfig(AppConfig):
    name = "orientation"
    verbose_name = _("Orientation")

    def ready(self) -> None:
        """Fill the registries of the apps below; remind, expire, count and forget by the tick."""
        # models are not loaded before ready()
        from core.due import due  # noqa: PLC0415
        from core.returned_mail import returned_letters  # noqa: PLC0415
        from orientation import menus, privacy  # noqa: PLC0415
        from orientation.services import due as work  # noqa: PLC0415
        from orientation.services import mailing, returning  # noqa: PLC0415

        menus.register()
        privacy.register()
        returned_letters.register(mailing.TO_SERVICE, returning.letter_to_service_returned)
        returned_letters.register(mailing.TO_PERSON, returning.letter_to_person_returned)
        due.register("orientation.expire_sendings", work.expire_sendings)
        due.register("orientation.close_sendings", work.close_sendings)
        due.register("orientation.remind_services", work.remind_services)
        due.register("orientation.count_signals", work.count_signals)
        due.register("orientation.forget_old_requests", work.forget_old_requests)
