"""News of a sheet: who writes it, what is kept when it is corrected, what remains when it is withdrawn."""

import datetime
import io
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from consultations.actions import services
from consultations.actions.models import ActionSheet, Measure, State, Update
from consultations.actions.permissions import can_correct_update
from consultations.actions.services.pictures import LONGEST_SIDE, clean_picture
from consultations.actions.services.updates import Figure, Photo, Told
from consultations.following.selectors import news_of
from tests.factories import actions as make
from tests.factories.accounts import SignedInClient
from tests.factories.actions import ACTORS
from tests.factories.process import body, place

pytestmark = pytest.mark.django_db
TELLERS = {
    "professional of the lead", "director of the lead", "person in charge", "professional of a partner",
    "organiser of the place", "superuser",
}  # fmt: skip


def picture(size: tuple[int, int] = (400, 300), form: str = "JPEG", **options: Any) -> SimpleUploadedFile:
    """A picture as a phone sends it: turned, and with the place where it was taken."""
    image = Image.new("RGB", size, "teal")
    written = io.BytesIO()
    if form == "JPEG":
        exif = Image.Exif()
        exif[0x0112] = 6  # turned a quarter
        exif[0x010F] = "PhoneMaker"
        exif.get_ifd(0x8825)[2] = (44.2, 0.6, 0.0)
        options["exif"] = exif
    image.save(written, form, **options)
    return SimpleUploadedFile(f"IMG_2023.{form.lower()}", written.getvalue())


def told(text: str = "Cinq séjours ont eu lieu.", **fields: Any) -> Told:
    return Told(**{"on": timezone.localdate(), "text": text, **fields})


def published(sheet: ActionSheet, text: str = "Cinq séjours ont eu lieu.", **fields: Any) -> Update:
    return services.publish_update(actor=None, sheet=sheet, told=told(text, **fields))


def text(response: Any) -> str:
    return response.content.decode().replace("&#x27;", "'")


def signed_in(user: Any) -> Client:
    client = SignedInClient()
    client.force_login(user)
    return client


class TestWho:
    @pytest.mark.parametrize("state", State.values)
    @pytest.mark.parametrize("actor", ACTORS)
    def test_who_may_write_news_in_each_state(self, actor: str, state: str) -> None:
        sheet = make.sheet(state, texts=False)
        user: Any = ACTORS[actor](sheet)
        sheet.refresh_from_db()
        if actor not in TELLERS or state == State.ABANDONED:
            with pytest.raises(PermissionDenied):
                services.publish_update(actor=user, sheet=sheet, told=told())
        elif sheet.is_public:
            assert services.publish_update(actor=user, sheet=sheet, told=told()).pk
        else:
            with pytest.raises(ValidationError):
                services.publish_update(actor=user, sheet=sheet, told=told())

    @pytest.mark.parametrize("actor", ACTORS)
    def test_who_may_correct_it(self, actor: str) -> None:
        sheet = make.sheet(State.UNDER_WAY, texts=False)
        update = published(sheet)
        user: Any = ACTORS[actor](sheet)
        update = Update.objects.select_related("sheet").get()
        expected = actor in TELLERS - {"professional of a partner"}
        assert can_correct_update(user, update) is expected
        if not expected:
            with pytest.raises(PermissionDenied):
                services.correct_update(actor=user, update=update, told=told("Autre"))
            with pytest.raises(PermissionDenied):
                services.withdraw_update(actor=user, update=update, why="Erreur")

    def test_a_partner_corrects_their_own_news_and_gives_no_figure(self) -> None:
        sheet = make.sheet(State.UNDER_WAY)
        partner: Any = ACTORS["professional of a partner"](sheet)
        indicator = sheet.indicators.create(title="Séjours")
        with pytest.raises(PermissionDenied):
            services.publish_update(
                actor=partner,
                sheet=sheet,
                told=told(figure=Figure(indicator, Decimal(3))),
            )
        assert not Update.objects.exists() and not Measure.objects.exists()
        update = services.publish_update(actor=partner, sheet=sheet, told=told())
        assert can_correct_update(partner, update)


class TestLife:
    def test_news_end_the_silence_and_a_correction_does_not(self) -> None:
        sheet = make.sheet(State.UNDER_WAY)
        update = published(sheet, on=make.LONG_AGO)
        sheet.refresh_from_db()
        assert sheet.last_news_on == timezone.localdate()
        ActionSheet.objects.update(last_news_on=make.LONG_AGO)
        indicator = sheet.indicators.create(title="Séjours")
        services.correct_update(
            actor=None, update=update, told=told("Six.", figure=Figure(indicator, Decimal(6)))
        )
        sheet.refresh_from_db()
        assert sheet.last_news_on == make.LONG_AGO

    def test_a_correction_keeps_the_former_words_and_moves_the_figure(self) -> None:
        sheet = make.sheet(State.UNDER_WAY)
        indicator = sheet.indicators.create(title="Séjours", unit="séjours")
        update = published(sheet, figure=Figure(indicator, Decimal(5)))
        yesterday = timezone.localdate() - datetime.timedelta(days=1)
        services.correct_update(
            actor=None,
            update=update,
            told=told("Six séjours.", on=yesterday, figure=Figure(indicator, Decimal(6))),
        )
        assert (Measure.objects.get().value, Measure.objects.get().on) == (Decimal(6), yesterday)
        former = update.versions.get()
        assert former.text == "Cinq séjours ont eu lieu." and former.figure == "Séjours : 5 séjours"
        services.correct_update(actor=None, update=update, told=told("Six séjours.", on=yesterday))
        assert not Measure.objects.exists() and update.versions.count() == 2
        services.correct_update(actor=None, update=update, told=told("Six séjours.", on=yesterday))
        assert update.versions.count() == 2

    def test_withdrawn_news_leave_their_day_and_the_reason_and_nothing_else(self, client: Client) -> None:
        sheet = make.sheet(State.UNDER_WAY)
        indicator = sheet.indicators.create(title="Séjours")
        update = published(
            sheet,
            "On y voit Madame X.",
            figure=Figure(indicator, Decimal(5)),
            photos=[Photo(picture(), "Un goûter")],
        )
        sheet.refresh_from_db()
        with pytest.raises(ValidationError):
            services.withdraw_update(actor=None, update=update, why=" ")
        services.withdraw_update(
            actor=None, update=update, why="Cette personne n’avait pas donné son accord."
        )
        assert not Measure.objects.exists() and not update.photos.exists()
        sheet.refresh_from_db()
        assert sheet.last_news_on is None
        page = text(client.get(reverse("actions:detail", args=[sheet.slug])))
        assert "Madame X" not in page and "pas donné son accord" in page
        with pytest.raises(ValidationError):
            services.correct_update(actor=None, update=update, told=told())

    def test_followers_are_told_and_never_of_what_was_withdrawn(self) -> None:
        sheet = make.sheet(State.UNDER_WAY)
        published(sheet, "Le transporteur a signé.")
        services.withdraw_update(actor=None, update=published(sheet, "Erreur."), why="Mauvaise fiche.")
        today = timezone.localdate()
        told_of = news_of(
            "action_sheet", str(sheet.pk), after=today - datetime.timedelta(days=1), until=today
        )
        labels = " ".join(one.label for one in told_of)
        assert "Le transporteur a signé." in labels and "Erreur" not in labels

    @pytest.mark.parametrize("day", [datetime.date(2999, 1, 1), datetime.date(12, 1, 1)])
    def test_impossible_days_are_refused(self, day: datetime.date) -> None:
        with pytest.raises(ValidationError):
            published(make.sheet(State.UNDER_WAY), on=day)

    def test_a_figure_is_of_this_sheet_and_one_a_day(self) -> None:
        sheet, other = make.sheet(State.UNDER_WAY), make.sheet(State.UNDER_WAY)
        foreign, mine = other.indicators.create(title="X"), sheet.indicators.create(title="Y")
        with pytest.raises(ValidationError):
            published(sheet, figure=Figure(foreign, Decimal(1)))
        published(sheet, figure=Figure(mine, Decimal(1)))
        with pytest.raises(ValidationError):
            published(sheet, figure=Figure(mine, Decimal(2)))


class TestPictures:
    def test_what_the_camera_added_is_taken_off_and_the_picture_stands_upright(self) -> None:
        clean = Image.open(clean_picture(picture((4000, 3000))))
        assert clean.format == "JPEG" and not clean.getexif() and "icc_profile" not in clean.info
        assert clean.height == LONGEST_SIDE and clean.width < clean.height

    @pytest.mark.parametrize("form", ["PNG", "WEBP"])
    def test_other_formats_are_written_again(self, form: str) -> None:
        assert Image.open(clean_picture(picture(form=form))).format == "JPEG"

    @pytest.mark.parametrize(
        "content",
        [
            b"",
            b"not a picture",
            b"<svg xmlns='http://www.w3.org/2000/svg'/>",
            b"\xff\xd8\xff\xe0" + b"0" * 900,
            b"%PDF-1.7",
        ],
        ids=["empty", "text", "svg", "cut", "pdf"],
    )
    def test_what_is_not_a_picture_is_refused(self, content: bytes) -> None:
        with pytest.raises(ValidationError):
            clean_picture(SimpleUploadedFile("photo.jpg", content))

    def test_a_gif_a_heavy_file_a_bomb_and_a_dot_are_refused(self, monkeypatch: pytest.MonkeyPatch) -> None:
        for sent in (picture(form="GIF"), picture((10, 10))):
            with pytest.raises(ValidationError):
                clean_picture(sent)
        monkeypatch.setattr("consultations.actions.services.pictures.MOST_PIXELS", 1000)
        with pytest.raises(ValidationError):
            clean_picture(picture())
        monkeypatch.setattr("consultations.actions.services.pictures.MOST_BYTES", 10)
        with pytest.raises(ValidationError):
            clean_picture(picture())

    def test_transparency_becomes_white(self) -> None:
        written = io.BytesIO()
        Image.new("RGBA", (80, 80), (0, 0, 0, 0)).save(written, "PNG")
        clean = Image.open(clean_picture(SimpleUploadedFile("vide.png", written.getvalue())))
        assert clean.getpixel((5, 5)) == (255, 255, 255)


class TestPages:
    def test_news_with_a_picture_and_a_figure_are_read_by_everyone(self, client: Client) -> None:
        sheet = make.sheet(State.UNDER_WAY)
        indicator = sheet.indicators.create(title="Séjours", unit="séjours", target=20)
        writer = signed_in(make.worker_of(sheet.lead))
        url = reverse("actions:updates", args=[sheet.pk])
        data = {
            "on": timezone.localdate().isoformat(), "text": "Onze séjours ont eu lieu.", "easy_read": "11 séjours.",
            "indicator": indicator.pk, "value": "11", "photo_1": picture(), "alt_1": "Deux personnes au jardin",
        }  # fmt: skip
        answer = writer.post(url, data)
        assert answer.status_code == 302, text(answer)
        page = text(client.get(reverse("actions:detail", args=[sheet.slug])))
        assert "Onze séjours ont eu lieu." in page and 'alt="Deux personnes au jardin"' in page
        assert "11\xa0séjours" in page and "11 séjours." not in page
        sent = Update.objects.get().photos.get()
        address = reverse("actions:photo", args=[sheet.slug, sent.pk])
        assert address in page and address in text(writer.get(url))
        image: Any = client.get(address)
        assert image["Content-Type"] == "image/jpeg" and b"PhoneMaker" not in b"".join(
            image.streaming_content
        )
        other = make.sheet(State.UNDER_WAY)
        assert client.get(reverse("actions:photo", args=[other.slug, sent.pk])).status_code == 404
        Update.objects.update(withdrawn_on=timezone.localdate(), withdrawn_why="Erreur.")
        assert client.get(address).status_code == 404

    @pytest.mark.parametrize(
        ("change", "words"),
        [
            ({"text": ""}, 'aria-invalid="true"'),
            ({"on": "2999-01-01"}, "pas encore"),
            ({"on": "hier"}, "date"),
            ({"value": "12"}, "Choisissez le chiffre"),
            ({"value": "abc"}, "nombre"),
            ({"alt_1": ""}, "image"),
            ({"photo_1": SimpleUploadedFile("a.jpg", b"rien")}, "JPEG"),
            ({"text": "x" * 3001}, "3000"),
        ],
        ids=[
            "no text",
            "future",
            "no date",
            "value alone",
            "not a number",
            "no words",
            "not a picture",
            "long",
        ],
    )
    def test_bad_news_come_back_with_a_reason_and_what_was_typed(
        self, change: dict[str, Any], words: str
    ) -> None:
        sheet = make.sheet(State.UNDER_WAY)
        sheet.indicators.create(title="Séjours")
        data = {
            "on": timezone.localdate().isoformat(), "text": "Onze séjours.", "easy_read": "Facile à lire",
            "photo_1": picture(), "alt_1": "Un jardin",
        }  # fmt: skip
        answer = signed_in(make.worker_of(sheet.lead)).post(
            reverse("actions:updates", args=[sheet.pk]), {**data, **change}
        )
        assert answer.status_code == 422 and words in text(answer) and "Facile à lire" in text(answer)
        assert not Update.objects.exists()

    def test_doors(self, client: Client) -> None:
        sheet, other = make.sheet(State.UNDER_WAY), make.sheet(State.UNDER_WAY)
        update = published(sheet)
        stranger = signed_in(make.worker_of(body(place("Agen"))))
        partner = signed_in(ACTORS["professional of a partner"](sheet))
        official = signed_in(ACTORS["official of the place"](sheet))
        page = reverse("actions:updates", args=[sheet.pk])
        forms = [
            reverse(f"actions:update_{verb}", args=[sheet.pk, update.pk]) for verb in ("correct", "withdraw")
        ]
        assert client.get(page).status_code == 302 and stranger.get(page).status_code == 403
        assert official.get(page).status_code == 200
        assert official.post(page, {"text": "Piraté"}).status_code == 403
        for url in forms:
            assert url not in text(partner.get(page))
            assert stranger.get(url).status_code == partner.get(url).status_code == 403
            elsewhere = url.replace(str(sheet.pk), str(other.pk))
            assert signed_in(make.worker_of(other.lead)).get(elsewhere).status_code == 404

    def test_correcting_and_withdrawing_by_the_forms(self) -> None:
        sheet = make.sheet(State.UNDER_WAY)
        update = published(sheet, photos=[Photo(picture(), "Un jardin")])
        photo = update.photos.get()
        writer = signed_in(make.worker_of(sheet.lead))
        correct = reverse("actions:update_correct", args=[sheet.pk, update.pk])
        data = {"on": timezone.localdate().isoformat(), "text": "Six séjours.", f"alt_{photo.pk}": ""}
        assert writer.post(correct, data).status_code == 422
        assert writer.post(correct, {**data, f"alt_{photo.pk}": "Le jardin"}).status_code == 302
        photo.refresh_from_db()
        assert photo.alt == "Le jardin" and update.versions.count() == 1
        assert writer.post(correct, {**data, f"drop_{photo.pk}": "on"}).status_code == 302
        assert not update.photos.exists()
        withdraw = reverse("actions:update_withdraw", args=[sheet.pk, update.pk])
        assert writer.post(withdraw, {"why": ""}).status_code == 422
        assert writer.post(withdraw, {"why": "Erreur de fiche."}).status_code == 302
        assert writer.get(correct).status_code == 302
        assert correct not in text(writer.get(reverse("actions:updates", args=[sheet.pk])))
