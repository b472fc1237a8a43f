"""Which body governs a place, by its full name."""

from __future__ import annotations

import pytest

from auditdesk.domain.bodies import authority


@pytest.mark.parametrize(
    ("place", "body"),
    [
        ("绣惠街道", "济南市章丘区绣惠街道办事处"),
        ("绣惠街道办", "济南市章丘区绣惠街道办事处"),
        ("绣惠街道办事处", "济南市章丘区绣惠街道办事处"),
        ("刁镇", "济南市章丘区刁镇人民政府"),
        ("垛庄镇", "济南市章丘区垛庄镇人民政府"),
        ("垛庄镇人民政府", "济南市章丘区垛庄镇人民政府"),
        ("某某乡", "济南市章丘区某某乡人民政府"),
        ("街道镇", "济南市章丘区街道镇人民政府"),
        (" 绣惠 街道 ", "济南市章丘区绣惠街道办事处"),
        ("章丘区绣惠街道", "济南市章丘区绣惠街道办事处"),
        ("济南市章丘区绣惠街道", "济南市章丘区绣惠街道办事处"),
        ("山东省济南市章丘区刁镇", "济南市章丘区刁镇人民政府"),
        ("明水经济技术开发区管理委员会", "济南市章丘区明水经济技术开发区管理委员会"),
        ("绣惠", "济南市章丘区绣惠"),
        ("王𬭎镇", "济南市章丘区王𬭎镇人民政府"),
    ],
)
def test_a_place_is_governed_by_a_body_of_its_kind(place, body):
    assert authority(place, "章丘区") == body


def test_where_the_district_is_not_known_the_name_begins_with_the_place():
    assert authority("绣惠街道", "") == "绣惠街道办事处"
