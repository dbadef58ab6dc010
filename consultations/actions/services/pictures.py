"""Pictures people send: read, turned upright, made smaller and written again, so that nothing of the camera remains."""

import io
from collections.abc import Iterator
from contextlib import contextmanager

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from PIL import Image, ImageOps, UnidentifiedImageError

MOST_BYTES = 10 * 1024 * 1024
MOST_PIXELS = 50_000_000
LONGEST_SIDE = 1600  # pixels: wider than any column of ours, light enough for a phone
SMALLEST_SIDE = 50
FORMATS = ("JPEG", "PNG", "WEBP")
QUALITY = 82


def clean_picture(sent: UploadedFile) -> ContentFile:
    """A JPEG without EXIF, GPS or profile; raises ValidationError for what is not a picture we can show."""
    if (sent.size or 0) > MOST_BYTES:
        raise ValidationError(_("This picture is over 10 MB: choose a lighter one."))
    with _readable():
        sent.seek(0)
        picture = Image.open(sent, formats=FORMATS)
        if picture.width * picture.height > MOST_PIXELS:
            raise ValidationError(_("This picture has too many pixels: choose a smaller one."))
        upright = ImageOps.exif_transpose(picture)
        plain = _without_transparency(upright)
        plain.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    if min(plain.size) < SMALLEST_SIDE:
        raise ValidationError(_("This picture is too small to be seen: choose another."))
    written = io.BytesIO()
    plain.save(written, "JPEG", quality=QUALITY, optimize=True)
    return ContentFile(written.getvalue(), name="photo.jpg")


@contextmanager
def _readable() -> Iterator[None]:
    """Whatever a broken or forged file makes the library raise is one plain refusal."""
    try:
        yield
    except ValidationError:
        raise
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, ValueError, SyntaxError) as error:
        raise ValidationError(_("We cannot read this picture: choose a JPEG, PNG or WebP file.")) from error


def _without_transparency(picture: Image.Image) -> Image.Image:
    if picture.mode in {"RGBA", "LA", "PA"} or "transparency" in picture.info:
        layer = picture.convert("RGBA")
        white = Image.new("RGBA", layer.size, "white")
        return Image.alpha_composite(white, layer).convert("RGB")
    return picture.convert("RGB")
