"""A tagger's weights as they are kept: nothing of what runs is lost."""

from __future__ import annotations

import pytest

from tests.nlp.test_tagging import weights_for
from writethru.nlp import packed
from writethru.nlp.graph import rows_of_whole_numbers


def test_layers_are_kept_in_the_whole_numbers_that_they_run_in() -> None:
    numpy = pytest.importorskip("numpy", reason="NOT TESTED: the extra [nlp] is not installed")
    weight = numpy.random.default_rng(5).normal(size=(6, 4)).astype("float32")
    arrays = packed.packed({}, {"encoder.layer.5.output.dense.weight": weight, "bias": weight[0]})
    name = packed.LAYER + "encoder.layer.5.output.dense.weight"
    assert arrays[name].dtype == numpy.int8
    again, _ = rows_of_whole_numbers(packed._whole(arrays, name))
    assert (again == arrays[name]).all()
    assert numpy.abs(packed._whole(arrays, packed.LAYER + "bias") - weight[0]).max() < 1e-2


def test_a_head_comes_back() -> None:
    numpy = pytest.importorskip("numpy", reason="NOT TESTED: the extra [nlp] is not installed")
    weights = weights_for(numpy)
    arrays = packed.packed(weights, {})
    assert set(arrays) == {packed.HEAD + name for name in weights}
    again = packed.head_of(arrays)._w
    assert all(numpy.abs(again[name] - one).max() < 1e-2 for name, one in weights.items())


@pytest.mark.usefixtures("graphs")
def test_own_layers_make_another_encoder() -> None:
    numpy = pytest.importorskip("numpy", reason="NOT TESTED: the extra [nlp] is not installed")
    from writethru.nlp.weights import read_weights

    name = "encoder.layer.5.output.dense.weight"
    plain = packed.encoding_of({}, "plain").vectors([2000, 2001])
    arrays = packed.packed({}, {name: -numpy.array(read_weights()[name])})
    own = packed.encoding_of(arrays, "turned").vectors([2000, 2001])
    assert own.shape == plain.shape
    assert numpy.abs(own - plain).max() > 0.1
