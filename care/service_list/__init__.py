"""What help there is: the service list of every region as data, who provides it, when it can be had, what it costs."""

from care.service_list.catalogue import (
    CatalogueError,
    Provider,
    Relief,
    ServiceItem,
    Variant,
    aliases,
    anywhere,
    item,
    items,
    provider,
    providers,
    regions,
)
from care.service_list.opening import holiday, interval_of, open_hours, starts, usual_time
from care.service_list.query import LAST as SERVICE_SPOKEN_OF
from care.service_list.query import RELATION as RELATION_SPOKEN_OF
from care.service_list.query import answer, aside, claims, offer_again, ready
from care.service_list.region_task import service_region_task

__all__ = [
    "RELATION_SPOKEN_OF",
    "SERVICE_SPOKEN_OF",
    "CatalogueError",
    "Provider",
    "Relief",
    "ServiceItem",
    "Variant",
    "aliases",
    "answer",
    "anywhere",
    "aside",
    "claims",
    "holiday",
    "interval_of",
    "item",
    "items",
    "offer_again",
    "open_hours",
    "provider",
    "providers",
    "ready",
    "regions",
    "service_region_task",
    "starts",
    "usual_time",
]
