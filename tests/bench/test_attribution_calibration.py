"""The curve from shares to how many are right."""

from __future__ import annotations

import math

import pytest

pytest.importorskip("numpy", reason="NOT TESTED: the extra [nlp] is not installed")

from bench.attribution_calibration import calibrated


def test_shares_that_are_true_stay() -> None:
    shares = [(share, number < 100 * share) for share in (0.1, 0.3, 0.5, 0.7, 0.9) for number in range(100)]
    assert calibrated(shares) == pytest.approx((1.0, 0.0), abs=0.03)


def test_one_that_is_too_sure_is_held_back() -> None:
    shares = [(share, number < 50) for share in (0.9, 0.99) for number in range(100)]
    slope, shift = calibrated(shares)
    assert abs(slope * 2.2 + shift) < 0.02


@pytest.mark.parametrize("right", [True, False])
def test_where_all_are_of_one_kind_it_is_bound(right: bool) -> None:
    slope, shift = calibrated([(0.2, right), (0.9, right), (1.0, right)])
    assert abs(slope) + abs(shift) < 3


def test_shares_that_part_right_from_wrong_wholly_give_a_curve_still() -> None:
    slope, shift = calibrated([(0.2, False)] * 14 + [(0.2001, True)] * 4)
    assert slope > 0
    assert math.isfinite(slope + shift)
