"""News of a sheet: written, corrected with the former words kept, withdrawn with a reason; never rewritten in silence."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from consultations.actions.models import ActionSheet, Indicator, Measure, Update, UpdatePhoto, UpdateVersion
from consultations.actions.models.means import FIRST_YEAR
from consultations.actions.permissions import can_correct_update
from consultations.actions.services.checking import check, lock
from consultations.actions.services.lives import NEWS
from consultations.actions.services.pictures import clean_picture
from consultations.actions.services.rows import write_row
from core.services import record_audit

MOST_UPDATES, MOST_PHOTOS = 500, 4


@dataclass(frozen=True)
class Figure:
    """The value of one of the sheet's indicators on the day of the news."""

    indicator: Indicator
    value: Decimal


@dataclass(frozen=True)
class Photo:
    """A picture sent, and what it shows in words."""

    file: UploadedFile
    alt: str


@dataclass(frozen=True)
class Told:
    """What is written: `figure` None takes the figure away; `keeps_figure` leaves it as it is."""

    on: datetime.date
    text: str
    easy_read: str = ""
    figure: Figure | None = None
    keeps_figure: bool = False
    photos: Sequence[Photo] = field(default=())


@transaction.atomic
def publish_update(
    *, actor: User | None, sheet: ActionSheet, told: Told, written_on: datetime.date | None = None
) -> Update:
    """Say what is new, for everyone, at once; the sheet is no longer silent from this day."""
    sheet = lock(sheet)
    check("tell", actor=actor, sheet=sheet)
    if not sheet.is_public:
        raise ValidationError(_("Announce the sheet first: nobody could read this news."))
    if sheet.updates.count() >= MOST_UPDATES:
        raise ValidationError(_("There are already %(count)s pieces of news.") % {"count": MOST_UPDATES})
    update = Update(sheet=sheet, created_by=actor, written_on=written_on or timezone.localdate())
    _write(update, told)
    update.save(force_insert=True)
    _set_figure(actor, update, told)
    _add_photos(update, told.photos)
    sheet.last_news_on = max(sheet.last_news_on or update.written_on, update.written_on)
    sheet.save(update_fields=["last_news_on"])
    record_audit(actor=actor, verb="action_news_published", target=sheet)
    return update


@transaction.atomic
def correct_update(
    *, actor: User | None, update: Update, told: Told, kept_photos: dict[str, str] | None = None
) -> Update:
    """Change it in the open: the former words stay under the new ones. `kept_photos` is the pictures left, with
    their words; None leaves them all. A correction is not news: the sheet stays as silent as it was."""
    update = _locked(actor, update)
    before = (update.text, update.easy_read, update.on, figure_words(update))
    _write(update, told)
    update.save()
    _set_figure(actor, update, told)
    if kept_photos is not None:
        _keep_photos(update, kept_photos)
    _add_photos(update, told.photos)
    if before != (update.text, update.easy_read, update.on, figure_words(update)):
        text, easy_read, on, figure = before
        UpdateVersion.objects.create(
            update_of=update, text=text, easy_read=easy_read, on=on, figure=figure, by=actor
        )
    update.sheet.save(update_fields=["last_news_on"])  # as it was before the figure was written again
    record_audit(actor=actor, verb="action_news_corrected", target=update.sheet)
    return update


@transaction.atomic
def withdraw_update(*, actor: User | None, update: Update, why: str) -> Update:
    """Take it off the page for good: its day and the reason stay. Its pictures are deleted, its figure is taken away."""
    update = _locked(actor, update)
    if not why.strip():
        raise ValidationError({"why": _("Say why it is withdrawn: everyone will read it.")})
    measure, update.measure = update.measure, None
    update.withdrawn_on, update.withdrawn_why = timezone.localdate(), why.strip()[:400]
    update.save()
    if measure is not None:
        measure.delete()
    _keep_photos(update, {})
    sheet = update.sheet
    sheet.last_news_on = last_news_of(sheet)
    sheet.save(update_fields=["last_news_on"])
    record_audit(actor=actor, verb="action_news_withdrawn", target=sheet)
    return update


def last_news_of(sheet: ActionSheet) -> datetime.date | None:
    """The day something last happened: news, a change of state, a step done, a figure measured."""
    days = [
        sheet.updates.filter(withdrawn_on=None).aggregate(last=Max("written_on"))["last"],
        sheet.changes.filter(state__in=NEWS).aggregate(last=Max("on"))["last"],
        sheet.steps.aggregate(last=Max("done_on"))["last"],
        sheet.indicators.aggregate(last=Max("measures__on"))["last"],
    ]
    return max((day for day in days if day is not None), default=None)


def figure_words(update: Update) -> str:
    """The figure as the former wording keeps it."""
    if update.measure is None:
        return ""
    indicator = update.measure.indicator
    return f"{indicator.title} : {update.measure.value.normalize():f} {indicator.unit}".strip()


def _locked(actor: User | None, update: Update) -> Update:
    sheet = lock(update.sheet)
    update = Update.objects.select_related("measure__indicator").get(pk=update.pk)
    update.sheet = sheet
    if actor is not None and not can_correct_update(actor, update):
        raise PermissionDenied(_("You may not change this piece of news."))
    if update.withdrawn_on is not None:
        raise ValidationError(_("This piece of news was withdrawn: it no longer changes. Write another."))
    return update


def _write(update: Update, told: Told) -> None:
    if told.on > timezone.localdate():
        raise ValidationError({"on": _("This day has not come yet.")})
    if told.on.year < FIRST_YEAR:
        raise ValidationError({"on": _("This day is too long ago.")})
    update.on, update.text = told.on, told.text.strip()
    update.easy_read = told.easy_read.strip()
    update.full_clean(exclude=["sheet", "created_by"])


def _set_figure(actor: User | None, update: Update, told: Told) -> None:
    """The figure becomes a measure of the indicator; another day or value changes that measure, none removes it."""
    if told.keeps_figure:
        return
    old, new = update.measure, told.figure
    if new is not None and new.indicator.sheet_id != update.sheet_id:
        raise ValidationError({"indicator": _("This indicator belongs to another sheet.")})
    if old is not None and (new is None or old.indicator_id != new.indicator.pk):
        check("carry", actor=actor, sheet=update.sheet)
        update.measure = None
        update.save(update_fields=["measure"])
        old.delete()
        old = None
    if new is None:
        return
    row = old or Measure(indicator=new.indicator)
    values = {"value": new.value, "on": update.on, "source": row.source or new.indicator.source}
    try:
        write_row(actor=actor, row=row, values=values)
    except ValidationError as refused:
        raise ValidationError({"value": refused.messages}) from refused
    update.measure = Measure.objects.select_related("indicator").get(indicator=new.indicator, on=update.on)
    update.save(update_fields=["measure"])


def _keep_photos(update: Update, kept: dict[str, str]) -> None:
    for photo in update.photos.all():
        if str(photo.pk) not in kept:
            image = photo.image
            photo.delete()
            transaction.on_commit(lambda image=image: image.delete(save=False))  # type: ignore[misc]
        elif (alt := kept[str(photo.pk)].strip()) != photo.alt:
            photo.alt = alt
            photo.full_clean(exclude=["image"])
            photo.save(update_fields=["alt"])


def _add_photos(update: Update, photos: Sequence[Photo]) -> None:
    held = update.photos.count()
    if held + len(photos) > MOST_PHOTOS:
        raise ValidationError(_("A piece of news has at most %(count)s pictures.") % {"count": MOST_PHOTOS})
    if any(not sent.alt.strip() for sent in photos):
        raise ValidationError(_("Say in a few words what each picture shows: some people cannot see it."))
    cleaned = [clean_picture(sent.file) for sent in photos]
    for order, (sent, content) in enumerate(zip(photos, cleaned, strict=True), start=held + 1):
        photo = UpdatePhoto(update_of=update, alt=sent.alt.strip(), order=order)
        photo.image.save(f"{photo.pk}.jpg", content, save=False)
        photo.full_clean(exclude=["update_of"])
        photo.save(force_insert=True)
