"""One row that changes whenever something public changes, so that every process drops its cached pages."""

from django.db import models


class ContentStamp(models.Model):
    """`version` of all that anonymous visitors see; pages are cached under it."""

    version = models.PositiveBigIntegerField(default=1)

    class Meta:
        verbose_name = "content stamp"
        verbose_name_plural = "content stamps"

    def __str__(self) -> str:
        return str(self.version)
