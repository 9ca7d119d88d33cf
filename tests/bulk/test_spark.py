"""Spark gives the same bytes as processes; only where PySpark and Java are."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest

from tests.bulk.material import analysed_rows, bulk, contents, empty_archive, histories, warc
from tests.bulk.test_engines import doubled, refused
from tests.bulk.test_parity import some_articles
from writethru.bulk import job, planning
from writethru.bulk.spark import Spark
from writethru.errors import ConfigError, MalformedInput

MISSING = [
    name
    for name, there in (("pyspark", find_spec("pyspark")), ("java", shutil.which("java")))
    if not there
]  # fmt: skip


@pytest.mark.skipif("pyspark" not in MISSING, reason="PySpark is there")
def test_without_pyspark_it_says_what_to_install() -> None:
    with pytest.raises(ConfigError, match=r"writethru\[spark\]"):
        Spark("local[2]")


@pytest.fixture(scope="module")
def spark() -> Iterator[Spark]:
    if MISSING:
        pytest.skip(f"SPARK IS NOT TESTED: {' and '.join(MISSING)} missing (pip install pyspark; Java 17)")
    with Spark("local[2]") as engine:
        yield engine


@pytest.mark.filterwarnings("ignore")  # PySpark's own
def test_spark_gives_the_same_bytes(spark: Spark, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(planning, "LEAST", 15)
    monkeypatch.setattr(job, "make_template", empty_archive)
    path = warc(tmp_path / "all.warc.gz", sorted([*histories(6, looks=3), *some_articles()], key=lambda one: one.at))
    bulk([path], tmp_path / "one")
    bulk([path], tmp_path / "two", spark)
    assert contents(tmp_path / "one") == contents(tmp_path / "two")
    assert all(analysed_rows(tmp_path / "two").values())


@pytest.mark.filterwarnings("ignore")
def test_spark_maps_by_key_and_gives_our_errors_back(spark: Spark) -> None:
    tasks = {f"task-{number}": number for number in range(40)}
    assert sorted(spark.map_by_key(doubled, tasks)) == sorted((key, 2 * task) for key, task in tasks.items())
    with pytest.raises(MalformedInput, match="no such thing"):
        list(spark.map_by_key(refused, tasks))
