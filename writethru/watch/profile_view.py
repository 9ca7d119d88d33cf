"""An outlet's profiles as people see them: its hosts, usual boxes, what recurs, and changes of template."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from writethru.errors import NotInArchive
from writethru.extraction.profile import ENOUGH, OutletProfile
from writethru.health.templates import QUIET
from writethru.storage.learnt import WORKING, ProfileState, TemplateChange
from writethru.storage.store import Store

MOST_SHOWN = 50


@dataclass(frozen=True, slots=True)
class Spell:
    """A new template, as articles were found in it one after the other."""

    articles: int
    first: datetime
    last: datetime

    def sentence(self) -> str:
        """For people."""
        articles = "1 article" if self.articles == 1 else f"{self.articles} articles"
        return f"{articles} found in it from {self.first:%Y-%m-%d %H:%M} to {self.last:%Y-%m-%d %H:%M} UTC"


@dataclass(frozen=True, slots=True)
class HostProfile:
    """What was learnt of one host.

    Attributes:
        profile: the one still being learnt.
        states: those that were put to use, oldest first.
        changes: looks at which an article stood in another template than before, newest first.
    """

    host: str
    profile: OutletProfile
    states: tuple[ProfileState, ...]
    changes: tuple[TemplateChange, ...]

    @property
    def new_templates(self) -> tuple[Spell, ...]:
        """The same changes joined: articles found in a new template with at most ``QUIET`` between them are one."""
        spells: list[list[TemplateChange]] = []
        for change in self.changes:
            if not spells or spells[-1][-1].seen_at - change.seen_at > QUIET:
                spells.append([])
            spells[-1].append(change)
        return tuple(
            Spell(len({change.article_id for change in spell}), spell[-1].seen_at, spell[0].seen_at) for spell in spells
        )

    def to_dict(self) -> dict[str, Any]:
        """The JSON form."""
        profile = self.profile
        return {
            "host": self.host,
            "pages": profile.pages,
            "templates": profile.templates,
            "in_use": bool(self.states),
            "containers": [
                {"place": profile.names.get(path, path), "path": path, "pages": count}
                for path, count in sorted(profile.containers.items(), key=lambda item: (-item[1], item[0]))
            ],
            "recurring_texts": sum(1 for count, _ in profile.texts.values() if count > 1),
            "places": len(profile.places),
            "byline_places": dict(profile.bylines),
            "date_places": dict(profile.dates),
            "states": [
                {"serial": s.serial, "learnt_at": s.learnt_at.isoformat(), "pages": s.pages, "digest": s.digest}
                for s in self.states
            ],
            "new_templates": [
                {"articles": spell.articles, "first": spell.first.isoformat(), "last": spell.last.isoformat()}
                for spell in self.new_templates
            ],
            "template_changes": [
                {"capture": c.capture_id, "article": c.article_id, "at": c.seen_at.isoformat(), "detail": c.detail}
                for c in self.changes[:MOST_SHOWN]
            ],
        }

    def lines(self) -> list[str]:
        """For people."""
        form = self.to_dict()
        used = f"used since {self.states[-1].pages} articles" if self.states else f"used from {ENOUGH} articles on"
        said = [f"{self.host}: {form['pages']} articles, template {form['templates']}, {used}"]
        said += [f"  body in {one['place']} ({one['pages']})" for one in form["containers"][:5]]
        said.append(f"  {form['recurring_texts']} texts recur, {form['places']} places known")
        said += [f"  state {s.serial}: {s.pages} articles until {s.learnt_at:%Y-%m-%d %H:%M} UTC" for s in self.states]
        said += [f"  new template: {spell.sentence()}" for spell in self.new_templates[:5]]
        return said


@dataclass(frozen=True, slots=True)
class OutletProfileView:
    """An outlet with what was learnt of each of its hosts."""

    outlet: str
    hosts: tuple[HostProfile, ...]

    def to_dict(self) -> dict[str, Any]:
        """The JSON form."""
        return {"outlet": self.outlet, "hosts": [host.to_dict() for host in self.hosts]}


NEWEST: Final = 2_000
"""Articles of an outlet whose hosts are looked at: the page costs the same in an archive of any size."""


def view_profile(store: Store, name: str) -> OutletProfileView:
    """The profiles of an outlet's hosts, by host.

    Raises:
        NotInArchive: no outlet has this name.
    """
    outlet = next((one for one in store.outlets() if one.name == name), None)
    if outlet is None:
        raise NotInArchive("there is no such outlet; `writethru articles` shows their names", key=name)
    hosts = set(store.listing.hosts_of(outlet.id, NEWEST))
    return OutletProfileView(name, tuple(_host(store, host) for host in sorted(hosts | {outlet.host} - {""})))


def _host(store: Store, host: str) -> HostProfile:
    states = store.profiles(host)
    working = next((state for state in states if state.serial == WORKING), None)
    profile = OutletProfile.from_dict(working.form) if working else None
    changes = tuple(reversed(store.templates(host)))
    return HostProfile(host, profile or OutletProfile(), tuple(s for s in states if s.serial != WORKING), changes)
