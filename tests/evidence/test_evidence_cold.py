"""Cold storage: what was sent is there, only then is it freed, and it is read as before."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import BinaryIO

import pytest

from tests.evidence.made import NOW, exchange, ok
from tests.evidence.test_evidence_destroyed import ORDER as ORDER_TO_DESTROY
from tests.evidence.test_evidence_destroyed import OTHER, SECRET, URL, written
from writethru.errors import ConfigError, EvidenceError
from writethru.evidence import EvidenceFolder
from writethru.evidence.cold import JOURNAL, ColdStore, FolderStore, RemoteStore, store_at


@pytest.fixture(params=["folder", "fsspec"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> ColdStore:
    if request.param == "folder":
        return FolderStore(tmp_path / "cold" / "deep")
    return RemoteStore(f"memory://{tmp_path.name}-{tmp_path.parent.name}")


@pytest.fixture
def folder(tmp_path: Path, store: ColdStore) -> EvidenceFolder:
    return EvidenceFolder(tmp_path / "e", clock=lambda: NOW, cold=store)


def settled(folder: EvidenceFolder) -> None:
    """The record knows all that is in the files."""
    folder.all_recorded(folder.unrecorded())


class TestSent:
    def test_what_is_freed_is_read_as_before(self, folder: EvidenceFolder) -> None:
        refs, kept = written(folder)
        settled(folder)
        before = [(folder.read(ref).block, folder.stored(ref)) for ref in [*refs, *kept]]
        done = folder.send(free=True)
        assert (len(done.sent), done.freed, done.left) == (1, done.sent, ())
        assert folder.files() == []
        assert [(folder.read(ref).block, folder.stored(ref)) for ref in [*refs, *kept]] == before
        report = folder.verify()
        assert (report.faults, report.cold) == ((), 1)

    def test_another_hosts_file_of_the_same_name_is_never_overwritten(
        self, folder: EvidenceFolder, store: ColdStore, tmp_path: Path
    ) -> None:
        written(folder)
        settled(folder)
        (path,) = folder.files()
        other = tmp_path / "other" / path.name
        other.parent.mkdir()
        other.write_bytes(b"evidence of a host that bears the same name")
        store.put(other)
        with pytest.raises(EvidenceError, match="another file of this name"):
            folder.send(free=True)
        with store.open(path.name) as kept:
            assert kept.read() == other.read_bytes()
        assert path.exists()

    def test_what_a_sending_that_was_cut_short_left_there_is_taken_for_sent(
        self, folder: EvidenceFolder, store: ColdStore
    ) -> None:
        written(folder)
        settled(folder)
        (path,) = folder.files()
        store.put(path)
        assert folder.send(free=True).freed == (path.name,)

    def test_heads_and_proofs_too(self, folder: EvidenceFolder) -> None:
        _, kept = written(folder)
        settled(folder)
        (name,) = (path.name for path in folder.files())
        heads = list(folder.records(name))
        later = EvidenceFolder(folder.path, clock=lambda: NOW + timedelta(days=1), cold=folder.cold)
        later.seal()
        proof = later.prove(kept[0])
        assert folder.send(free=True).freed == (name,)
        assert (folder.away(), list(folder.records(name))) == ([name], heads)
        assert later.prove(kept[0]) == proof
        assert proof.holds_for(folder.stored(kept[0]))

    def test_it_comes_back_byte_for_byte(self, folder: EvidenceFolder) -> None:
        written(folder)
        settled(folder)
        (path,) = folder.files()
        bytes_before = path.read_bytes()
        folder.send(free=True)
        assert folder.recall() == [path.name]
        assert path.read_bytes() == bytes_before
        assert folder.recall() == [], "it is here"
        assert (folder.verify().faults, folder.verify().cold) == ((), 0)

    def test_without_free_both_stand(self, folder: EvidenceFolder) -> None:
        written(folder)
        settled(folder)
        assert folder.send().freed == ()
        assert len(folder.files()) == 1
        again = folder.send()
        assert (again.sent, again.size) == ((), 0), "once is enough"
        assert len(folder.send(free=True).freed) == 1, "freed later, without sending again"

    def test_what_the_record_may_not_know_is_left(self, folder: EvidenceFolder) -> None:
        written(folder)
        (path,) = folder.files()
        path.with_name(f"{path.name}.unrecorded").touch()
        done = folder.send(free=True)
        assert (done.sent, done.freed, done.left) == ((), (), (path.name,))
        assert path.exists()

    def test_files_being_written_and_young_ones_are_left(self, folder: EvidenceFolder) -> None:
        with folder.writer() as writer:
            writer.add_exchange(exchange(ok(b"a ferry"), url=OTHER))
            writer.sync()
            assert folder.send(free=True).sent == ()
        settled(folder)
        (path,) = folder.files()
        os.utime(path, (NOW.timestamp() - 86_400,) * 2)
        assert folder.send(older_than=timedelta(days=2)).sent == ()
        assert folder.send(older_than=timedelta(days=1)).sent == (path.name,)

    def test_another_host_reads_what_was_sent(self, folder: EvidenceFolder, tmp_path: Path) -> None:
        _, kept = written(folder)
        settled(folder)
        folder.send()
        elsewhere = EvidenceFolder(tmp_path / "other-host", cold=folder.cold)
        assert elsewhere.read(kept[0]).payload == b"a ferry"
        with pytest.raises(EvidenceError, match="here or in cold storage"):
            elsewhere.read(replace(kept[0], file="writethru-none.warc.gz"))

    def test_a_reference_never_leads_out_of_the_storage(self, folder: EvidenceFolder) -> None:
        _, kept = written(folder)
        with pytest.raises(EvidenceError, match="no such evidence file"):
            folder.read(replace(kept[0], file="../../etc/passwd"))


class TestDestroyed:
    def test_the_copy_is_destroyed_too(self, folder: EvidenceFolder) -> None:
        refs, kept = written(folder)
        settled(folder)
        folder.send()
        folder.destroy(refs, {URL}, ORDER_TO_DESTROY)
        assert len(folder.send(free=True).freed) == 1
        store = folder.cold
        assert store is not None
        for name in folder.sent():
            with store.open(name) as stream:
                assert SECRET not in stream.read()
        assert folder.read(kept[0]).payload == b"a ferry"
        folder.recall()
        assert folder.verify().faults == ()

    def test_of_a_file_that_is_away_it_is_refused(self, folder: EvidenceFolder) -> None:
        refs, _ = written(folder)
        settled(folder)
        folder.send(free=True)
        with pytest.raises(EvidenceError, match="cold recall"):
            folder.destroy(refs, {URL}, ORDER_TO_DESTROY)

    def test_without_the_storage_nothing_is_destroyed_here_alone(self, folder: EvidenceFolder) -> None:
        refs, _ = written(folder)
        settled(folder)
        folder.send()
        with pytest.raises(ConfigError, match="cold"):
            EvidenceFolder(folder.path).destroy(refs, {URL}, ORDER_TO_DESTROY)
        assert folder.read(refs[0]).payload.startswith(SECRET)


class Lying(FolderStore):
    """Keeps something else than it was given."""

    def __init__(self, folder: Path, change: Callable[[bytes], bytes]) -> None:
        super().__init__(folder)
        self.change = change

    def put(self, path: Path) -> None:
        super().put(path)
        kept = self.folder / path.name
        kept.write_bytes(self.change(kept.read_bytes()))


class Away(FolderStore):
    """Cannot be reached."""

    def size(self, name: str) -> int | None:
        raise ConnectionResetError(name)

    def open(self, name: str) -> BinaryIO:
        raise ConnectionResetError(name)


class TestFaults:
    @pytest.mark.parametrize("change", [lambda raw: raw[:-1], lambda raw: b"\0" + raw[1:], lambda _: b""])
    def test_a_store_that_keeps_other_bytes(self, tmp_path: Path, change: Callable[[bytes], bytes]) -> None:
        folder = EvidenceFolder(tmp_path / "e", clock=lambda: NOW, cold=Lying(tmp_path / "cold", change))
        written(folder)
        settled(folder)
        with pytest.raises(EvidenceError, match="other bytes"):
            folder.send(free=True)
        assert (len(folder.files()), folder.sent()) == (1, {})

    def test_what_was_lost_or_changed_there_is_said(self, tmp_path: Path) -> None:
        folder = EvidenceFolder(tmp_path / "e", clock=lambda: NOW, cold=FolderStore(tmp_path / "cold"))
        written(folder)
        settled(folder)
        (name,) = folder.send(free=True).freed
        kept = tmp_path / "cold" / name
        whole = kept.read_bytes()
        kept.write_bytes(whole[:-5])
        assert [fault.message for fault in folder.verify().faults] == [
            f"has {len(whole) - 5} bytes in cold storage, not {len(whole)}"
        ]
        with pytest.raises(EvidenceError, match="not what was sent"):
            folder.recall()
        assert not list(folder.path.glob("*.part"))
        kept.unlink()
        assert [fault.message for fault in folder.verify().faults] == ["was sent to cold storage and is not there"]

    def test_a_store_out_of_reach(self, tmp_path: Path) -> None:
        folder = EvidenceFolder(tmp_path / "e", clock=lambda: NOW, cold=FolderStore(tmp_path / "cold"))
        _, kept = written(folder)
        settled(folder)
        folder.send()
        away = EvidenceFolder(folder.path, clock=lambda: NOW, cold=Away(tmp_path / "cold"))
        with pytest.raises(EvidenceError, match="cannot be reached"):
            away.send(free=True)
        assert len(folder.files()) == 1, "freed only when it is known to be there"
        folder.send(free=True)
        assert "cannot be reached" in away.verify().faults[0].message
        with pytest.raises(EvidenceError, match="cannot be read"):
            away.read(kept[0])
        assert "archive.cold_url names none" in EvidenceFolder(folder.path).verify().faults[0].message
        with pytest.raises(EvidenceError, match="cold recall"):
            EvidenceFolder(folder.path).read(kept[0])

    def test_one_process_at_a_time(self, folder: EvidenceFolder) -> None:
        written(folder)
        with (folder.path / "cold.lock").open("ab") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            with pytest.raises(EvidenceError, match="another process"):
                folder.send()

    def test_a_line_cut_short_is_no_line_and_a_damaged_one_is_said(self, folder: EvidenceFolder) -> None:
        written(folder)
        settled(folder)
        folder.send()
        journal = folder.path / JOURNAL
        known = folder.sent()
        journal.write_bytes(journal.read_bytes() + b'{"at":"2026')
        assert folder.sent() == known
        journal.write_bytes(b"what?\n")
        with pytest.raises(EvidenceError, match="journal of cold storage"):
            folder.sent()


class TestSetting:
    def test_places(self, tmp_path: Path) -> None:
        assert store_at("") is None
        assert isinstance(store_at(str(tmp_path)), FolderStore)
        assert isinstance(store_at(f"file://{tmp_path}"), FolderStore)
        assert isinstance(store_at("memory://x"), RemoteStore)

    @pytest.mark.parametrize("url", ["cold", "./cold", "carrier-pigeon://roof"])
    def test_what_is_no_place(self, url: str) -> None:
        with pytest.raises(ConfigError, match=r"archive\.cold_url"):
            store_at(url)

    def test_none_set(self, tmp_path: Path) -> None:
        with pytest.raises(ConfigError, match=r"archive\.cold_url"):
            EvidenceFolder(tmp_path).send()
