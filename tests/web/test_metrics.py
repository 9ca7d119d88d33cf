"""Signs of life: counts, latencies by route, health."""

from __future__ import annotations

import re
from pathlib import Path

from starlette.testclient import TestClient

REFERENCE = Path(__file__).resolve().parents[2] / "docs" / "reference" / "web.md"


def test_metrics_count_the_archive_and_time_routes(client: TestClient) -> None:
    client.get("/articles/5")
    text = client.get("/metrics").text
    assert "writethru_articles 5.0" in text
    assert re.search(r'writethru_looks\{outcome="blocked"\} 2.0', text)
    assert 'writethru_request_seconds_count{route="/articles/{article_id}",status="200"}' in text


def test_paths_of_visitors_do_not_become_labels(client: TestClient) -> None:
    client.get("/wp-login.php")
    text = client.get("/metrics").text
    assert "wp-login" not in text
    assert 'route="other",status="404"' in text


def test_every_metric_is_in_the_reference(client: TestClient) -> None:
    reference = REFERENCE.read_text(encoding="utf-8")
    names = re.findall(r"^# TYPE (\w+)", client.get("/metrics").text, re.M)
    assert len(names) > 9
    assert [name for name in names if f"`{name}`" not in reference] == []


def test_health(client: TestClient) -> None:
    assert client.get("/healthz").json() == {"status": "ok"}
