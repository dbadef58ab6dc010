"""Following what moves."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FollowingConfig(AppConfig):
    name = "consultations.following"
    verbose_name = _("Following by e-mail")

    def ready(self) -> None:
        """Send digests by the tick, stop at letters that come back, offer to follow consultations."""
        # models are not loaded before ready()
        from consultations.following import panels, privacy  # noqa: PLC0415
        from consultations.following.services import digests, readers  # noqa: PLC0415
        from core.due import due  # noqa: PLC0415
        from core.returned_mail import returned_letters  # noqa: PLC0415

        due.register("following.send_digests", digests.send_digests)
        due.register("following.forget_unconfirmed", readers.forget_unconfirmed)
        returned_letters.register(digests.DIGEST, readers.stop_at_return)
        panels.register()
        privacy.register()
