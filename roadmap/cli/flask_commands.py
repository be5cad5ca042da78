"""Flask's own commands, under the same name and with the same options."""

from importlib import import_module

import click

from roadmap.cli.application import read_settings

WHERE = {
    "routes": ("flask.cli", "routes_command", "List the addresses of the site (Flask)."),
    "shell": ("flask.cli", "shell_command", "Open a Python shell with the application (Flask)."),
    "db": ("flask_migrate.cli", "db", "Work with migrations (Flask-Migrate)."),
}


def passed_on(name: str) -> click.Command:
    """A command that hands all its words to the one that Flask brings."""
    module, attribute, about = WHERE[name]

    @click.pass_context
    def hand_over(context: click.Context, words: tuple[str, ...]) -> None:
        from flask.cli import ScriptInfo  # slow import

        from roadmap import create_app  # slow import

        command: click.Command = getattr(import_module(module), attribute)
        info = ScriptInfo(create_app=lambda: create_app(read_settings()))
        command.main(list(words), prog_name=f"roadmap {name}", obj=info)

    return click.Command(
        name,
        callback=hand_over,
        params=[click.Argument(["words"], nargs=-1, type=click.UNPROCESSED)],
        help=about,
        add_help_option=False,
        context_settings={"ignore_unknown_options": True, "allow_interspersed_args": False},
    )


COMMANDS = [passed_on(name) for name in WHERE]
