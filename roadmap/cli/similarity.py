"""`roadmap similarity`: finding anew which proposals say the same thing."""

import click

from roadmap.cli.application import application, edition_named
from roadmap.cli.progress import bars


@click.group("similarity")
def group() -> None:
    """Which proposals say the same thing."""


@group.command()
@click.option("--edition", required=True, help="Slug of the edition.")
def rebuild(edition: str) -> None:
    """Compare all proposals of an edition anew; decisions of facilitators stay."""
    with application():
        from roadmap.core import clock  # slow import
        from roadmap.similarity.actions import compare_edition  # slow import
        from roadmap.similarity.encoders import has_meaning  # slow import
        from roadmap.similarity.queries import groups_of  # slow import

        found = edition_named(edition)
        with bars() as progress:
            compare_edition(found, now=clock.now(), anew=True, progress=progress)
        groups = len(groups_of(found))
        way = (
            "meaning, across languages"
            if has_meaning()
            else "words; the extra `meaning` compares languages too"
        )
        click.echo(f"Compared by {way}. Groups that wait for a decision: {groups}.")


COMMANDS = [group]
