"""Each kind of page shows what it promises, to anyone, in its language."""

import datetime

import pytest
from django.test import Client
from django.utils import timezone
from wagtail.models import Site

from cms.models import LegalPage, SiteIdentity
from consultations.process.models import Consultation
from tests.factories import cms as make
from tests.factories.process import ConsultationFactory

HOSTILE = '<script>alert("x")</script>'


def text_of(client: Client, address: str, status: int = 200) -> str:
    response = client.get(address)
    assert response.status_code == status
    return response.content.decode()


def test_the_home_page_has_its_three_doors(client: Client) -> None:
    html = text_of(client, "/")
    assert "Ce que vous dites change ce que nous faisons." in html
    assert 'href="/participer/"' in html
    assert 'action="/suivre/"' in html and 'name="code"' in html
    assert "Trouver un service" in html
    assert "Aucune enquête n’est ouverte aujourd’hui." in html


def test_the_home_page_counts_open_surveys(client: Client) -> None:
    consultation = ConsultationFactory(status=Consultation.Status.PUBLISHED)
    for number in range(3):
        consultation.surveys.create(slug=f"s{number}", title="Besoins", status="published")
    assert "3 enquêtes sont ouvertes." in text_of(client, "/")


def test_the_home_page_tells_a_thread(client: Client) -> None:
    published = ConsultationFactory(status=Consultation.Status.PUBLISHED, title="Vieillir chez soi")
    html = text_of(client, "/")
    assert "Vieillir chez soi" in html
    assert published.slug in html


def test_the_home_page_forgets_a_featured_consultation_that_was_deleted(client: Client) -> None:
    home = make.home()
    home.featured_consultation = "disparue"
    home.save()
    text_of(client, "/")


def test_what_waits_is_said_as_plainly_as_what_is_done(client: Client) -> None:
    home = make.home()
    home.progress = [
        ("item", {"state": "done", "badge": "", "title": "Un guichet", "text": "", "page": None}),
        ("item", {"state": "late", "badge": "Sans nouvelles depuis 74 jours", "title": "Dîner", "text": "", "page": None}),
    ]  # fmt: skip
    home.save()
    html = text_of(client, "/")
    assert "Réalisée" in html
    assert "Sans nouvelles depuis 74 jours" in html


def test_a_section_lists_its_published_pages_only(client: Client) -> None:
    section = make.page("SectionPage")
    make.page(under=section, title="En ligne", search_description="Un résumé.")
    make.page(under=section, title="Brouillon", live=False)
    html = text_of(client, section.url)
    assert "En ligne" in html and "Un résumé." in html
    assert "Brouillon" not in html


def test_news_are_listed_latest_first_and_by_tens(client: Client) -> None:
    index = make.page("NewsIndexPage")
    today = timezone.localdate()
    for age in range(12):
        make.page(
            "NewsPage", under=index, title=f"Nouvelle {age:02}", published_on=today - datetime.timedelta(age)
        )
    html = text_of(client, index.url)
    assert html.index("Nouvelle 00") < html.index("Nouvelle 09")
    assert "Nouvelle 10" not in html
    assert "Nouvelle 11" in text_of(client, f"{index.url}?page=2")
    assert "Nouvelle 11" in text_of(client, f"{index.url}?page=999"), "a page too far shows the last one"
    text_of(client, f"{index.url}?page=x")


def test_a_list_without_news_says_so(client: Client) -> None:
    assert "Pas encore d’actualité." in text_of(client, make.page("NewsIndexPage").url)


def test_the_feed_holds_the_news_of_the_language(client: Client) -> None:
    make.home("en")
    index = make.page("NewsIndexPage")
    make.page("NewsPage", under=index, title="Une <b>nouvelle</b>", search_description="Le résumé.")
    make.page("NewsPage", under=index, title="Brouillon", live=False)
    response = client.get("/fil-actualites.xml")
    xml = response.content.decode()
    assert response["Content-Type"].startswith("application/atom+xml")
    assert "Une &lt;b&gt;nouvelle&lt;/b&gt;" in xml and "Le résumé." in xml
    assert "Brouillon" not in xml
    assert "nouvelle" not in client.get("/en/fil-actualites.xml").content.decode()


@pytest.mark.parametrize("status", ["published", "closed"])
def test_a_consultation_page_tells_the_consultation(client: Client, status: str) -> None:
    consultation = ConsultationFactory(status=status, title="Vieillir chez soi")
    page = make.page("ConsultationPage", consultation=consultation.slug)
    html = text_of(client, page.url)
    assert "Vieillir chez soi" in html
    assert ("En cours" if status == "published" else "Close") in html


@pytest.mark.parametrize("gone", ["draft", "deleted"])
def test_a_consultation_page_outlives_its_consultation(client: Client, gone: str) -> None:
    consultation = ConsultationFactory(title="Secret")
    page = make.page("ConsultationPage", consultation=consultation.slug)
    if gone == "deleted":
        consultation.stages.all().delete()
        consultation.delete()
    html = text_of(client, page.url)
    assert "Cette consultation n’est plus en ligne." in html
    assert "Secret" not in html


def test_the_privacy_page_names_the_contact_for_personal_data(client: Client, site: Site) -> None:
    SiteIdentity.objects.update(dpo_name="La déléguée", dpo_email="dpo@example.org")
    html = text_of(client, make.page("LegalPage", kind=LegalPage.Kind.PRIVACY).url)
    assert "La déléguée" in html and "dpo@example.org" in html and "CNIL" in html


@pytest.mark.parametrize("kind", LegalPage.Kind.values)
def test_each_legal_page_opens(client: Client, kind: str) -> None:
    text_of(client, make.page("LegalPage", kind=kind).url)


def test_the_statement_answers_at_its_legal_address_without_any_page(client: Client) -> None:
    html = text_of(client, "/accessibilite")
    assert "<strong>non conforme</strong>" in html
    assert "Défenseur des droits" in html


def test_the_statement_shows_what_its_editors_wrote(client: Client) -> None:
    body = [("text", "<p>Les documents anciens.</p>")]
    make.page("LegalPage", kind=LegalPage.Kind.ACCESSIBILITY, title="Déclaration", body=body)
    html = text_of(client, "/accessibilite")
    assert "Les documents anciens." in html
    assert "<strong>non conforme</strong>" in html


def test_every_page_shows_the_accessibility_state(client: Client) -> None:
    today = timezone.localdate()
    assert "Accessibilité : non conforme" in text_of(client, "/")
    SiteIdentity.objects.get().__class__.objects.update(
        accessibility_state="partial", audited_on=today, audit_percent=62, audited_by="un auditeur"
    )
    make.home().save()
    assert "Accessibilité : partiellement conforme" in text_of(client, "/")


def test_the_easy_read_text_is_shown_to_those_who_ask(client: Client) -> None:
    page = make.page(easy_read="Vous pouvez demander de l’aide.")
    assert "Vous pouvez demander de l’aide." not in text_of(client, page.url)
    client.cookies["diapason_reading"] = "auto.normal.easy"
    assert "Vous pouvez demander de l’aide." in text_of(client, page.url)


@pytest.mark.parametrize("kind", ["ArticlePage", "SectionPage", "FaqPage", "ContactPage", "NewsIndexPage"])
def test_hostile_titles_and_summaries_are_shown_as_text(client: Client, kind: str) -> None:
    page = make.page(kind, title=HOSTILE, search_description=HOSTILE, easy_read=HOSTILE)
    child = make.page("NewsPage" if kind == "NewsIndexPage" else "ArticlePage", under=page, title=HOSTILE)
    client.cookies["diapason_reading"] = "auto.normal.easy"
    for address in (page.url, child.url, "/plan-du-site/", "/recherche/?q=script"):
        assert "<script>alert" not in text_of(client, address)


@pytest.mark.parametrize("address", ["/absente/", "/en/absente/", "/a/b/c/"])
def test_an_unknown_page_is_not_found(client: Client, address: str) -> None:
    text_of(client, address, 404)


def test_a_draft_is_not_found(client: Client) -> None:
    text_of(client, make.page(live=False).url or "/brouillon/", 404)


def test_the_site_map_lists_every_published_page(client: Client) -> None:
    section = make.page("SectionPage", title="Rubrique")
    make.page(under=section, title="Sous-page")
    make.page(title="Brouillon", live=False)
    html = text_of(client, "/plan-du-site/")
    assert "Rubrique" in html and "Sous-page" in html
    assert "Brouillon" not in html
