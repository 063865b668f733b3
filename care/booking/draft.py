"""What is known of a booking so far: plain data that lives in `conversation.drafts["booking"]`."""

from __future__ import annotations

from datetime import date as Day
from datetime import timedelta
from typing import Any
from uuid import uuid4

from pydantic import BaseModel, Field

from care.conversation.model import Conversation
from care.service_list import SERVICE_SPOKEN_OF

TASK = "booking"
LAST = "booking_last"
"""Memory key of the last message taken and what came of it."""
PEOPLE = "booking_people"
"""Memory key of who was booked for last in this conversation."""
LAST_SERVICE = "booking_service"
"""Memory key of what was booked last in this conversation."""
LAST_DAY = "booking_day"
"""Memory key of the day that was booked last in this conversation."""
PEOPLE_FIELDS = ("person", "person_word", "name", "address", "phone", "region", "town", "role", "asker_phone", "asker_name")

DAY_FIELDS = ("date", "end_date", "weekdays", "without", "chosen", "apart", "repeats", "days")

_OF_THE_ASKING = {
    "asking", "misses", "prompt", "said", "repeated", "fruitless", "progress", "asked", "changing", "waiting",
    "passed_over", "earlier", "next_open", "place_just_told", "read_back", "told", "told_after", "told_for", "guarded",
}  # fmt: skip
"""Fields of a draft that only tell how it is being asked."""


class Wish(BaseModel):
    """Something wanted besides, with the words it was wanted in, to be taken up afterwards."""

    service: str
    text: str = ""
    entities: list[tuple[str, Any, str]] = []
    """Kind, value and words of each entity."""
    person: str = ""
    """For whom, where it is somebody else than before."""
    same_days: bool = False
    """On the days of what was booked before it."""


class Draft(BaseModel):
    """One booking being filled in."""

    id: str = Field(default_factory=lambda: uuid4().hex)
    """Also the key that keeps one booking from becoming two orders."""
    service: str = ""
    region: str = ""
    person: str = ""
    """For whom, as a relation to the speaker (`self`, `mother` …); empty = not known yet."""
    person_word: str = ""
    """How the speaker names them (婆婆), where one relation has several names."""
    person_in_general: bool = False
    """It is for an elder only because old people were named in general (听说你们帮老人家装扶手)."""
    unserved: str = ""
    """A town named that is not served."""
    role: str = ""
    """Who speaks (`daughter`, `carer` …), if it was said."""
    name: str = ""
    name_told: bool = False
    """The name was told in this booking, and is not only on file."""
    date: str = ""
    """First day, ISO."""
    end_date: str = ""
    """Last day of several, ISO."""
    weekdays: list[int] = []
    """Of several days only these (1 = Monday)."""
    without: list[str] = []
    """Days between the first and the last that are not wanted, ISO."""
    chosen: list[str] = []
    """Of several days only these single ones (十号和二十号), ISO."""
    apart: int = 0
    """Of several days only every so many-th (2 = every other day)."""
    repeats: bool = False
    """Several days were asked for; without `end_date` it is not known for how long."""
    time: str = ""
    """HH:MM."""
    part: str = ""
    """Part of the day wanted, when no time was given."""
    open_time: str = ""
    """A time that could be before or after noon; to be asked."""
    days: int = 0
    """How long something is rented or somebody stays."""
    quantity: int = 0
    particulars: dict[str, Any] = {}
    """Slot → value or list of values, as in care/data/booking/slots.yaml."""
    address: str = ""
    place_label: str = ""
    """A place named without its address (您闺女家)."""
    town: str = ""
    """City and district as they were told, in whatever turn; they stand before an address that names none."""
    warned: list[str] = []
    """Cities of which it was said that nobody there does what is wanted."""
    telling_place: bool = False
    """Somebody has begun to tell the address: it is gone on with before anything else is asked."""
    place_just_told: bool = False
    """The last turn told the address, or a piece of it."""
    half_address: bool = False
    """The door number was asked for once."""
    phone: str = ""
    asker_phone: str = ""
    """The speaker's own number, when booking for somebody else."""
    asker_name: str = ""
    """The name by which the speaker names themselves."""
    offered: dict[str, Any] = {}
    """Slot → value proposed and not yet agreed to."""
    options: list[list[str]] = []
    """Free [date, time] proposed instead."""
    refused: list[list[str]] = []
    """[date, time] that could not be had, or were proposed and not liked: not proposed again."""
    others: bool = False
    """Other times than the first were proposed once; after that it is asked openly."""
    asking: str = ""
    misses: dict[str, int] = {}
    prompt: str = ""
    """The present question in its usual words."""
    said: dict[str, int] = {}
    """How often each wording of a question was said in this booking."""
    repeated: int = 0
    """How often the present question was asked in a row."""
    fruitless: int = 0
    """How many turns in a row brought nothing new."""
    progress: bool = False
    """The last turn was of use, if not for the present question."""
    asked: list[str] = []
    """Slots asked for, in order, to be able to go back."""
    earlier: dict[str, Any] = {}
    """What was told to questions to which somebody went back: it holds where nothing else is told instead."""
    changing: bool = False
    """What is wrong was asked for."""
    waiting: bool = False
    """Somebody asked for a moment: nothing is asked until they speak."""
    one_more: bool = False
    """One more is wanted of what is ordered already."""
    next_open: bool = False
    """Something was wanted besides a turn ago, and no day for it was told."""
    queue: list[Wish] = []
    """What is wanted after this one."""
    shares: dict[str, int] = {}
    """How many portions are of which diet, when they are not all alike; the rest are plain."""
    guarded: list[str] = []
    """Address, name and number that are known from before and must not be read out to whoever has the telephone."""
    remarks: list[str] = []
    """What was added in passing for whoever comes (要带护栏的)."""
    passed_over: list[str] = []
    """Slots that can stay open and were answered with something else once."""
    read_back: str = ""
    """What was read back last: the same is not read out whole a second time."""
    told: list[str] = []
    """What was agreed when it was read back last, piece by piece."""
    told_after: list[str] = []
    """What followed from that: days, money."""
    told_for: list[str] = []
    """Service and person of that."""
    consent_told: bool = False
    """Whoever asks for somebody else said that they agree."""
    notes: list[str] = []
    """Words said in passing that the confirmation repeats (a day left out)."""

    def content(self, asked_for_more: bool) -> dict[str, Any]:
        """What is known and agreed, without how it is being asked for; remarks count where nothing else is lacking."""
        return self.model_dump(exclude=_OF_THE_ASKING if asked_for_more else {*_OF_THE_ASKING, "remarks"})

    @property
    def for_other(self) -> bool:
        """Whether the booking is for somebody else than the speaker."""
        return self.person not in ("", "self")

    @property
    def through_asker(self) -> bool:
        """Whether the elder has no number of their own, and is called by that of whoever asks."""
        return self.for_other and bool(self.phone) and self.phone == self.asker_phone

    @property
    def away(self) -> list[str]:
        """Days between the first and the last on which nothing comes, ISO: those left out, those that every other day passes
        over, and those between single days."""
        if not self.end_date or self.apart < 2 and not self.chosen:
            return list(self.without)
        first = Day.fromisoformat(self.date)
        length = (Day.fromisoformat(self.end_date) - first).days
        days = [(first + timedelta(days=n)).isoformat() for n in range(length + 1)]
        passed = [day for n, day in enumerate(days) if (day not in self.chosen if self.chosen else n % self.apart)]
        return sorted({*self.without, *passed})

    def filled(self, slot: str) -> bool:
        """Whether telephone, place or name is known."""
        return bool({"phone": self.phone, "place": self.address, "name": self.name}[slot])

    def forget(self, slot: str) -> None:
        """Empties a slot, so that it is asked for again."""
        if slot == "date":
            self.date, self.end_date, self.weekdays, self.apart, self.repeats, self.options = "", "", [], 0, False, []
            self.without, self.chosen = [], []
        elif slot == "time":
            self.time, self.part, self.open_time, self.options = "", "", "", []
        elif slot == "place":
            self.address, self.place_label, self.half_address, self.telling_place = "", "", False, False
        elif slot == "duration":
            self.days, self.end_date = 0, ""
        elif slot == "quantity":
            self.quantity = 0
        elif slot == "region":
            self.region, self.town = "", ""
        elif slot in ("service", "person", "name", "phone"):
            setattr(self, slot, "")
        else:
            self.particulars = {name: value for name, value in self.particulars.items() if name != slot}
        self.offered = {name: value for name, value in self.offered.items() if name != slot}


def load(conversation: Conversation) -> Draft | None:
    """The draft under way, if there is one."""
    kept = conversation.draft(TASK)
    return Draft.model_validate(kept) if kept else None


def region_of(conversation: Conversation) -> str:
    """Where what is being booked is to happen; empty when nothing is, or it is not known."""
    return str((conversation.draft(TASK) or {}).get("region", ""))


def keep(conversation: Conversation, draft: Draft | None) -> None:
    """Stores the draft, or drops it."""
    conversation.keep_draft(TASK, draft.model_dump() if draft else None)


def remember_people(conversation: Conversation, draft: Draft) -> None:
    """Remembers who was booked for, so that a second booking need not ask again."""
    people = {name: getattr(draft, name) for name in PEOPLE_FIELDS}
    conversation.remember(
        **{PEOPLE: people, LAST_SERVICE: draft.service, SERVICE_SPOKEN_OF: draft.service, LAST_DAY: draft.date}
    )


def follow_up(draft: Draft, wish: Wish) -> Draft:
    """A new draft for what was wished for besides: for the same people, where it is so on the same days."""
    kept = PEOPLE_FIELDS + (DAY_FIELDS if wish.same_days else ())
    return Draft(service=wish.service, **{name: getattr(draft, name) for name in kept})
