"""News of the demo's sheets: invented words, and one drawing made here in the place of a photo."""

import datetime
import io
from decimal import Decimal
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw

from consultations.actions import services
from consultations.actions.models import ActionSheet
from consultations.actions.services.updates import Figure, Photo, Told


def tell(sheet: ActionSheet, story: dict[str, Any], day: datetime.date) -> None:
    """One piece of news on its day, with what the story adds to it."""
    figure = None
    if "figure" in story:
        title, value = story["figure"]
        figure = Figure(sheet.indicators.get(title=title), Decimal(value))
    photos = [Photo(minibus(), story["drawing"])] if "drawing" in story else []
    told = Told(
        on=day, text=story["text"], easy_read=story.get("easy_read", ""), figure=figure, photos=photos
    )
    services.publish_update(actor=None, sheet=sheet, told=told, written_on=day)


def minibus() -> SimpleUploadedFile:
    """A drawing of a minibus before a house: no photo of anybody."""
    image = Image.new("RGB", (960, 540), "#cfe3ea")
    pen = ImageDraw.Draw(image)
    pen.rectangle((0, 420, 960, 540), fill="#8a8f86")
    pen.rectangle((600, 190, 860, 420), fill="#f3e7d3", outline="#5b4a3a", width=4)
    pen.polygon([(575, 195), (730, 90), (885, 195)], fill="#a5523a", outline="#5b4a3a")
    pen.rectangle((700, 300, 760, 420), fill="#6a2350")
    for left in (625, 785):
        pen.rectangle((left, 230, left + 50, 280), fill="#7fb2c4", outline="#5b4a3a", width=3)
    pen.rounded_rectangle((90, 250, 480, 430), radius=34, fill="#ffffff", outline="#32424a", width=5)
    pen.rectangle((92, 350, 478, 372), fill="#6a2350")
    for left in (120, 210, 300, 390):
        pen.rounded_rectangle((left, 280, left + 70, 335), radius=10, fill="#7fb2c4")
    for centre in (170, 400):
        pen.ellipse((centre - 42, 390, centre + 42, 474), fill="#32424a")
        pen.ellipse((centre - 18, 414, centre + 18, 450), fill="#cfd4d6")
    written = io.BytesIO()
    image.save(written, "PNG")
    return SimpleUploadedFile("minibus.png", written.getvalue())
