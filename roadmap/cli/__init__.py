"""The console script `roadmap`. Its start is quick: what is heavy is imported inside the commands."""

from roadmap.cli import (
    administration,
    demonstration,
    drafts,
    flask_commands,
    imports,
    maintenance,
    serving,
    similarity,
    standing,
)
from roadmap.cli.group import Roadmap

main = Roadmap(
    name="roadmap",
    help="Propose, weigh and rank: the Forum Roadmap.",
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
for part in (
    serving, demonstration, imports, drafts, standing, similarity, administration, maintenance, flask_commands
):  # fmt: skip
    for command in part.COMMANDS:
        main.add_command(command)

__all__ = ["main"]
