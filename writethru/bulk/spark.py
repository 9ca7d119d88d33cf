"""The engine that leaves the work to Apache Spark: local, a cluster of its own, or any master.

Spark carries tasks and their results, both small; what is put aside and what is written stands in the job's folder,
which every executor must reach under the same path, as it must reach the files that are read.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Iterator, Mapping
from itertools import islice
from typing import Any, Final

from writethru.bulk.engines import Result, Task
from writethru.errors import BulkFailed, ConfigError, WritethruError

WAVE: Final = 8
"""Tasks for each core that are given to Spark together: the ledger learns of them when all are done."""

LOCAL_TRIES: Final = 4


class Spark:
    """A Spark session, for as long as it is open.

    Args:
        master: ``local[*]``, ``local[2]``, ``spark://host:7077`` or what else Spark knows.

    Raises:
        ConfigError: PySpark or Java is missing, or there is no such master.
    """

    apart = True

    def __init__(self, master: str = "local[*]") -> None:
        self.lost = 0
        try:
            from pyspark.sql import SparkSession
        except ImportError:
            raise ConfigError("Spark needs PySpark: pip install 'writethru[spark]'", key="--engine") from None
        if not (shutil.which("java") or os.environ.get("JAVA_HOME")):
            raise ConfigError("Spark needs Java 17 or later: apt install openjdk-17-jre-headless", key="--engine")
        os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
        builder = SparkSession.builder.master(_retrying(master)).appName("writethru bulk")
        builder = builder.config("spark.ui.enabled", "false")
        if master.startswith("local"):
            builder = builder.config("spark.driver.host", "127.0.0.1").config("spark.driver.bindAddress", "127.0.0.1")
        try:
            self._session = builder.getOrCreate()
        except Exception as error:
            raise ConfigError("Spark could not be started with this master", key=master) from error
        self._context = self._session.sparkContext
        self._context.setLogLevel("ERROR")

    def __enter__(self) -> Spark:
        return self

    def __exit__(self, *_error: object) -> None:
        self._session.stop()

    def map_by_key(self, work: Callable[[Task], Result], tasks: Mapping[str, Task]) -> Iterator[tuple[str, Result]]:
        """See ``Engine``. An executor that is lost has its tasks done again by Spark."""
        left = iter(tasks.items())
        while wave := list(islice(left, WAVE * self._context.defaultParallelism)):
            for key, result in self._run(work, wave):
                if isinstance(result, WritethruError):
                    raise result
                yield key, result

    def _run(self, work: Callable[[Any], Any], wave: list[tuple[str, Any]]) -> list[tuple[str, Any]]:
        try:
            found: list[tuple[str, Any]] = self._context.parallelize(wave, len(wave)).map(_done(work)).collect()
        except Exception as error:
            named = ", ".join(key for key, _ in wave[:3])
            raise BulkFailed("Spark gave up on a task of these", key=f"{named} …") from error
        return found


def _done(work: Callable[[Any], Any]) -> Callable[[tuple[str, Any]], tuple[str, Any]]:
    """One task with its key; our own errors are results, which Spark need not try again."""

    def done(pair: tuple[str, Any]) -> tuple[str, Any]:
        key, task = pair
        try:
            return key, work(task)
        except WritethruError as error:
            return key, error

    return done


def _retrying(master: str) -> str:
    """A local master that tries a task again, as a cluster does: ``local[2]`` is ``local[2,4]``."""
    if master == "local":
        return f"local[1,{LOCAL_TRIES}]"
    return f"{master[:-1]},{LOCAL_TRIES}]" if master.startswith("local[") and "," not in master else master
