"""``writethru reuse`` says no more of two articles than is known."""

from __future__ import annotations

from tests.acceptance.conftest import config_for
from tests.analyse.test_reuse import add
from tests.cli.command import Command
from tests.reuse.material import WIRE
from writethru.archive import open_archive

PARAGRAPHS = WIRE.split("\n")


def said(writethru: Command, minutes: int) -> str:
    """Of the wire, and of the same without its end and with its second paragraph at the top, so much later."""
    url = f"sqlite:///{writethru.folder / 'writethru.db'}"
    with open_archive(url, config_for(url, writethru.folder)) as archive:
        add(archive.store, "courier", WIRE)
        add(archive.store, "echo", "\n".join([PARAGRAPHS[1], PARAGRAPHS[0], *PARAGRAPHS[2:-1]]), minutes=minutes)
    done = writethru("reuse", "--db", url, "1", "2")
    assert done.code == 0, done.err
    return " ".join(done.out.split())


def test_where_nothing_decides_who_was_first_there_is_no_source(writethru: Command) -> None:
    page = said(writethru, 0)
    assert "which way is not known" in page
    assert "of the source" not in page
    assert "the end of 1: not in 2" in page
    assert "changed" not in page


def test_who_was_first_alone_does_not_tell_that_it_was_copied(writethru: Command) -> None:
    page = said(writethru, 90)
    assert "the later one has it from the earlier, or both from a third text; earlier: 1" in page
    assert "made wholly" not in page
    assert "source" not in page
    assert "the end of 1: not in 2" in page
    assert "elsewhere in 2:" in page, "what stands at another place is told once"
    assert "changed" not in page
