"""Demonstration persons, so that a fresh installation can be tried out. Invented, and marked as such."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from care.people import Person

PERSONS: tuple[dict[str, Any], ...] = (
    {"phone": "13800000001", "name": "王秀英", "region": "yangling", "address": "光明社区七号楼二单元",
     "birth_year": 1944, "facts": {"living": "alone"}},
    {"phone": "13800000002", "name": "李建国", "region": "hunan", "address": "岳麓区桐梓坡社区三栋四零二",
     "birth_year": 1948, "facts": {"living": "empty_nest"}},
    {"phone": "13800000003", "name": "陈桂兰", "region": "nanchang", "address": "红谷滩凤凰家园3栋1201",
     "birth_year": 1941, "facts": {"income": "dibao"}},
    {"phone": "13800000004", "name": "赵德福", "region": "changchun", "address": "绿园区春城街道五号楼一单元",
     "birth_year": 1939, "facts": {"ability": "moderate"}},
    {"phone": "13800000005", "name": "黄少珍", "region": "dongguan", "address": "莞城街道西正社区二十号",
     "birth_year": 1945, "facts": {}},
)  # fmt: skip
"""Numbers of the form 1380000xxxx and addresses are made up; services and providers are read from care/data."""


def seed(session: Session) -> int:
    """Puts the demonstration persons in; those already there stay as they are. Gives how many were added."""
    there = set(session.scalars(select(Person.phone).where(Person.phone.in_([row["phone"] for row in PERSONS]))))
    missing = [row for row in PERSONS if row["phone"] not in there]
    session.add_all(Person(**row, demo=True) for row in missing)
    session.flush()
    return len(missing)
