"""Which captures a slice of the evidence is made of: those of articles, or of a storyline's articles."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from writethru.evidence import EvidenceFolder
from writethru.evidence.slices import SliceReport, Wanted, write_wacz, write_warc
from writethru.model import Capture, Outcome
from writethru.storage.store import Store

WRITERS = {"warc": write_warc, "wacz": write_wacz}


class HandingOver:
    """Slices of one archive.

    Args:
        store: where captures are looked up.
        evidence: where their records are.
    """

    def __init__(self, store: Store, evidence: EvidenceFolder) -> None:
        self._store = store
        self._evidence = evidence

    def articles(self, form: str, path: Path, article_ids: Sequence[int]) -> SliceReport:
        """Every record of these articles into a new file, articles by number, each in time.

        Args:
            form: ``warc`` or ``wacz``.
            path: a new file.

        Raises:
            NotInArchive, Withdrawn: there is no such article.
            InputError: the file is there already, or no record is left.
        """
        numbers = sorted(set(article_ids))
        about = f"articles {', '.join(map(str, numbers))} of an archive kept with Writethru"
        for number in numbers:
            self._store.article(number)
        return WRITERS[form](self._evidence, self._wanted(numbers), path, about)

    def story(self, form: str, path: Path, story_id: int) -> SliceReport:
        """The same of every article of a storyline, as of the last ``analyse``. Raises NotInArchive too."""
        from writethru.analyse.stories import Stories

        standing = Stories(self._store).story(story_id).id
        events = [event.id for event in self._store.stories.story_events(standing)]
        numbers = sorted({member.article_id for member in self._store.stories.members(events)})
        about = f"storyline {story_id} of an archive kept with Writethru"
        return WRITERS[form](self._evidence, self._wanted(numbers), path, about)

    def _wanted(self, article_ids: Sequence[int]) -> Iterator[Wanted]:
        for article_id in article_ids:
            headlines = {version.digest: version.headline for version in self._store.versions(article_id)}
            title = ""
            for capture in self._store.captures(article_id):
                look = capture.look
                if look.evidence is None:
                    continue
                title = headlines.get(self._store.text_digest_of(capture.id), title)
                url = look.final_url or look.url
                yield Wanted(capture.id, article_id, url, look.captured_at, look.evidence, _title(capture, title))


def _title(capture: Capture, title: str) -> str:
    """Looks that brought a page are pages of a WACZ; failures and 304 are records only."""
    is_page = capture.look.outcome in (Outcome.SAME, Outcome.EDITED) and capture.look.status in (None, 200)
    return (title or capture.look.url) if is_page else ""
