"""The gazetteer: names of conflict news, namesakes, containers, unknown names, a user's own rows."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parley.grounding.place_table import PlaceTable, PlaceTableError, key
from parley.grounding.places import Gazetteer, PlaceRowError
from parley.records import Place

NAMES_BY_COUNTRY = {
    "SYR": "Aleppo, Idlib, Hama, Kobani, Deir ez-Zor, Deir al-Zour, Raqqa, Manbij, Afrin, Palmyra, Daraa, Ghouta, Maarat al-Numan, Baghouz",
    "IRQ": "Mosul, Fallujah, Ramadi, Sinjar, Tal Afar, Baquba, Anbar, Sadr City, Hawija, Irbil",
    "YEM": "Hodeidah, Al-Hudaydah, Sana'a, Marib, Taiz, Saada, Hadramout, Ras Isa",
    "AFG": "Lashkar Gah, Kunduz, Helmand, Mazar-i-Sharif, Musa Qala, Spin Boldak, Torkham, Panjshir, Tarin Kot, Nangarhar",
    "PAK": "Miranshah, North Waziristan, Quetta, Swat, Balochistan, Parachinar",
    "UKR": "Bakhmut, Avdiivka, Pokrovsk, Chasiv Yar, Kharkov, Donbas, Crimea, Enerhodar, Robotyne, Sievierodonetsk",
    "RUS": "Grozny, Chechnya, Beslan, Kursk, Belgorod, Sudzha",
    "GEO": "Tskhinvali, South Ossetia, Abkhazia, Gori",
    "AZE": "Stepanakert, Nagorno-Karabakh, Shusha, Lachin corridor, Kalbajar",
    "COD": "Goma, Bukavu, Beni, Ituri, North Kivu, Bunagana, Rutshuru, Kanyabayonga, Katanga",
    "SDN": "El Fasher, Al-Fashir, El Geneina, Zalingei, Darfur, Zamzam camp, Wad Madani, Kadugli, Jebel Marra",
    "SSD": "Malakal, Bentiu, Pibor, Juba, Akobo, Yei",
    "ETH": "Mekelle, Tigray, Axum, Humera, Lalibela, Oromia",
    "SOM": "Mogadishu, Kismayo, Beledweyne, Las Anod, Puntland, Lower Shabelle",
    "MLI": "Kidal, Menaka, Gao, Timbuktu, Tinzaouaten, Mopti",
    "BFA": "Djibo, Solhan, Fada N'Gourma",
    "NER": "Diffa, Tillaberi, Tongo Tongo",
    "NGA": "Maiduguri, Chibok, Sambisa Forest, Borno, Zamfara, Niger Delta",
    "TCD": "N'Djamena, Adre, Faya-Largeau",
    "CMR": "Bamenda, Kolofata",
    "CAF": "Bangui, Bambari, Bria",
    "LBY": "Tripoli, Sirte, Misrata, Derna, Tobruk, Ras Lanuf",
    "EGY": "Sinai, El Arish, Sheikh Zuweid",
    "PSE": "Gaza Strip, Gaza, West Bank, Rafah, Khan Younis, Jenin, Ramallah, East Jerusalem",
    "ISR": "Sderot, Kfar Aza, Tel Aviv",
    "LBN": "Beirut, Bint Jbeil, Nabatieh, Sidon, Ain el-Hilweh",
    "TUR": "Diyarbakir, Cizre, Hakkari",
    "IRN": "Natanz, Fordow, Zahedan",
    "MMR": "Myawaddy, Rakhine, Sittwe, Laukkai, Kachin State, Rangoon",
    "PHL": "Marawi, Jolo, Mindanao",
    "LKA": "Jaffna, Kilinochchi, Mullaitivu",
    "NPL": "Kathmandu, Rolpa",
    "COL": "Caqueta, Catatumbo, Tumaco, Bogota",
    "MOZ": "Cabo Delgado, Mocimboa da Praia, Pemba",
    "UGA": "Gulu, Kitgum",
    "BIH": "Srebrenica, Sarajevo, Republika Srpska",
    "XKX": "Mitrovica, Pristina",
    "MDA": "Transnistria",
    "ESH": "Laayoune, Guerguerat",
    "IND": "Srinagar, Manipur, Imphal",
    "GBR": "Northern Ireland, Derry",
    "HTI": "Port-au-Prince, Cite Soleil",
    "KEN": "Garissa, Dadaab",
    "TLS": "Dili, East Timor",
    "ZAF": "Pretoria, KwaZulu-Natal",
}
CONFLICT_NAMES = [(name, country) for country, names in NAMES_BY_COUNTRY.items() for name in names.split(", ")]


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return Gazetteer.load()


@pytest.mark.parametrize(("name", "country"), CONFLICT_NAMES)
def test_a_name_of_conflict_news_is_found_in_its_country(gazetteer: Gazetteer, name: str, country: str) -> None:
    best = gazetteer.candidates(name)[0]
    assert best.country == country
    assert best.lat is not None
    assert best.lon is not None


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Deir ez-Zor", "Deir al Zor"),
        ("Sana’a", "Sanaa"),
        ("St. Louis", "Saint Louis"),
        ("Al-Raqqah", "ar-Raqqa"),
        ("N'Djamena", "N’DJAMENA"),
        ("Ménaka", "Menaka"),
        ("the Hague", "Hague"),
        ("U.S.", "US"),
    ],
)
def test_spellings_share_a_key(left: str, right: str) -> None:
    assert key(left) == key(right)


@pytest.mark.parametrize(
    ("names", "countries"),
    [
        (["Tripoli", "Beirut", "Sidon", "Lebanon"], ["LBN", "LBN", "LBN", "LBN"]),
        (["Tripoli", "Benghazi"], ["LBY", "LBY"]),
        (["Palma", "Pemba", "Mozambique"], ["MOZ", "MOZ", "MOZ"]),
        (["Georgia", "Atlanta", "Alabama", "Florida"], ["USA", "USA", "USA", "USA"]),
        (["Georgia", "Tbilisi", "South Ossetia"], ["GEO", "GEO", "GEO"]),
        (["Birmingham", "London"], ["GBR", "GBR"]),
    ],
)
def test_names_of_one_report_are_decided_together(gazetteer: Gazetteer, names: list[str], countries: list[str]) -> None:
    assert [p and p.country for p in gazetteer.resolve(names)] == countries


@pytest.mark.parametrize(
    ("name", "country", "admin1"),
    [
        ("Tripoli, Lebanon", "LBN", None),
        ("Birmingham, Alabama", "USA", "Alabama"),
        ("Birmingham, Ala.", "USA", "Alabama"),
        ("Hama (Syria)", "SYR", "Hama"),
        ("Valencia, Carabobo, Venezuela", "VEN", "Carabobo"),
    ],
)
def test_a_container_in_the_name_decides(gazetteer: Gazetteer, name: str, country: str, admin1: str | None) -> None:
    (place,) = gazetteer.resolve([name])
    assert place is not None
    assert place.country == country
    assert place.text == name
    assert admin1 is None or place.admin1 == admin1


def test_a_container_beside_the_name_decides_for_later_mentions_too(gazetteer: Gazetteer) -> None:
    places = gazetteer.resolve(["Tripoli", "Tripoli"], containers=["Lebanon", None])
    assert [p and p.country for p in places] == ["LBN", "LBN"]


def test_countries_that_the_report_names_decide(gazetteer: Gazetteer) -> None:
    (place,) = gazetteer.resolve(["Tripoli"], countries={"LBN": 5})
    assert place is not None
    assert place.country == "LBN"


def spans_of(text: str, *names: str) -> list[tuple[int, int]]:
    starts = [text.index(n) for n in names]
    return [(s, s + len(n)) for s, n in zip(starts, names, strict=True)]


@pytest.mark.parametrize(
    ("text", "names", "expected"),
    [
        ("Clashes in Tripoli, Lebanon, killed two.", ["Tripoli", "Lebanon"], [("Lebanon",), ()]),
        ("Fighting spread to Hama, Homs and Idlib.", ["Hama", "Homs", "Idlib"], [(), (), ()]),
        ("Envoys of Iraq, Syria and Iran met.", ["Iraq", "Syria", "Iran"], [(), (), ()]),
        ("a raid in Marjah in Helmand", ["Marjah", "Helmand"], [("Helmand",), ()]),
    ],
)
def test_containers_are_read_from_the_text(gazetteer: Gazetteer, text: str, names: list[str], expected: list[tuple[str, ...]]) -> None:
    assert gazetteer.containers_in(text, spans_of(text, *names)) == expected


@pytest.mark.parametrize(
    ("name", "country", "precision"),
    [
        ("northern Gaza", "PSE", "admin1"),
        ("Aleppo province", "SYR", "admin1"),
        ("southern Afghanistan", "AFG", "country"),
        ("Musa Qala district", "AFG", None),
        ("the outskirts of Khartoum", "SDN", "city"),
        ("Helmand's", "AFG", "admin1"),
    ],
)
def test_words_around_a_name_are_understood(gazetteer: Gazetteer, name: str, country: str, precision: str | None) -> None:
    best = gazetteer.candidates(name)[0]
    assert best.country == country
    assert precision is None or best.precision == precision


def test_a_disputed_region_has_coordinates_and_no_country(gazetteer: Gazetteer) -> None:
    best = gazetteer.candidates("Kashmir")[0]
    assert (best.country, best.precision) == (None, "region")
    assert best.lat is not None


def test_an_unknown_name_is_none_or_kept(gazetteer: Gazetteer) -> None:
    assert gazetteer.resolve(["Qwxyzzv"]) == [None]
    assert gazetteer.resolve(["Qwxyzzv"], keep_unknown=True) == [Place("Qwxyzzv", "Qwxyzzv")]


def test_an_unknown_name_in_a_known_country_gets_the_country(gazetteer: Gazetteer) -> None:
    (place,) = gazetteer.resolve(["Qwxyzzv, Syria"])
    assert place is not None
    assert (place.name, place.country, place.precision, place.geoname) == ("Qwxyzzv", "SYR", "country", None)


def test_another_spelling_is_read_only_where_the_report_is_about_the_country(gazetteer: Gazetteer) -> None:
    assert gazetteer.resolve(["Tajjoura"]) == [None]
    (place,) = gazetteer.resolve(["Tajjoura"], countries={"LBY": 3})
    assert place is not None
    assert place.country == "LBY"


def test_words_that_are_no_places_are_not_found(gazetteer: Gazetteer) -> None:
    assert gazetteer.candidates("U.N.") == []
    assert gazetteer.candidates("March") == []


def row(**cells: str) -> Mapping[str, str]:
    return {"name": "", "aliases": "", "country": "", "admin1": "", "lat": "", "lon": "", "precision": "", **cells}


def test_a_users_rows_are_laid_over() -> None:
    own = Gazetteer.load(
        [
            row(name="Checkpoint Alfa", aliases="CP Alfa", country="SYR", admin1="Idlib", lat="35.9", lon="36.6", precision="city"),
            row(name="Aleppo", aliases="Old Smoke", country="SYR", precision="city"),
            row(name="-Goma"),
        ]
    )
    assert own.candidates("CP Alfa")[0].lat == 35.9
    assert own.candidates("Old Smoke")[0].name == "Aleppo"
    assert own.candidates("Goma") == []


@pytest.mark.parametrize(
    ("cells", "wrong"),
    [
        ({"name": ""}, "without a name"),
        ({"name": "X", "lat": "north", "lon": "1"}, "degrees"),
        ({"name": "X", "lat": "91", "lon": "1"}, "no point on Earth"),
        ({"name": "X", "lat": "1", "lon": "1", "precision": "exact"}, "precision"),
        ({"name": "X", "lat": "1", "lon": "1", "country": "Syria"}, "alpha-3"),
    ],
)
def test_a_bad_row_is_refused_with_its_reason(cells: dict[str, str], wrong: str) -> None:
    with pytest.raises(PlaceRowError, match=wrong):
        Gazetteer.load([row(**cells)])


def test_containers_must_match_the_names(gazetteer: Gazetteer) -> None:
    with pytest.raises(ValueError, match="containers"):
        gazetteer.resolve(["Hama"], containers=[])


def test_a_missing_table_says_how_to_make_it(tmp_path_factory: pytest.TempPathFactory) -> None:
    with pytest.raises(PlaceTableError, match="places_build"):
        PlaceTable(tmp_path_factory.mktemp("empty") / "places.bin")


@given(st.lists(st.text(max_size=30), max_size=8))
def test_resolve_never_fails_and_keeps_the_order(names: list[str]) -> None:
    gazetteer = shared()
    places = gazetteer.resolve(names, keep_unknown=True)
    assert [p.text for p in places if p is not None] == names
    assert places == gazetteer.resolve(names, keep_unknown=True)


_loaded: list[Gazetteer] = []


def shared() -> Gazetteer:
    """One gazetteer for the generated cases, which take no fixtures."""
    if not _loaded:
        _loaded.append(Gazetteer.load())
    return _loaded[0]
