"""Countries and their M49 regions."""

import csv
import os
from pathlib import Path

import pytest

from roadmap.domain.regions import COUNTRIES, REGIONS, region_of


@pytest.mark.parametrize(
    ("country", "region"),
    [
        ("SN", "011"),
        ("TN", "015"),
        ("PT", "039"),
        ("BR", "005"),
        ("pt", "039"),
        ("NA", "018"),
        ("ZZ", ""),
        ("", ""),
    ],
)
def test_a_country_is_counted_in_its_region(country: str, region: str) -> None:
    assert region_of(country) == region


def test_each_country_stands_in_one_region() -> None:
    listed = [country for countries in REGIONS.values() for country in countries.split()]
    assert (len(listed), sorted(listed)) == (len(set(listed)), list(COUNTRIES))


def test_the_regions_are_those_of_the_published_list() -> None:
    """But for Taiwan and Kosovo, on which the list is silent."""
    path = Path(os.environ.get("ROADMAP_TEST_DATA", "")) / "regions" / "iso3166-m49.csv"
    if not path.is_file():
        pytest.skip("set ROADMAP_TEST_DATA to the folder of real data")
    with path.open(encoding="utf-8") as file:
        published = {
            row["alpha-2"]: (row["intermediate-region-code"] or row["sub-region-code"]).zfill(3)
            for row in csv.DictReader(file)
            if row["sub-region-code"]
        }
    assert {country: region_of(country) for country in published} == published
    assert set(COUNTRIES) - set(published) == {"TW", "XK"}
