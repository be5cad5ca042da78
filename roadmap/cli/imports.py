"""`roadmap import`: bring in deliberations that were held elsewhere."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from roadmap.cli.application import application
from roadmap.cli.progress import bars

if TYPE_CHECKING:
    from roadmap.imports.actions import Imported
    from roadmap.imports.discussions import Discussion
    from roadmap.imports.storing import ImportedDiscussion

LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,4})?\Z")


def a_language(_context: click.Context, _parameter: click.Parameter, value: str) -> str:
    """Check the form of a language code."""
    if value and not LANGUAGE.match(value):
        raise click.BadParameter("write a language code such as en, fr or pt-BR.")
    return value


@click.group("import")
def group() -> None:
    """Bring in a deliberation that was held elsewhere."""


def into_a_question(command: Callable[..., None]) -> Callable[..., None]:
    """What every import is told: the folder, and the guiding question under which it comes in."""
    for add in (
        click.option(
            "--question", required=True, type=click.IntRange(1, 99), help="Number of the guiding question."
        ),
        click.option("--edition", required=True, help="Slug of the edition; a missing one is made."),
        click.argument("folder", type=click.Path(path_type=Path)),
    ):
        command = add(command)
    return command


@group.command()
@into_a_question
@click.option(
    "--agree-sign",
    type=click.Choice(["1", "-1"]),
    default="1",
    show_default=True,
    help="The number that means agree in the files.",
)
@click.option(
    "--language", default="en", show_default=True, callback=a_language,
    help="The language in which the comments are written.",
)  # fmt: skip
def polis(folder: Path, edition: str, question: int, agree_sign: str, language: str) -> None:
    """A Polis export: comments.csv with votes.csv, votes.csv.gz or participants-votes.csv."""
    with application():
        from roadmap.core import clock  # slow import
        from roadmap.domain.policy import GUEST  # slow import
        from roadmap.imports.actions import import_conversation  # slow import
        from roadmap.imports.polis import read_folder  # slow import

        conversation = read_folder(folder, agree_sign=int(agree_sign))
        with bars() as progress:
            done = import_conversation(
                GUEST, conversation, edition=edition, question=question, language=language,
                now=clock.now(), progress=progress,
            )  # fmt: skip
    for note in conversation.notes:
        click.echo(note)
    click.echo(summary(conversation.name, done))


@group.command()
@into_a_question
@click.option(
    "--language", default="", callback=a_language,
    help="The language of the texts; of several in the files, the one to take.",
)  # fmt: skip
def decidim(folder: Path, edition: str, question: int, language: str) -> None:
    """A Decidim export: proposals, projects or results with their comments and supports."""
    with application():
        from roadmap.imports.decidim import read_folder  # slow import

        bring(read_folder(folder, language), edition, question)


@group.command()
@into_a_question
@click.option("--language", default="", callback=a_language, help="The language of the texts.")
def consul(folder: Path, edition: str, question: int, language: str) -> None:
    """A Consul export: proposals.csv and comments.csv."""
    with application():
        from roadmap.imports.consul import read_folder  # slow import

        bring(read_folder(folder, language), edition, question)


def bring(discussion: "Discussion", edition: str, question: int) -> None:
    """Store a discussion, then print what was left out and what there is now."""
    from roadmap.core import clock  # slow import
    from roadmap.domain.policy import GUEST  # slow import
    from roadmap.imports.storing import import_discussion  # slow import

    with bars() as progress:
        done = import_discussion(
            GUEST, discussion, edition=edition, question=question, now=clock.now(), progress=progress
        )
    for note in discussion.notes:
        click.echo(note)
    if discussion.local_times:
        click.echo(f"Times without a zone were read in that of the edition, {done.time_zone}.")
    click.echo(told(discussion.name, done))


def summary(name: str, done: "Imported") -> str:
    """What there is now, in one line."""
    figures = (
        f"{done.proposals} proposals ({done.hidden} of them hidden, as rejected there), "
        f"{done.voters} voters, {done.votes} votes"
    )
    return sentence(name, done, figures)


def told(name: str, done: "ImportedDiscussion") -> str:
    """What there is now, in one line; supports are a figure of elsewhere, never votes."""
    figures = (
        f"{done.proposals} proposals, {done.comments} comments, {done.supports} supports shown as figures"
    )
    return sentence(name, done, figures)


def sentence(name: str, done: "Imported | ImportedDiscussion", figures: str) -> str:
    """The figures, and whether any of it is new."""
    if not done.fresh:
        return f"{name} was imported before; nothing changed: {figures}."
    went = "The import that was stopped went on. " if done.resumed else ""
    return f"{went}{name} is imported: {figures}."


COMMANDS = [group]
