"""A wire's own writethrus become versions: ninjs and NewsML-G2."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.bulk.material import NOW, empty_archive
from writethru.errors import MalformedInput
from writethru.evidence import EvidenceFolder
from writethru.extraction.wire_item import read_wire_items
from writethru.model import Outcome, Reason
from writethru.sources import kind_of
from writethru.storage import open_store
from writethru.watch.intake import Intake
from writethru.watch.rebuild import rebuild


def ninjs(version: int, killed: str, **more: object) -> str:
    form = {
        "$standard": {"name": "ninjs", "version": "3.0"},
        "uri": "tag:wire.example,2031:ferry",
        "version": str(version),
        "versioncreated": f"2031-03-02T1{version}:00:00+01:00",
        "firstcreated": "2031-03-02T11:00:00+01:00",
        "pubstatus": "usable",
        "language": "en",
        "headlines": [{"role": "short", "value": "Ferry"}, {"role": "main", "value": "Ferry inquiry opens"}],
        "by": "Ilse Varen",
        "infosources": [{"name": "Harbour Wire"}],
        "bodies": [
            {"contenttype": "text/plain", "value": "not this one"},
            {
                "contenttype": "text/html",
                "value": f"<p>{killed} people were aboard.</p><h2>Port</h2><p>It <b>sank</b>.</p>",
            },
        ],
        "ednote": f"UPDATES to {killed}",
        **more,
    }
    return json.dumps(form, indent=1)


def news_item(version: int, killed: str, status: str = "usable") -> str:
    return f"""<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="urn:newsml:wire.example:20310302:ferry"
 version="{version}" standard="NewsML-G2" standardversion="2.34">
<itemMeta><provider literal="Harbour Wire"/><versionCreated>2031-03-02T1{version}:00:00Z</versionCreated>
<pubStatus qcode="stat:{status}"/><edNote>CORRECTS number</edNote></itemMeta>
<contentMeta><by>Ilse Varen</by><dateline>PORT, March 2</dateline><language tag="en"/>
<headline>Ferry inquiry opens</headline></contentMeta>
<contentSet><inlineXML contenttype="application/nitf+xml"><nitf><body><body.content>
<p>{killed} people were aboard.</p><p>It sank.</p></body.content></body></nitf></inlineXML></contentSet></newsItem>"""


def taken_in(folder: Path, files: dict[str, str]):  # type: ignore[no-untyped-def]
    top = folder / "wire"
    top.mkdir()
    for name, content in files.items():
        (top / name).write_text(content, encoding="utf-8")
    store = open_store(str(empty_archive(folder, "wire.db")))
    evidence = EvidenceFolder(folder / "evidence")
    return store, evidence, Intake(store, evidence, lambda: NOW).run([top])


def test_ninjs_versions_are_versions(tmp_path: Path) -> None:
    files = {"1.json": ninjs(1, "Twelve"), "2.json": ninjs(2, "Twenty-one"), "3.json": ninjs(3, "Twenty-one")}
    assert kind_of(files["1.json"].encode(), "1.json") == "wire item"
    store, evidence, report = taken_in(tmp_path, files)
    assert (report.captures, report.articles, report.versions, report.changes, report.skipped) == (3, 1, 2, 1, ())
    assert [version.label for version in store.versions(1)] == ["1", "2"]
    text = store.version_text(1, 2)
    assert (text.headline, text.byline) == ("Ferry inquiry opens", "Ilse Varen")
    assert text.text.strip() == "Twenty-one people were aboard.\n\nPort\n\nIt sank."
    form = store.extraction_of(2)
    assert form is not None
    assert form["notes"] == ["note to editors: UPDATES to Twenty-one"]
    assert store.article(1).url.startswith("urn:wire:tag:wire.example,2031:ferry")
    assert store.outlets()[0].name == "Harbour Wire"
    assert rebuild(store, evidence, NOW).different == ()
    store.close()


def test_a_message_of_newsml_holds_versions_and_a_kill(tmp_path: Path) -> None:
    items = news_item(1, "Twelve") + news_item(2, "Twenty-one") + news_item(3, "Twenty-one", "canceled")
    message = f'<newsMessage xmlns="http://iptc.org/std/nar/2006-10-01/"><itemSet>{items}</itemSet></newsMessage>'
    assert kind_of(message.encode(), "m.xml") == "wire item"
    store, evidence, report = taken_in(tmp_path, {"m.xml": message})
    assert (report.captures, report.versions, report.changes, report.skipped) == (3, 2, 1, ())
    looks = [capture.look for capture in store.captures(1)]
    assert (looks[2].outcome, looks[2].reason) == (Outcome.GONE, Reason.STATUS_GONE)
    text = store.version_text(1, 1)
    assert (text.headline, text.dateline) == ("Ferry inquiry opens", "PORT, March 2")
    assert rebuild(store, evidence, NOW).different == ()
    store.close()


def test_ninjs_of_the_first_series() -> None:
    form = {"uri": "https://wire.example/a", "versioncreated": "2031-03-02T11:00:00Z", "headline": "Ferry",
            "body_text": "One.\nTwo.", "byline": "Ilse Varen", "source": "HW"}  # fmt: skip
    [item] = read_wire_items(json.dumps(form).encode())
    assert (item.headline, item.byline, item.provider) == ("Ferry", "Ilse Varen", "HW")
    assert [block.text for block in item.blocks] == ["One.", "Two."]


@pytest.mark.parametrize(
    ("body", "message"),
    [
        (b'{"versioncreated": "2031-03-02T11:00:00Z"}', "uri"),
        (b'{"uri": "a:b"}', "not an ISO 8601 time"),
        (b'{"uri": "a:b", "versioncreated": "2031-03-02T11:00:00"}', "no zone"),
        (b'{"uri": ', "not JSON"),
        (b"<newsItem", "not XML"),
        (b"<other/>", "no newsItem"),
        (b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', "no newsItem"),
    ],
)
def test_what_is_wrong_is_named(body: bytes, message: str) -> None:
    with pytest.raises(MalformedInput, match=message):
        read_wire_items(body)
