"""Two trees, one switch: the same page when it is translated, else the home page of the language."""

import pytest
from django.test import Client
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page
from wagtail.test.utils.form_data import inline_formset, nested_form_data, streamfield

from accounts.models import User
from cms.models import SiteIdentity, SiteWording
from consultations.process.models import Consultation
from tests.factories import cms as make
from tests.factories.process import ConsultationFactory


def switch(client: Client, address: str) -> dict[str, str]:
    """Where each language of the switch leads."""
    response = client.get(address)
    assert response.status_code == 200
    return {link.code: link.url for link in response.context["surroundings"].languages}


def translated(page: Page, title: str) -> Page:
    return make.page(
        type(page).__name__,
        under=make.home("en"),
        title=title,
        slug="in-english",
        translation_key=page.translation_key,
    )


def test_french_has_no_prefix_and_english_has_its_own(client: Client) -> None:
    make.home("en", title="Home", headline="What you say changes what we do.")
    assert 'lang="fr"' in client.get("/").content.decode()
    english = client.get("/en/").content.decode()
    assert 'lang="en"' in english
    assert "What you say changes what we do." in english
    assert "Give my opinion" in english


def test_the_switch_leads_to_the_translated_page(client: Client) -> None:
    make.home("en")
    page = make.page(title="Contact")
    other = translated(page, "Contact us")
    assert switch(client, page.url) == {"fr": page.url, "en": "/en/in-english/"}
    assert switch(client, other.url) == {"fr": page.url, "en": "/en/in-english/"}


def test_the_switch_leads_home_when_there_is_no_translation(client: Client) -> None:
    make.home("en")
    assert switch(client, make.page().url)["en"] == "/en/"


def test_an_unpublished_translation_is_not_offered(client: Client) -> None:
    make.home("en")
    page = make.page()
    translated(page, "Draft").unpublish()
    assert switch(client, page.url)["en"] == "/en/"


def test_other_addresses_keep_their_view(client: Client) -> None:
    make.home("en")
    assert switch(client, "/plan-du-site/")["en"] == "/en/plan-du-site/"
    assert switch(client, "/en/plan-du-site/")["fr"] == "/plan-du-site/"


def test_a_site_in_one_language_offers_no_switch(client: Client) -> None:
    assert list(switch(client, "/")) == ["fr"]
    assert 'class="language-switch"' not in client.get("/").content.decode()


def test_the_sitemap_pairs_translations(client: Client) -> None:
    make.home("en")
    page = make.page()
    translated(page, "English")
    alone = make.page(live=False)
    xml = client.get("/sitemap.xml").content.decode()
    assert f"<loc>http://testserver{page.url}</loc>" in xml
    assert 'hreflang="en" href="http://testserver/en/in-english/"' in xml
    assert alone.slug not in xml


def test_robots_name_the_sitemap_and_keep_out_of_the_back_office(client: Client) -> None:
    text = client.get("/robots.txt").content.decode()
    assert "Sitemap: http://testserver/sitemap.xml" in text
    assert "Disallow: /gestion/" in text and "Disallow: /suivre/" in text
    assert "Disallow: /annuaire/?" in text  # a robot's search would count as a need without an answer


@pytest.mark.parametrize("is_permanent", [True, False])
def test_an_old_address_is_redirected(client: Client, is_permanent: bool) -> None:
    page = make.page()
    Redirect.add_redirect("/ancienne", redirect_to=page, is_permanent=is_permanent)
    response = client.get("/ancienne/")
    assert response.status_code == (301 if is_permanent else 302)
    assert response["Location"].endswith(page.url)


def test_the_doors_of_the_english_home_page_stay_in_english(client: Client) -> None:
    make.home("en")
    html = client.get("/en/").content.decode()
    assert 'href="/en/participer/"' in html
    assert 'action="/en/suivre/"' in html


def test_a_setting_is_shown_in_the_language_of_the_page_or_marked(client: Client) -> None:
    make.home("en")
    site = make.site(baseline="Écouter, agir.", phone_hours="le lundi")
    identity = SiteIdentity.for_site(site)
    SiteWording.objects.create(identity=identity, language="en", baseline="Listen, act.")
    french, english = client.get("/").content.decode(), client.get("/en/").content.decode()
    assert "Écouter, agir." in french and "Listen, act." not in french
    assert "Listen, act." in english and "Écouter, agir." not in english
    assert '<span lang="fr">le lundi</span>' in english
    assert 'lang="fr"' not in french.split("<body")[1].split('class="site-footer"')[1]


def test_the_words_of_a_language_are_written_in_the_admin(client: Client, admin_user: User) -> None:
    site = make.site(baseline="Écouter, agir.")
    client.force_login(admin_user)
    address = f"/gestion/settings/cms/siteidentity/{site.pk}/"
    form = client.get(address, follow=True).context["form"]
    assert "wordings-__prefix__-baseline" in client.get(address, follow=True).content.decode()
    wording = {"language": "en", "baseline": "Listen, act.", "ORDER": "1"}
    fields = nested_form_data(
        {
            **{name: form[name].value() or "" for name in form.fields if name != "social_links"},
            "social_links": streamfield([]),
            "wordings": inline_formset([wording]),
        }
    )
    assert client.post(address, fields).status_code == 302
    client.logout()
    make.home("en")
    assert "Listen, act." in client.get("/en/").content.decode()


def test_what_organisers_wrote_is_marked_on_a_page_of_another_language(client: Client) -> None:
    consultation = ConsultationFactory(
        title="Vieillir chez soi", purpose="Pour mieux aider.", status=Consultation.Status.PUBLISHED
    )
    for address in ("/participer/", f"/participer/{consultation.slug}/"):
        assert '<span lang="fr">Vieillir chez soi</span>' in client.get(f"/en{address}").content.decode()
        assert '<span lang="fr">' not in client.get(address).content.decode()
