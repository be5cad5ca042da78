"""The console script `roadmap`. Its start is quick: what is heavy is imported inside the commands."""

from importlib import import_module
from importlib.util import find_spec

from roadmap.cli import administration, demonstration, flask_commands, imports, maintenance, serving
from roadmap.cli.group import Roadmap

main = Roadmap(
    name="roadmap",
    help="Propose, weigh and rank: the Forum Roadmap.",
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
PARTS = [serving, demonstration, imports, administration, maintenance, flask_commands]
if find_spec("roadmap.cli.drafts") is not None:
    PARTS.insert(3, import_module("roadmap.cli.drafts"))
for part in PARTS:
    for command in part.COMMANDS:
        main.add_command(command)

__all__ = ["main"]
