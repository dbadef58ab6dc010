"""Writing questions without JavaScript: added, moved, copied, deleted, completed, by one person or two."""

import pytest
from django.test import Client

from consultations.surveys.models import Survey
from consultations.surveys.services import save_draft_definition
from consultations.surveys.workspace.document import fingerprint
from needs.models import Need

XSS = "<script>alert(1)</script>"


def codes(survey: Survey) -> list[str]:
    survey.refresh_from_db()
    return [question["code"] for question in survey.draft["questions"]]


def question(survey: Survey, code: str) -> dict:
    survey.refresh_from_db()
    return next(each for each in survey.draft["questions"] if each["code"] == code)


def choice_data(*labels: str, codes: tuple[str, ...] = ()) -> dict[str, str]:
    data = {"choice-TOTAL_FORMS": str(len(labels)), "choice-INITIAL_FORMS": "0"}
    for index, label in enumerate(labels):
        data[f"choice-{index}-label"] = label
        data[f"choice-{index}-code"] = codes[index] if index < len(codes) else ""
    return data


def test_overview_lists_questions_and_what_is_missing(staff: Client, survey: Survey, base: str) -> None:
    survey.draft["questions"][0]["choices"] = []
    survey.save(update_fields=["draft"])
    page = staff.get(base).content.decode()
    assert page.index("Vivez-vous seul") < page.index("Combien de visites")
    assert f'href="{base}questions/seul/"' in page


def test_add_gives_a_code_made_from_the_words(staff: Client, survey: Survey, base: str) -> None:
    response = staff.post(
        base + "nouvelle-question/", {"type": "text", "label": "De quoi avez-vous besoin ?"}
    )
    assert response["Location"] == f"{base}questions/de_quoi_avez_vous_besoin/"
    assert codes(survey) == ["seul", "visites", "de_quoi_avez_vous_besoin"]


@pytest.mark.parametrize("data", [{}, {"type": "riddle", "label": "?"}, {"type": "text", "label": "x" * 501}])
def test_add_refuses_what_it_does_not_know(staff: Client, survey: Survey, base: str, data: dict) -> None:
    assert staff.post(base + "nouvelle-question/", data).status_code == 422
    assert codes(survey) == ["seul", "visites"]


@pytest.mark.parametrize(
    ("op", "expected"),
    [
        ("up:visites", ["visites", "seul"]),
        ("down:seul", ["visites", "seul"]),
        ("up:seul", ["seul", "visites"]),
        ("copy:seul", ["seul", "seul_2", "visites"]),
        ("up:gone", ["seul", "visites"]),
        ("explode:seul", ["seul", "visites"]),
        ("", ["seul", "visites"]),
    ],
)
def test_arrange(staff: Client, survey: Survey, base: str, op: str, expected: list[str]) -> None:
    assert staff.post(base + "ranger/", {"op": op}, follow=True).status_code == 200
    assert codes(survey) == expected


def test_delete_asks_first(staff: Client, survey: Survey, base: str) -> None:
    assert staff.get(base + "questions/seul/supprimer/").status_code == 200
    assert codes(survey) == ["seul", "visites"]
    staff.post(base + "questions/seul/supprimer/")
    assert codes(survey) == ["visites"]


def test_edit_saves_words_in_every_language_and_choices(staff: Client, survey: Survey, base: str) -> None:
    data = choice_data("Oui", "Non", "Parfois", "", codes=("oui", "non")) | {
        "label_fr": "Vivez-vous seul ou seule ?",
        "label_easy": "Vous vivez seul ?",
        "label_en": "Do you live alone?",
        "required": "on",
        "choice-2-exclusive": "on",
    }
    response = staff.post(base + "questions/seul/", data)
    assert response.status_code == 302
    saved = question(survey, "seul")
    assert saved["label"] == {
        "fr": "Vivez-vous seul ou seule ?", "fr-easy": "Vous vivez seul ?", "en": "Do you live alone?",
    }  # fmt: skip
    assert [choice["code"] for choice in saved["choices"]] == ["oui", "non", "parfois"]
    assert (saved["required"], saved["choices"][2]["exclusive"]) == (True, True)


def test_edit_without_words_is_refused_and_keeps_the_rest(staff: Client, survey: Survey, base: str) -> None:
    response = staff.post(base + "questions/visites/", {"label_fr": "", "help_fr": "À garder", "min": "a"})
    assert response.status_code == 422
    assert "À garder" in response.content.decode()
    assert question(survey, "visites")["label"] == {"fr": "Combien de visites ?"}


@pytest.mark.parametrize(
    ("op", "labels"),
    [
        ("choice:add", ["Un", "Deux", ""]),
        ("choice:up:1", ["Deux", "Un"]),
        ("choice:down:0", ["Deux", "Un"]),
        ("choice:remove:0", ["Deux"]),
        ("choice:up:99", ["Un", "Deux"]),
        ("choice:boom", ["Un", "Deux"]),
    ],
)
def test_arranging_choices_keeps_what_is_typed(
    staff: Client, survey: Survey, base: str, op: str, labels: list[str]
) -> None:
    data = choice_data("Un", "Deux") | {"label_fr": "Pas encore enregistrée", "op": op}
    response = staff.post(base + "questions/seul/", data)
    assert response.status_code == 200
    assert [row["label"].value() or "" for row in response.context["choices"]] == labels
    assert "Pas encore enregistrée" in response.content.decode()
    assert question(survey, "seul")["label"] == {"fr": "Vivez-vous seul ?"}


def test_needs_are_found_by_words_and_saved(staff: Client, survey: Survey, base: str) -> None:
    Need.objects.create(code="1.3.4.2", family="need", official_label="Transport", plain_label="Me déplacer")
    data = {"label_fr": "Visites ?", "needs_query": "me deplacer", "op": "search"}
    assert 'value="1.3.4.2"' in staff.post(base + "questions/visites/", data).content.decode()
    staff.post(base + "questions/visites/", {"label_fr": "Visites ?", "needs": ["1.3.4.2"]})
    assert question(survey, "visites")["needs"] == ["1.3.4.2"]


def test_two_editors_of_one_question_both_keep_their_words(
    staff: Client, survey: Survey, organiser, base: str
) -> None:
    opened = fingerprint(question(survey, "visites"))
    theirs = survey.draft["questions"][0], {**survey.draft["questions"][1], "label": {"fr": "La leur"}}
    save_draft_definition(
        actor=organiser, survey=survey, document={**survey.draft, "questions": list(theirs)}, revision=1
    )
    mine = {"label_fr": "La mienne", "base": opened}
    response = staff.post(base + "questions/visites/", mine)
    page = response.content.decode()
    assert response.status_code == 409
    assert "La mienne" in page
    assert "La leur" in page
    assert question(survey, "visites")["label"]["fr"] == "La leur"
    kept = {"label_fr": "La mienne", "base": response.context["base"]}
    assert staff.post(base + "questions/visites/", kept).status_code == 302
    assert question(survey, "visites")["label"]["fr"] == "La mienne"


def test_two_editors_of_two_questions_do_not_disturb_each_other(
    staff: Client, survey: Survey, organiser, base: str
) -> None:
    opened = fingerprint(question(survey, "visites"))
    other = {**survey.draft["questions"][0], "label": {"fr": "Changée"}}
    document = {**survey.draft, "questions": [other, survey.draft["questions"][1]]}
    save_draft_definition(actor=organiser, survey=survey, document=document, revision=1)
    staff.post(base + "questions/visites/", {"label_fr": "La mienne", "base": opened})
    assert question(survey, "seul")["label"]["fr"] == "Changée"
    assert question(survey, "visites")["label"]["fr"] == "La mienne"


def test_deleted_meanwhile_is_said(staff: Client, survey: Survey, base: str) -> None:
    assert staff.get(base + "questions/jamais/").status_code == 404


@pytest.mark.parametrize(
    "path", ["", "questions/visites/", "papier/", "partager/", "publier/", "questions/visites/condition/"]
)
def test_hostile_words_are_shown_not_run(staff: Client, survey: Survey, base: str, path: str) -> None:
    survey.draft["questions"][1] |= {"label": {"fr": XSS}, "help": {"fr": XSS}}
    survey.draft["intro"] = {"fr": XSS}
    survey.title = XSS
    survey.save(update_fields=["draft", "title"])
    assert XSS not in staff.get(base + path).content.decode()


def test_overview_costs_the_same_however_long(
    staff: Client, survey: Survey, base: str, django_assert_max_num_queries
) -> None:
    survey.draft["questions"] = [
        {"code": f"q{n}", "type": "text", "label": {"fr": f"Question {n}"}} for n in range(40)
    ]
    survey.save(update_fields=["draft"])
    staff.get(base)
    with django_assert_max_num_queries(14):
        staff.get(base)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("1; 4; 8", [1, 4, 8]),
        ("0,5 ;1,5", [0.5, 1.5]),
        ("1, 4, 8", [1, 4, 8]),
        ("10 20", [10, 20]),
        ("", None),
    ],
)
def test_bands_are_typed_as_people_write_numbers(staff, survey, base, typed, kept) -> None:
    staff.post(base + "questions/visites/", {"label_fr": "Combien ?", "min": 0, "max": 50, "bands": typed})
    survey.refresh_from_db()
    assert survey.draft["questions"][1].get("bands") == kept


@pytest.mark.parametrize("typed", ["beaucoup", "4; 1", "1; 1", "1;2;3;4;5;6;7;8;9;10"])
def test_bands_that_cannot_be_read_are_refused_and_kept_on_the_page(staff, survey, base, typed) -> None:
    answer = staff.post(base + "questions/visites/", {"label_fr": "Combien ?", "bands": typed})
    assert answer.status_code == 422
    assert typed in answer.content.decode()
    survey.refresh_from_db()
    assert "bands" not in survey.draft["questions"][1]


def test_editor_shows_the_bands_as_they_will_be_counted(staff, survey, base) -> None:
    staff.post(base + "questions/visites/", {"label_fr": "Combien ?", "min": 0, "step": 1, "bands": "1; 4"})
    page = staff.get(base + "questions/visites/").content.decode()
    assert 'value="1; 4"' in page
    assert "0 · 1 à 3 · 4 et plus" in page


def test_days_of_a_date_are_kept_as_the_document_writes_them(staff, survey, base) -> None:
    survey.draft["questions"].append({"code": "jour", "type": "date", "label": {"fr": "Quel jour ?"}})
    survey.save(update_fields=["draft"])
    days = {"first_day": "2026-12-01", "last_day": "2027-01-31", "group_by": "month"}
    staff.post(base + "questions/jour/", {"label_fr": "Quel jour ?", **days})
    survey.refresh_from_db()
    assert {name: survey.draft["questions"][2][name] for name in days} == days
    assert 'value="2026-12-01"' in staff.get(base + "questions/jour/").content.decode()


def test_a_question_of_satisfaction_comes_with_its_answers(staff: Client, survey: Survey, base: str) -> None:
    staff.post(base + "nouvelle-question/", {"type": "four_levels", "label": "Êtes-vous satisfait ?"})
    made = question(survey, "etes_vous_satisfait")
    assert (made["type"], made["measure"]) == ("single", "four_levels")
    assert [choice["code"] for choice in made["choices"]] == ["4", "3", "2", "1", "sans_avis"]
    page = staff.get(base + "questions/etes_vous_satisfait/").content.decode()
    assert "Pas du tout satisfait ou satisfaite" in page


def test_what_a_scale_measures_sets_its_ends(staff: Client, survey: Survey, base: str) -> None:
    staff.post(base + "nouvelle-question/", {"type": "scale", "label": "Le conseillez-vous ?"})
    address = f"{base}questions/le_conseillez_vous/"
    data = {"label_fr": "Le conseillez-vous ?", "min": "2", "max": "8", "step": "1"}
    staff.post(address, {**data, "measure": "csat"})
    made = question(survey, "le_conseillez_vous")
    assert (made["measure"], made["min"], made["max"]) == ("csat", 1, 5)
    assert staff.post(address, {**data, "measure": "joy"}).status_code == 422
    staff.post(address, {**data, "measure": ""})
    assert "measure" not in question(survey, "le_conseillez_vous")
