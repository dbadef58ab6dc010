"""Past syntheses: headings, lists, tables and cut sentences, whatever the kind of file."""

import datetime

import pytest

from consultations.syntheses.document import Document, Item
from consultations.syntheses.reading import Imported, read_synthesis
from tests.syntheses.examples import FOUNDING, archive, founding_file
from tests.syntheses.files import BUILDERS


def read(text: str, name: str = "a.txt") -> Imported:
    return read_synthesis(text.encode(), name=name)


def texts(document: Document, code: str) -> list[str]:
    return [item.text for item in document.block(code)]


def test_founding_document_gives_its_blocks() -> None:
    path = founding_file()
    imported = read_synthesis(path.read_bytes(), name=path.name)
    document = imported.document
    assert document.counts == FOUNDING
    assert document.held_on == datetime.date(2014, 4, 2)
    assert (document.session, document.theme) == ("Atelier 2", "Autonomie")
    assert document.title == "Synthèse des Ateliers départementaux Lot-et-Garonne"
    nested = {code: [len(item.items) for item in document.block(code) if item.items] for code in FOUNDING}
    assert nested["recommendations"] == [3, 2]
    assert nested["essential_points"] == [3]
    assert imported.left_out == ()


def test_founding_document_keeps_every_word() -> None:
    path = founding_file()
    document = read_synthesis(path.read_bytes(), name=path.name).document
    said = " ".join(each.text for code in FOUNDING for item in document.block(code) for each in item)
    assert "nécessité de repenser l'offre en points info jeunes" in said
    assert "son projet de vie : les politiques" in said
    assert "*" not in said
    assert "<" not in said


@pytest.mark.parametrize("kind", BUILDERS)
def test_founding_document_is_the_same_tree_in_every_kind_of_file(kind: str) -> None:
    path = founding_file()
    document = read_synthesis(path.read_bytes(), name=path.name).document
    again = read_synthesis(BUILDERS[kind](document), name=f"a.{kind}")
    assert again.document == document or kind == "txt"
    assert again.document.counts == document.counts
    assert again.left_out == ()


def test_archive_of_the_demo_has_the_shape_of_the_founding_document() -> None:
    document = archive()
    assert document.counts == FOUNDING
    assert (document.session, document.theme) == ("Atelier 2", "Autonomie")
    assert document.held_on == datetime.date(2014, 4, 2)


@pytest.mark.parametrize("kind", ["docx", "odt", "md"])
def test_archive_is_the_same_tree_in_every_kind_of_file(kind: str) -> None:
    document = archive()
    again = read_synthesis(BUILDERS[kind](document), name=f"fichier.{kind}")
    assert again.document == document
    assert again.document.content_hash == document.content_hash
    assert again.left_out == ()


@pytest.mark.parametrize(
    ("heading", "code"),
    [
        ("POINTS SAILLANTS", "salient_points"),
        ("« Points saillants »", "salient_points"),
        ("points saillants", "salient_points"),
        ("Points saillants :", "salient_points"),
        ("1) Faits saillants", "salient_points"),
        ("Mots-clés", "keywords"),
        ("MOTS CLEFS", "keywords"),
        ("Leviers à soutenir", "levers"),
        ("Points positifs et leviers", "levers"),
        ("CE QUI MARCHE", "levers"),
        ("Points à améliorer.", "improvements"),
        ("II - AXES D'AMÉLIORATION", "improvements"),
        ("Preconisations", "recommendations"),
        ("RECOMMANDATIONS :", "recommendations"),
        ("L’essentiel", "essential_points"),
        ("MODALITES DE PARTICIPATION DES HABITANTS", "user_participation"),
    ],
)
def test_headings_are_recognised(heading: str, code: str) -> None:
    document = read(f"Titre\n\n{heading}\n\n- Une idée\n").document
    assert texts(document, code) == ["Une idée"]


def test_item_ending_in_a_colon_owns_those_after_it_until_another_does() -> None:
    document = read(
        "PRECONISATIONS\n\n- Une\n- Pour les uns :\n- a\n- b\n- Pour les autres :\n- c\n"
    ).document
    assert document.block("recommendations") == (
        Item("Une"),
        Item("Pour les uns :", (Item("a"), Item("b"))),
        Item("Pour les autres :", (Item("c"),)),
    )


def test_colon_inside_a_sentence_owns_nothing() -> None:
    document = read("PRECONISATIONS\n\n- Constat : on ne sait pas\n- Suite\n").document
    assert texts(document, "recommendations") == ["Constat : on ne sait pas", "Suite"]


def test_indented_items_end_what_a_colon_owns() -> None:
    document = read("PRECONISATIONS\n\n- Soutenir :\n - a\n - b\n- Multiplier\n").document
    assert [(item.text, len(item.items)) for item in document.block("recommendations")] == [
        ("Soutenir :", 2),
        ("Multiplier", 0),
    ]


def test_sentence_cut_over_lines_and_paragraphs_is_joined() -> None:
    document = read(
        "LEVIERS\n\n- Une phrase\ncoupée en deux\n- Une autre, coupée\n\npar un vide\n- Fin\n"
    ).document
    assert texts(document, "levers") == ["Une phrase coupée en deux", "Une autre, coupée par un vide", "Fin"]


def test_row_of_two_columns_holding_html_lists_is_read() -> None:
    row = '<ul style="list-style-type: none"> - Un outil - Une équipe (école, loisirs) </ul>\t<ul><li>Mutualiser<li>Élargir</ul>'
    document = read(f"POINTS POSITIFS ou LEVIERS A SOUTENIR\tPOINTS A AMELIORER\n{row}\n").document
    assert texts(document, "levers") == ["Un outil", "Une équipe (école, loisirs)"]
    assert texts(document, "improvements") == ["Mutualiser", "Élargir"]


def test_dash_inside_a_cell_sentence_is_kept() -> None:
    document = read("LEVIERS\tPOINTS A AMELIORER\n- Le lien ville - hôpital - Un outil\t- Rien\n").document
    assert texts(document, "levers") == ["Le lien ville - hôpital", "Un outil"]


def test_heading_of_two_blocks_only_announces_them() -> None:
    document = read(
        "- POINTS SAILLANTS et MOTS CLES :\n\nPOINTS SAILLANTS\n\n- a\n\nMOTS CLES\n\n- b\n"
    ).document
    assert (texts(document, "salient_points"), texts(document, "keywords")) == (["a"], ["b"])


def test_what_no_block_takes_is_listed_with_its_line() -> None:
    imported = read("Titre\nUne ligne de trop\n\nLEVIERS\n\n- a\n\nREMERCIEMENTS\n\n- À tous\n")
    assert [(each.line, each.text) for each in imported.left_out] == [
        (2, "Une ligne de trop"),
        (8, "REMERCIEMENTS"),
        (10, "À tous"),
    ]
    assert texts(imported.document, "levers") == ["a"]


def test_keywords_on_one_line_are_parted() -> None:
    assert texts(read("Mots clés : coordination, référent ; confiance.\n").document, "keywords") == [
        "coordination",
        "référent",
        "confiance",
    ]


def test_block_without_bullets_takes_its_paragraphs() -> None:
    document = read("Préconisations\n\nCréer un guichet.\n\nFormer les équipes.\n").document
    assert texts(document, "recommendations") == ["Créer un guichet.", "Former les équipes."]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("2 AVRIL 2014", datetime.date(2014, 4, 2)),
        ("Le 1er août 2023", datetime.date(2023, 8, 1)),
        ("02/04/2014", datetime.date(2014, 4, 2)),
        ("2014-04-02", datetime.date(2014, 4, 2)),
        ("Agen, mercredi 2 avril 2014", datetime.date(2014, 4, 2)),
        ("31 février 2014", None),
    ],
)
def test_day_is_read(line: str, expected: datetime.date | None) -> None:
    assert read(f"Titre\n{line}\nLEVIERS\n- a\n").document.held_on == expected


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_encodings_give_the_same_tree(encoding: str) -> None:
    text = "Préparé\r\n\r\nMOTS CLÉS\r\n\r\n- Référent « œuvre »\r\n"
    document = read_synthesis(text.encode(encoding), name="a.txt").document
    assert texts(document, "keywords") == ["Référent « œuvre »"]


def test_decomposed_accents_are_the_same_words() -> None:
    assert texts(read("MOTS CLE\u0301S\n- Re\u0301fe\u0301rent\n").document, "keywords") == ["Référent"]


def test_label_of_one_word_may_start_a_sentence() -> None:
    document = read("Préconisations\n\nPropositions : créer un guichet\n\nFormer les équipes\n").document
    assert texts(document, "recommendations") == ["Propositions : créer un guichet", "Former les équipes"]


def test_name_of_a_block_inside_a_cut_sentence_is_not_a_heading() -> None:
    document = read("LEVIERS\n\n- Partager les\nconstats\n- Fin\n").document
    assert texts(document, "levers") == ["Partager les constats", "Fin"]
