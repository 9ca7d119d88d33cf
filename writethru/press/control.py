"""The press's own pages on its loopback name: what is on, the clock, the rules, the log, the versions."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import datetime
from html import escape
from typing import Any, Protocol

from writethru.errors import ConfigError, WritethruError
from writethru.press.clock import Clock
from writethru.press.log import Record, RequestLog
from writethru.press.moments import iso, parse_span, parse_time
from writethru.press.plays import Article, Plays
from writethru.press.rules import Rule, RuleBook, parse_rule
from writethru.press.template import encode
from writethru.press.wire import Ask, Reply


class Workings(Protocol):
    """What the control pages need of a press."""

    plays: Plays
    clock: Clock
    book: RuleBook
    log: RequestLog


def control(press: Workings, ask: Ask, path: str, base: str) -> Reply:
    """Answer a request to the press itself. A wrong request is answered 400 with what was wrong."""
    plain, _, query = path.partition("?")
    if plain == "/":
        return Reply(200, index_page(press.plays, press.clock.now(), base))
    handler = _HANDLERS.get(("GET" if ask.method == "HEAD" else ask.method, plain))
    if handler is None:
        known = any(name == plain for _, name in _HANDLERS)
        return _json({"error": "method not allowed" if known else "no such page"}, status=405 if known else 404)
    origin = ask.headers.get("origin")
    if origin is not None and origin != base:  # a web page elsewhere must not turn the knobs
        return _json({"error": f"requests from {origin} are not taken"}, status=403)
    try:
        return handler(press, ask, query)
    except (WritethruError, ValueError, OverflowError) as problem:
        return _json({"error": str(problem)}, status=400)


def _clock(press: Workings, _: Ask, __: str) -> Reply:
    return _json({"now": iso(press.clock.now()), "speed": getattr(press.clock, "speed", None)})


def _set_clock(press: Workings, ask: Ask, query: str) -> Reply:
    wanted = ask.body.decode("utf-8", "replace").strip().strip('"')
    span = parse_span(wanted)
    moment = press.clock.now() + span if span is not None else parse_time(wanted)
    set_to: Callable[[datetime], None] | None = getattr(press.clock, "set", None)
    if set_to is None:
        raise ConfigError("this press's clock is set by the program that started it", key="clock")
    set_to(moment)
    return _clock(press, ask, query)


def _rules(press: Workings, _: Ask, __: str) -> Reply:
    return _json([{"number": n, **rule.to_dict()} for n, rule in enumerate(press.book.rules)])


def _add_rules(press: Workings, ask: Ask, query: str) -> Reply:
    for rule in read_rules(ask.body.decode("utf-8", "replace")):
        press.book.add(rule)
    return _rules(press, ask, query)


def _drop_rules(press: Workings, ask: Ask, query: str) -> Reply:
    name, _, value = query.partition("=")
    if name == "number" and value.isdigit():
        press.book.remove(int(value))
    elif query:
        raise ConfigError("write ?number=N to drop one rule, or nothing to drop all", key=query)
    else:
        press.book.clear()
    return _rules(press, ask, query)


def read_rules(body: str) -> list[Rule]:
    """Rules from a request: a JSON object, an array of them, or lines in the form of ``--misbehave``.

    Raises:
        ConfigError: one of them is no rule; then none counts.
    """
    text = body.strip()
    if text[:1] not in ("{", "["):
        return [parse_rule(line) for line in text.splitlines() if line.strip()]
    form = json.loads(text)
    forms = form if isinstance(form, list) else [form]
    if not all(isinstance(each, Mapping) for each in forms):
        raise ConfigError("a rule is a JSON object", key="rule")
    return [Rule.from_dict(each) for each in forms]


def _log(press: Workings, _: Ask, query: str) -> Reply:
    name, _equals, value = query.partition("=")
    since = int(value) if name == "since" and value.isdigit() else 0
    return _json([record.to_dict() for record in press.log.records(since)])


def _clear_log(press: Workings, _: Ask, __: str) -> Reply:
    press.log.clear()
    return _json([])


def _versions(press: Workings, _: Ask, __: str) -> Reply:
    looks: dict[tuple[str, str, int], list[Record]] = {}
    for record in press.log.records():
        if record.version:
            looks.setdefault((record.host, record.article, record.version), []).append(record)
    return _json([_article(article, looks) for article in press.plays.articles()])


def _article(article: Article, looks: Mapping[tuple[str, str, int], list[Record]]) -> dict[str, Any]:
    versions = []
    for number, version in enumerate(article.versions, start=1):
        until = article.times[number] if number < len(article.times) else None
        seen = looks.get((article.host, article.path, number), [])
        versions.append(
            {
                "number": number,
                "from": iso(version.time),
                "until": iso(until) if until else None,
                "headline": version.headline,
                "lesson": version.lesson,
                "looks": len(seen),
                "first_look": iso(seen[0].virtual) if seen else None,
                "last_look": iso(seen[-1].virtual) if seen else None,
            }
        )
    return {"url": article.url, "host": article.host, "path": article.path, "versions": versions}


def _urls(press: Workings, _: Ask, __: str) -> Reply:
    lines = "".join(f"{article.url}\n" for article in press.plays.articles())
    return Reply(200, encode(lines), "text/plain; charset=utf-8")


def _json(value: object, *, status: int = 200) -> Reply:
    body = json.dumps(value, ensure_ascii=False, indent=1) + "\n"
    return Reply(status, encode(body), "application/json; charset=utf-8")


def index_page(plays: Plays, now: datetime, base: str) -> bytes:
    """What is on, and how to watch it."""
    rows = "".join(_site_row(plays, host, now, base) for host in plays.sites)
    first, last = iso(plays.first), iso(plays.last)
    return encode(_INDEX.format(base=escape(base), now=iso(now), first=first, last=last, rows=rows, count=plays.count))


def _site_row(plays: Plays, host: str, now: datetime, base: str) -> str:
    site = plays.sites[host]
    standing = sum(1 for article in site.articles.values() if article.number_at(now))
    versions = sum(len(article.versions) for article in site.articles.values())
    home = escape(f"{base}/{host}")
    return (
        f'<tr><td><a href="{home}/">{escape(site.name)}</a></td><td>{escape(host)}</td><td>{standing} of '
        f'{len(site.articles)}</td><td>{versions}</td><td><a href="{home}/feed.xml">RSS</a> '
        f'<a href="{home}/atom.xml">Atom</a> <a href="{home}/robots.txt">robots.txt</a></td>'
        f"<td><code>writethru add {home}/feed.xml</code></td></tr>\n"
    )


_HANDLERS: dict[tuple[str, str], Callable[[Workings, Ask, str], Reply]] = {
    ("GET", "/_press/clock"): _clock,
    ("PUT", "/_press/clock"): _set_clock,
    ("GET", "/_press/rules"): _rules,
    ("POST", "/_press/rules"): _add_rules,
    ("DELETE", "/_press/rules"): _drop_rules,
    ("GET", "/_press/log"): _log,
    ("DELETE", "/_press/log"): _clear_log,
    ("GET", "/_press/versions"): _versions,
    ("GET", "/_press/urls"): _urls,
}

_INDEX = """<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>Replay press</title></head>
<body>
<h1>Replay press</h1>
<p>{count} versions, from {first} to {last}. It is now <strong>{now}</strong> here.</p>
<table>
<tr><th>site</th><th>host</th><th>articles standing</th><th>versions</th><th>feeds</th><th>to watch it</th></tr>
{rows}</table>
<p>Set the clock: <code>curl -X PUT -d +3h {base}/_press/clock</code>.
Misbehave: <code>curl -d '503@HOST/*' {base}/_press/rules</code>.
Look: <a href="/_press/clock">clock</a>, <a href="/_press/rules">rules</a>, <a href="/_press/log">log</a>,
<a href="/_press/versions">versions</a>, <a href="/_press/urls">URLs</a>.</p>
</body>
</html>
"""
