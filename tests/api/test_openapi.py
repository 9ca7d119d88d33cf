"""The API does what its OpenAPI document says, whatever it is asked: schemathesis makes the requests."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

import jsonschema_rs
import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.errors import Unsatisfiable
from schemathesis import Case, GenerationMode
from schemathesis.checks import positive_data_acceptance

from tests.api.served import made_archive
from writethru.web import create_app

KEPT_SHORT = settings(
    max_examples=3,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)
"""A few requests a route and mode, always the same."""

NOT_ASKED = [positive_data_acceptance]
"""A cursor may be any text by the document, but only those that the server made are accepted; and so with queries."""


@pytest.fixture(scope="module")
def document(tmp_path_factory: pytest.TempPathFactory) -> Iterator[schemathesis.BaseSchema]:
    """The document of the real application over a real archive."""
    with made_archive(tmp_path_factory.mktemp("fuzzed")) as archive:
        yield schemathesis.openapi.from_asgi("/api/v1/openapi.json", create_app(archive))


@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE], ids=lambda mode: mode.value)
def test_every_answer_is_as_documented(document: schemathesis.BaseSchema, mode: GenerationMode) -> None:
    operations = [found.ok() for found in document.get_all_operations()]
    assert len(operations) > 18
    for operation in operations:

        @KEPT_SHORT
        @given(operation.as_strategy(generation_mode=mode))
        def ask(case: Case) -> None:
            case.call_and_validate(excluded_checks=NOT_ASKED)

        try:
            ask()
        except Unsatisfiable:  # a route that takes nothing cannot be asked wrongly
            assert mode is GenerationMode.NEGATIVE
            assert "{" not in operation.path


def test_the_document_is_openapi_3_1(document: schemathesis.BaseSchema) -> None:
    """What the specification asks of paths, parameters, operations and references; schemas are JSON Schema 2020-12."""
    raw = document.raw_schema
    assert raw["openapi"].startswith("3.1.")
    assert {"title", "version"} <= set(raw["info"])
    schemas = raw["components"]["schemas"]
    for name, schema in schemas.items():
        checked = {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}
        assert (name, jsonschema_rs.meta.is_valid(checked)) == (name, True)
    references = set(re.findall(r'"#/components/([^"]+)"', json.dumps(raw)))
    assert references
    assert all(name in raw["components"][kind] for kind, _, name in (one.partition("/") for one in references))
    ids = [operation["operationId"] for path in raw["paths"].values() for operation in path.values()]
    assert len(set(ids)) == len(ids)
    for path, methods in raw["paths"].items():
        for operation in methods.values():
            given = [(one["in"], one["name"]) for one in operation.get("parameters", [])]
            assert len(set(given)) == len(given)
            assert {name for place, name in given if place == "path"} == set(re.findall(r"{(\w+)}", path))
            assert all(re.fullmatch(r"[1-5](\d\d|XX)|default", code) for code in operation["responses"])
            assert all("description" in answer for answer in operation["responses"].values())
