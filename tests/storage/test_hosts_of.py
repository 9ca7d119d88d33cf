"""The hosts of an outlet: of its newest articles, each once."""

from __future__ import annotations

from tests.storage.made import NOON
from writethru.storage.store import Store


def test_of_the_newest_articles_each_once_and_in_order(store: Store) -> None:
    outlets = [store.outlet(name).id for name in ("Ledger", "Courier")]
    for number, host in enumerate(("old.example", "www.example", "", "amp.example", "www.example")):
        for outlet_id in outlets[: 1 + (host == "old.example")]:
            url = f"https://{host or 'none.example'}/{outlet_id}/{number}"
            store.add_article(url, host=host, outlet_id=outlet_id, at=NOON, next_look_at=None, reason="")
    assert store.listing.hosts_of(outlets[0], 9) == ["amp.example", "old.example", "www.example"]
    assert store.listing.hosts_of(outlets[0], 3) == ["amp.example", "www.example"]
    assert store.listing.hosts_of(outlets[1], 9) == ["old.example"]
