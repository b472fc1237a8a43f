"""Names of the bodies that govern a place."""

from __future__ import annotations

PROVINCE, CITY = "山东省", "济南市"
# By the ending of a place's name: a sub-district has an office of the district's government, a
# town or township a people's government (地方各级人民代表大会和地方各级人民政府组织法).
_BODIES = {"街道": "办事处", "街道办": "事处", "镇": "人民政府", "乡": "人民政府"}


def full_district(name: str) -> str:
    """A district's name with the city before it: 济南市章丘区."""
    return f"{CITY}{name}"


def authority(place: str, district: str) -> str:
    """The body that governs a town or sub-district: 济南市章丘区绣惠街道办事处.

    A name that says already whose it is, or whose kind cannot be told, stays as it is.

    Args:
        place: the place as somebody typed it, 绣惠街道 or 章丘区绣惠街道.
        district: the name of the district that it lies in, 章丘区; empty leaves it out.
    """
    name = "".join(place.split())
    for above in (PROVINCE, CITY, district):
        name = name.removeprefix(above)
    ending = next((e for e in _BODIES if name.endswith(e)), "")
    above = full_district(district) if district else ""
    return above + name + _BODIES.get(ending, "")
