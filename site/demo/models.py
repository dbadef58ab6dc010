"""What the demo remembers of itself."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class LoadedStep(models.Model):
    """A step already loaded, so that the next start does not load it again."""

    name = models.CharField(max_length=40, primary_key=True)
    stamp = models.CharField(max_length=64)
    loaded_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("loaded demo step")
        verbose_name_plural = _("loaded demo steps")

    def __str__(self) -> str:
        return self.name
