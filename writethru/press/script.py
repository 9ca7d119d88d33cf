"""Press scripts: outlets with templates of their own, articles as blocks, events (``docs/how-to/replay.md``)."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from writethru.errors import ConfigError, MalformedInput, UnreadableInput
from writethru.press.moments import parse_time
from writethru.press.plays import Article, Plays, Sheet, Site, Version, plain_host, plain_path
from writethru.press.rules import Rule
from writethru.press.template import encode

if TYPE_CHECKING:
    from jinja2 import Environment, Template


def is_script(folder: Path) -> bool:
    """Whether a folder holds a press script."""
    return (folder / "outlets.json").is_file() and (folder / "articles.jsonl").is_file()


def demo_plays() -> Plays:
    """The demo press that comes with the package.

    Raises:
        MalformedInput, UnreadableInput: the package is damaged.
    """
    from importlib.resources import files

    return read_script(files("writethru.press") / "demo")


def read_script(folder: Traversable) -> Plays:
    """Plays of a press script: ``outlets.json``, ``templates/``, ``articles.jsonl``, ``events.jsonl`` (may be absent).

    Raises:
        UnreadableInput: a file is missing.
        MalformedInput: a file or line is not of the form; the demo is ours, so nothing is skipped.
    """
    environment = _environment(folder)
    outlets = _outlets(folder, environment)
    versions: dict[tuple[str, str], list[Version]] = {}
    for where, line in _objects(folder, "articles.jsonl"):
        host, path, version = _scripted(where, line, outlets)
        versions.setdefault((host, path), []).append(version)
    articles: dict[str, dict[str, Article]] = {host: {} for host in outlets}
    for (host, path), states in versions.items():
        articles[host][path] = Article.of(host, path, states)
    if not versions:
        raise MalformedInput("holds no version that can be played", key="articles.jsonl")
    sites = {host: replace(outlet.site, articles=articles[host]) for host, outlet in outlets.items()}
    return Plays(sites, rules=_events(folder), lively=True)


@dataclass(frozen=True, slots=True)
class Outlet:
    """An outlet of a script: its site (articles not yet in it) and its template."""

    site: Site
    template: Template
    stated: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class ScriptCopy:
    """One state of an article, printed by its outlet's template."""

    template: Template
    outlet: Mapping[str, Any]
    article: Mapping[str, Any]
    more: Mapping[str, Any] = field(default_factory=dict)

    def print(self, sheet: Sheet) -> bytes:
        """The page."""
        return encode(
            self.template.render(
                outlet=self.outlet,
                article={**self.article, "url": sheet.article.url},
                now=sheet.now,
                furniture=sheet.furniture,
                is_teaser=False,
                **self.more,
            )
        )

    def teaser(self) -> ScriptCopy:
        """Up to the first paragraph."""
        blocks = list(self.article["blocks"])
        first = next((n for n, block in enumerate(blocks) if block["kind"] == "paragraph"), 0)
        return replace(self, article={**self.article, "blocks": blocks[: first + 1]})


def _environment(folder: Traversable) -> Environment:
    from jinja2 import Environment, FunctionLoader, StrictUndefined

    templates = folder / "templates"
    return Environment(
        loader=FunctionLoader(lambda name: _read(templates, name)),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )


def _outlets(folder: Traversable, environment: Environment) -> dict[str, Outlet]:
    try:
        stated = json.loads(_read(folder, "outlets.json"))
        return {outlet.site.host: outlet for outlet in (_outlet(form, environment) for form in stated)}
    except (ValueError, KeyError, TypeError) as problem:
        raise MalformedInput("not a list of outlets with host, name and template", key="outlets.json") from problem


def _outlet(form: Mapping[str, Any], environment: Environment) -> Outlet:
    from jinja2 import TemplateError

    try:
        template = environment.get_template(f"{form['template']}.html")
    except TemplateError as problem:
        raise MalformedInput("not a Jinja2 template", key=f"templates/{form['template']}.html") from problem
    host = plain_host(form["host"])
    site = Site(
        host,
        form["name"],
        {},
        feed_title=form.get("feed_title", ""),
        language=form.get("language", "en"),
        robots=form.get("robots") or "",
    )
    return Outlet(site, template, form)


def _scripted(where: str, line: Mapping[str, Any], outlets: Mapping[str, Outlet]) -> tuple[str, str, Version]:
    try:
        outlet = outlets[line["outlet"]]
        blocks = line["blocks"]
        first = next((block["text"] for block in blocks if block["kind"] == "paragraph"), "")
        version = Version(
            time=parse_time(line["time"]),
            headline=line["headline"],
            copy=ScriptCopy(outlet.template, outlet.stated, line),
            summary=line.get("standfirst") or first,
            in_feed=line.get("in_feed", True),
            lesson=line.get("lesson", ""),
        )
        return outlet.site.host, plain_path(line["path"]), version
    except KeyError as problem:
        raise MalformedInput(f"no such outlet or field: {problem}", key=where) from None
    except (ValueError, TypeError) as problem:
        raise MalformedInput(f"not an article version: {problem}", key=where) from None


def _events(folder: Traversable) -> tuple[Rule, ...]:
    if not (folder / "events.jsonl").is_file():
        return ()
    rules = []
    for where, form in _objects(folder, "events.jsonl"):
        try:
            rules.append(Rule.from_dict(form))
        except ConfigError as problem:
            raise MalformedInput(f"not an event: {problem}", key=where) from None
    return tuple(rules)


def _objects(folder: Traversable, name: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """The objects of a JSON Lines file, each with ``name:line``."""
    for number, line in enumerate(_read(folder, name).splitlines(), start=1):
        if not line.strip():
            continue
        try:
            form = json.loads(line)
        except ValueError as problem:
            raise MalformedInput(f"not JSON: {problem}", key=name, line=number) from None
        if not isinstance(form, dict):
            raise MalformedInput("not a JSON object", key=name, line=number)
        yield f"{name}:{number}", form


def _read(folder: Traversable, name: str) -> str:
    try:
        return (folder / name).read_text("utf-8")
    except OSError as problem:
        raise UnreadableInput("the press script lacks this file", key=name) from problem
    except UnicodeDecodeError as problem:
        raise MalformedInput("not UTF-8", key=name) from problem
