"""``user`` and ``token``: who may write through the pages and the API; ``journal``: what was written by whom."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from writethru.cli.acting import whoever_types
from writethru.cli.options import Call, Number, archive_options, list_options
from writethru.cli.output import plain, print_json, print_table
from writethru.text.wording import counted

if TYPE_CHECKING:
    from datetime import datetime

    from writethru.storage.accounts_store import Token

ROLES = click.Choice(["reader", "editor", "admin"])
ROLE_HELP = "reader: reads a private archive; editor: watches, pauses; admin: withdraws too."


@click.group()
def user() -> None:
    """Who may sign in on the pages: add, list, remove, change a password."""


@user.command("add")
@click.argument("name")
@click.option("--role", type=ROLES, default="editor", show_default=True, help=ROLE_HELP)
@click.option("--password-stdin", is_flag=True, help="Read the password from standard input, one line.")
@archive_options
def user_add(name: str, role: str, password_stdin: bool, call: Call) -> None:
    """Let somebody sign in; the password is asked for, or read from standard input."""
    from writethru.safety.actors import Role

    password = _password(from_stdin=password_stdin)
    with call.opened() as archive:
        archive.safety.add_user(whoever_types(), name, Role(role), password)
    _say(call, f"{name} may sign in as {role}", {"name": name, "role": role})


@user.command("list")
@list_options
def user_list(call: Call) -> None:
    """Users with their roles."""
    with call.read() as archive:
        users = archive.safety.accounts.users()
    if call.as_json:
        call.print_items({"name": one.name, "role": one.role, "added_at": _iso(one.added_at)} for one in users)
        return
    print_table(
        counted(len(users), "user"), ("name", "role", "added"), [(one.name, one.role, one.added_at) for one in users]
    )


@user.command("remove")
@click.argument("name")
@archive_options
def user_remove(name: str, call: Call) -> None:
    """Somebody may sign in no longer; open sessions end now."""
    with call.proved() as archive:
        archive.safety.remove_user(whoever_types(), name)
    _say(call, f"{name} may not sign in any more", {"name": name})


@user.command("password")
@click.argument("name")
@click.option("--password-stdin", is_flag=True, help="Read the password from standard input, one line.")
@archive_options
def user_password(name: str, password_stdin: bool, call: Call) -> None:
    """Another password for somebody; open sessions end now."""
    password = _password(from_stdin=password_stdin)
    with call.proved() as archive:
        archive.safety.set_password(whoever_types(), name, password)
    _say(call, f"{name} has another password; open sessions ended", {"name": name})


@user.command("link")
@click.argument("name")
@click.option("--minutes", type=click.IntRange(1, 1440), default=10, show_default=True, help="How long it is good.")
@click.option(
    "--anywhere", is_flag=True, help="Good from other machines too, not only on the one that serves the pages."
)
@archive_options
def user_link(name: str, minutes: int, anywhere: bool, call: Call) -> None:
    """Make a link that signs somebody in once, and print it, once: only its hash is kept."""
    with call.proved() as archive:
        secret = archive.safety.add_link(whoever_types(), name, minutes, anywhere=anywhere)
    web = call.config().web
    base = web.base_url if anywhere and web.base_url else f"http://{web.host}:{web.port}"
    _say(call, f"{base}/login/link/{secret}", {"name": name, "link": f"{base}/login/link/{secret}", "minutes": minutes})
    click.echo(f"good once, for {counted(minutes, 'minute')}; it is not shown again", err=True)


@click.group()
def token() -> None:
    """What programs write with through the API: add, list, revoke."""


@token.command("add")
@click.argument("name")
@click.option("--role", type=ROLES, default="editor", show_default=True, help=ROLE_HELP)
@click.option("--days", type=click.IntRange(min=1), help="It ends by itself after so many days.")
@archive_options
def token_add(name: str, role: str, days: int | None, call: Call) -> None:
    """Make a token and print it, once: only its hash is kept."""
    from writethru.safety.actors import Role

    with call.opened() as archive:
        number, secret = archive.safety.add_token(whoever_types(), name, Role(role), days)
    if call.as_json:
        print_json({"id": number, "name": name, "role": role, "token": secret})
        return
    click.echo(secret)
    click.echo(f"token {number} ({name}, {role}); it is not shown again", err=True)


@token.command("list")
@list_options
def token_list(call: Call) -> None:
    """Tokens with their roles and last use; never the tokens themselves."""
    with call.read() as archive:
        tokens = archive.safety.accounts.tokens()
    if call.as_json:
        call.print_items(map(_token_form, tokens))
        return
    columns = ("id", "name", "role", "added", "ends", "last used", "revoked")
    rows = [(one.id, one.name, one.role, one.added_at, one.until, one.used_at, one.revoked_at) for one in tokens]
    print_table(counted(len(tokens), "token"), columns, rows)


@token.command("revoke")
@click.argument("number", metavar="TOKEN", type=Number())
@archive_options
def token_revoke(number: int, call: Call) -> None:
    """A token is good no longer, from now on."""
    with call.proved() as archive:
        archive.safety.revoke_token(whoever_types(), number)
    _say(call, f"token {number} is good no longer", {"id": number})


@click.command()
@click.option("--limit", type=click.IntRange(min=1, max=10_000), default=50, show_default=True, help="At most so many.")
@list_options
def journal(limit: int, call: Call) -> None:
    """What was written by whom, newest first."""
    with call.read() as archive:
        lines = archive.safety.journal(limit)
    if call.as_json:
        fields = ("id", "who", "action", "subject", "detail")
        call.print_items({"at": _iso(line.at), **{name: getattr(line, name) for name in fields}} for line in lines)
        return
    rows = [(line.at, line.who, line.action, line.subject, line.detail) for line in lines]
    print_table(counted(len(lines), "line"), ("when", "who", "did", "to", "why, how"), rows)


def _password(*, from_stdin: bool) -> str:
    if from_stdin:
        return sys.stdin.readline().rstrip("\n")
    if not sys.stdin.isatty():
        raise click.UsageError("there is no terminal to ask for the password on; give it with --password-stdin")
    given: str = click.prompt("Password", hide_input=True, confirmation_prompt=True, err=True)
    return given


def _say(call: Call, words: str, form: dict[str, object]) -> None:
    if call.as_json:
        print_json(form)
    else:
        click.echo(plain(words))


def _token_form(one: Token) -> dict[str, object]:
    moments = {"added_at": one.added_at, "ends_at": one.until, "used_at": one.used_at, "revoked_at": one.revoked_at}
    return {
        "id": one.id,
        "name": one.name,
        "role": one.role,
        **{name: None if at is None else _iso(at) for name, at in moments.items()},
    }


def _iso(moment: datetime) -> str:
    return moment.isoformat().replace("+00:00", "Z")
