"""Search page, its fragment and its JSON; files of outlines; maps without JavaScript."""

import gzip
import json

import pytest
from django.test import Client

from territories.models import GeometryLayer
from territories.selectors import UnknownLayer, layer_files, map_outlines

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("lot_et_garonne")]


class TestSearch:
    def test_page_lists_places_with_their_kind(self, client: Client) -> None:
        response = client.get("/territoires/recherche/", {"q": "nerac"})
        assert response.status_code == 200
        assert response.content.decode().count('class="badge"') == 2

    def test_json_gives_codes_of_one_level(self, client: Client) -> None:
        response = client.get(
            "/territoires/recherche/",
            {"q": "nerac", "niveau": "commune"},
            headers={"Accept": "application/json"},
        )
        assert response.json()["results"] == [
            {
                "code": "47195",
                "level": "commune",
                "level_name": "commune",
                "name": "Nérac",
                "context": "Lot-et-Garonne",
                "via": "",
            }
        ]

    @pytest.mark.parametrize("text", ["", "<b>x</b>", "'" * 3000, "%00", "😀"])
    def test_hostile_words_find_nothing_and_are_escaped(self, client: Client, text: str) -> None:
        response = client.get("/territoires/recherche/", {"q": text, "niveau": "../x"})
        assert response.status_code == 200
        assert "<b>x</b>" not in response.content.decode()

    def test_root_leads_to_the_search(self, client: Client) -> None:
        assert client.get("/territoires/").url == "/territoires/recherche/"  # type: ignore[attr-defined]

    def test_posting_is_refused(self, client: Client) -> None:
        assert client.post("/territoires/recherche/").status_code == 405


class TestLayers:
    def test_files_are_complete_immutable_and_compressed(self, client: Client) -> None:
        files = layer_files("commune")
        plain = client.get(files.url)
        assert "immutable" in plain.headers["Cache-Control"]
        assert len(json.loads(plain.content)["features"]) == 319
        small = client.get(files.light_url, headers={"Accept-Encoding": "gzip"})
        assert small.headers["Content-Encoding"] == "gzip"
        assert len(small.content) < 60_000
        assert len(json.loads(gzip.decompress(small.content))["features"]) == 319

    def test_cantons_have_their_official_code(self, client: Client) -> None:
        features = json.loads(client.get(layer_files("canton").url).content)["features"]
        assert {one["properties"]["code"] for one in features} == {f"47{n:02}" for n in range(1, 22)}

    @pytest.mark.parametrize(("asked", "given"), [(None, 2025), (2024, 2021), (2021, 2021), (1990, 2021)])
    def test_vintage_in_force_is_chosen(self, asked: int | None, given: int) -> None:
        assert layer_files("epci", vintage=asked).vintage == given

    @pytest.mark.parametrize(
        "path", ["commune/2018/full.0123456789abcdef.json", "commune/2018/../full.json", "x/1/light.zz.json"]
    )
    def test_unknown_file_is_not_found(self, client: Client, path: str) -> None:
        assert client.get(f"/territoires/contours/{path}").status_code == 404

    def test_map_has_one_path_per_territory_and_one_query(self, django_assert_num_queries) -> None:  # type: ignore[no-untyped-def]
        with django_assert_num_queries(1):
            drawn = map_outlines("commune", width=640)
        assert drawn.viewbox == "0 0 640 583"
        assert [one.name for one in drawn.shapes if not one.path.startswith("M")] == []
        assert sum(len(one.path) for one in drawn.shapes) < 130_000

    def test_some_territories_alone_are_framed(self) -> None:
        drawn = map_outlines("epci", codes=["244700449", "244700464"], width=300)
        assert [one.code for one in drawn.shapes] == ["244700449", "244700464"]

    def test_level_without_layer_says_so(self) -> None:
        GeometryLayer.objects.all().delete()
        with pytest.raises(UnknownLayer, match="canton"):
            map_outlines("canton")


class TestPortraits:
    def test_an_unknown_place_is_said_with_a_remedy(self, client: Client) -> None:
        response = client.get("/observatoire/territoires/commune/99999/")
        assert response.status_code == 404
        assert "Nous ne connaissons pas ce lieu" in response.content.decode()

    def test_a_place_found_leads_to_its_portrait(self, client: Client) -> None:
        html = client.get("/territoires/recherche/", {"q": "nerac"}).content.decode()
        assert 'href="/observatoire/territoires/commune/47195/"' in html
