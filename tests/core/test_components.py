"""Components and pictograms keep escaping, and refuse what does not exist."""

import pytest
from django.template import Context, Template, TemplateDoesNotExist
from django.test import Client
from django.utils.safestring import SafeString

from config.env import ROOT
from core.assets import icon_names

NOT_ON_THIS_PAGE = {
    "components/short_footer.html",
    "components/workspace_tools.html",
    "components/error_page.html",
}


def render(source: str, **context: object) -> str:
    return Template(source).render(Context(context))


def test_component_escapes_what_people_wrote() -> None:
    html = render(
        '{% component "callout" title=name %}{{ name }}{% endcomponent %}', name="<script>x</script>"
    )
    assert "<script>" not in html
    assert html.count("&lt;script&gt;") == 2


def test_component_keeps_the_markup_of_its_block() -> None:
    assert "<em>oui</em>" in render('{% component "panel" %}<em>oui</em>{% endcomponent %}')


def test_component_does_not_see_the_page_around_it() -> None:
    html = render('{% component "panel" %}corps{% endcomponent %}', title="de la page")
    assert "de la page" not in html


def test_component_can_hold_another() -> None:
    html = render(
        '{% component "panel" title="A" %}{% component "callout" %}dedans{% endcomponent %}{% endcomponent %}'
    )
    assert html.index("panel") < html.index("callout") < html.index("dedans")


def test_unknown_component_is_refused() -> None:
    with pytest.raises(TemplateDoesNotExist):
        render('{% component "no-such-thing" %}{% endcomponent %}')


def test_icon_is_decorative_unless_labelled() -> None:
    assert 'aria-hidden="true"' in render('{% icon "house" %}')
    labelled = render('{% icon "house" label=label %}', label='<b>"')
    assert 'role="img" aria-label="&lt;b&gt;&quot;"' in labelled


def test_unknown_icon_is_refused_and_says_where_to_add_it() -> None:
    with pytest.raises(ValueError, match=r"icons\.txt"):
        render('{% icon "no-such-icon" %}')


def test_unknown_icon_from_data_takes_the_fallback() -> None:
    assert "#circle" in render('{% icon name fallback="circle" %}', name="javascript:alert(1)")


def test_icon_list_is_sorted_and_without_repeats() -> None:
    lines = (ROOT / "site/core/icons.txt").read_text(encoding="utf-8").split()
    assert lines == sorted(icon_names())


@pytest.mark.django_db
def test_gallery_shows_every_component(client: Client, settings: object) -> None:
    settings.DEMO = True  # type: ignore[attr-defined]
    response = client.get("/styleguide/")
    shown = {template.name for template in response.templates}
    every = {f"components/{path.name}" for path in (ROOT / "templates/components").glob("*.html")}
    assert response.status_code == 200
    assert every - shown == NOT_ON_THIS_PAGE


@pytest.mark.django_db
def test_gallery_is_hidden_from_the_public(client: Client, settings: object) -> None:
    settings.DEMO = False  # type: ignore[attr-defined]
    assert client.get("/styleguide/").status_code == 404


def test_thread_says_each_state_in_words() -> None:
    stages = [
        {"status": "done", "label": "voix"},
        {"status": "late", "label": "actions"},
        {"status": "to_come", "label": "avis"},
    ]
    html = render('{% include "components/thread.html" %}', stages=stages)
    assert html.count("<li") == 3
    assert "fait" in html and "en retard" in html and "à venir" in html


def test_component_output_is_safe() -> None:
    assert isinstance(render('{% component "panel" %}x{% endcomponent %}'), SafeString)


def test_french_punctuation_stays_with_its_word() -> None:
    html = render("{{ text|french_spaces }}", text="Qui vous aide ? « Un <b>voisin »")
    assert html == "Qui vous aide\xa0? «\xa0Un &lt;b&gt;voisin\xa0»"


def test_a_verb_keeps_its_pronoun_and_the_text_stays_the_same() -> None:
    html = render(
        "{{ text|french_spaces|together }}", text="Avez-vous <b>faim</b> à Saint-Vite, y a-t-il un repas ?"
    )
    assert html == (
        '<span class="together">Avez-vous</span> &lt;b&gt;faim&lt;/b&gt; à Saint-Vite, '
        'y <span class="together">a-t-il</span> un repas\xa0?'
    )


def test_an_hour_stays_in_one_piece() -> None:
    assert render("{{ text|french_spaces }}", text="Ouvre à 9 h 30, hier") == "Ouvre à 9\xa0h\xa030, hier"


def test_an_error_never_buries_its_remedy_under_what_was_sent() -> None:
    html = render("{{ error|brief }}", error=f"« {'<b>' * 4000} » n’est pas dans la liste : choisissez.")
    assert (
        len(html) < 600
        and "&lt;b&gt;" in html
        and html.endswith("…\xa0» n’est pas dans la liste : choisissez.")
    )
    assert render("{{ error|brief }}", error="« zzz » n’est pas là.") == "« zzz » n’est pas là."
