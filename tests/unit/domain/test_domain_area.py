from __future__ import annotations

from decimal import Decimal

from auditdesk.domain.area import hectares, mu, square_metres_from_mu


def test_one_mu_is_two_thousand_thirds_of_a_square_metre():
    assert mu(Decimal(2000)) == Decimal(3)
    assert mu(Decimal("13340.50")) == Decimal("20.0108")
    assert square_metres_from_mu(Decimal(3)) == Decimal(2000)
    assert square_metres_from_mu(Decimal("13.3")) == Decimal("8866.67")


def test_hectares():
    assert hectares(Decimal("13340.50")) == Decimal("1.3341")
