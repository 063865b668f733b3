"""The service list as data: every region, every code, prices honest, opening hours and holidays."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
import yaml

from care import service_list
from care.service_list.catalogue import DATA, CatalogueError, general_items, load

CODES = set(
    [
        "meal",
        "canteen",
        "bath",
        "medical",
        "home_nursing",
        "cleaning",
        "travel",
        "urgent",
        "haircut",
        "foot_care",
        "errand",
        "day_care",
        "respite",
        "home_bed",
        "aids_rental",
        "aids_return",
        "home_adaptation",
        "ability_assessment",
        "waitlist",
        "family_doctor",
        "disability_assessment",
        "visit",
        "carer_training",
    ]
)
REGIONS = {"yangling", "hunan", "nanchang", "changchun", "dongguan"}


def test_every_region_offers_every_service_of_the_contract():
    assert set(service_list.regions()) == REGIONS
    for region in REGIONS:
        assert {item.code for item in service_list.items(region)} >= CODES


def test_what_only_one_town_has_is_not_told_to_another():
    assert service_list.item("dongguan", "safety_bell")
    assert service_list.item("dongguan", "benefit_card")
    for region in REGIONS - {"dongguan"}:
        assert service_list.item(region, "safety_bell") is None
        assert service_list.item(region, "benefit_card") is None


def test_the_canteen_has_each_towns_own_name():
    names = {region: service_list.item(region, "canteen").say_name for region in REGIONS}
    assert names["dongguan"] == "长者饭堂"
    assert names["changchun"] == "敬老餐厅"
    assert "颐养之家" in service_list.item("nanchang", "canteen").name
    assert "养老驿站" in service_list.item("yangling", "canteen").name


def test_every_price_is_marked_as_demonstration_and_has_a_source():
    for region in REGIONS:
        for item in service_list.items(region):
            if item.price:
                assert item.price_demo and item.price_source
                assert isinstance(item.price, Decimal)


def test_unknown_money_stays_unknown():
    assert service_list.item("dongguan", "safety_bell").price is None
    assert service_list.item("hunan", "respite").price is None


def test_every_service_has_somebody_who_does_it():
    for region in REGIONS:
        for item in service_list.items(region):
            assert service_list.providers(region, item.code), (region, item.code)


def test_who_covers_the_address_comes_first():
    found = service_list.providers("nanchang", "meal", "红谷滩凤凰家园3栋1201")
    assert found[0].id == "nc-honggutan"
    assert len(found) > 1


def test_providers_are_marked_and_carry_no_telephone_number():
    for region in REGIONS:
        for one in service_list.providers(region):
            assert one.demo and ("演示" in one.name)
            assert sum(letter.isdigit() for letter in one.address + one.hours) < 7


def test_a_word_names_one_service_everywhere():
    seen: dict[str, str] = {}
    for region in REGIONS:
        for item in service_list.items(region):
            for word in (item.say_name, *item.aliases):
                assert seen.setdefault(word, item.code) == item.code, word
    assert service_list.aliases()["冲凉"] == "bath"
    assert service_list.aliases()["剃头"] == "haircut"


def test_a_new_service_is_one_row(tmp_path: Path):
    for file in (DATA / "service_list").glob("*.yaml"):
        (tmp_path / file.name).write_text(file.read_text(encoding="utf-8"), encoding="utf-8")
    town = yaml.safe_load((tmp_path / "hunan.yaml").read_text(encoding="utf-8"))
    base = yaml.safe_load((tmp_path / "base.yaml").read_text(encoding="utf-8"))
    row = next(r for r in base["services"] if r["code"] == "haircut")
    town["add"] = [{**row, "code": "massage", "name": "上门按摩", "say_name": "按摩", "aliases": ["推拿"]}]
    (tmp_path / "hunan.yaml").write_text(yaml.safe_dump(town, allow_unicode=True), encoding="utf-8")
    assert load(tmp_path)["hunan"]["massage"].say_name == "按摩"
    assert "massage" not in load(tmp_path)["nanchang"]


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"hours": [["9点", "10:00"]]}, "hours"),
        ({"hours": [["11:00", "10:00"]]}, "hours"),
        ({"slots": ["colour"]}, "colour"),
        ({"price": "30", "price_source": ""}, "price_source"),
        ({"capacity": 0}, "capacity"),
        ({"payer": "somebody"}, "payer"),
        ({"usual": {"noon": "23:00"}}, "23:00"),
    ],
)
def test_a_faulty_row_is_named_with_its_field(tmp_path: Path, change: dict, told: str):
    base = yaml.safe_load((DATA / "service_list" / "base.yaml").read_text(encoding="utf-8"))
    base["services"] = [{**r, **change} for r in base["services"] if r["code"] == "bath"]
    (tmp_path / "base.yaml").write_text(yaml.safe_dump(base, allow_unicode=True), encoding="utf-8")
    with pytest.raises(CatalogueError) as fault:
        load(tmp_path)
    assert "base.yaml" in str(fault.value) and "bath" in str(fault.value) and told in str(fault.value)


def test_a_change_of_an_unknown_row_is_refused(tmp_path: Path):
    (tmp_path / "base.yaml").write_text("services: []", encoding="utf-8")
    (tmp_path / "x.yaml").write_text("region: x\nchange: {bad: {name: y}}", encoding="utf-8")
    with pytest.raises(CatalogueError, match="bad"):
        load(tmp_path)


def test_holidays_published_and_computed():
    assert service_list.holiday(date(2026, 10, 4)) == "国庆节"
    assert service_list.holiday(date(2026, 2, 15)) == "春节"
    assert service_list.holiday(date(2027, 1, 1)) == "元旦"
    assert service_list.holiday(date(2026, 11, 25)) == ""


def test_meals_run_on_holidays_and_baths_rest():
    new_year = date(2027, 1, 1)
    assert service_list.open_hours(service_list.item("hunan", "meal"), new_year)
    assert not service_list.open_hours(service_list.item("hunan", "bath"), new_year)


def test_a_saturday_made_a_working_day_is_open():
    office = service_list.item("hunan", "home_bed")
    assert service_list.open_hours(office, date(2026, 10, 10))
    assert not service_list.open_hours(office, date(2026, 10, 17))


def test_starts_lie_within_both_intervals():
    bath = service_list.item("hunan", "bath")
    assert service_list.starts(bath, date(2026, 11, 26)) == ["09:00", "10:00", "11:00", "14:00", "15:00", "16:00"]
    assert service_list.interval_of(service_list.item("hunan", "meal"), "11:30") == ("11:30", "12:00")
    assert service_list.usual_time(service_list.item("hunan", "meal"), "noon") == "11:30"


def test_without_a_region_the_common_list_is_spoken_of():
    assert next(item.say_name for item in general_items() if item.code == "canteen") == "老年食堂"
    assert not service_list.items("")
