"""``writethru completion``: what makes a shell complete commands and options."""

from __future__ import annotations

import click


@click.command()
@click.argument("shell", type=click.Choice(["bash", "fish", "zsh"]))
def completion(shell: str) -> None:
    """Print the completion script of a shell, to be kept where the shell looks for it.

    \b
    bash  writethru completion bash > ~/.local/share/bash-completion/completions/writethru
    fish  writethru completion fish > ~/.config/fish/completions/writethru.fish
    zsh   writethru completion zsh > ~/.zfunc/_writethru
    """
    from click.shell_completion import get_completion_class

    from writethru.cli import cli

    kind = get_completion_class(shell)
    if kind is None:
        raise click.UsageError(f"no completion for {shell}")
    click.echo(kind(cli, {}, "writethru", "_WRITETHRU_COMPLETE").source())
