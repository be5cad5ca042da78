"""`roadmap standing`: the ranking as it stands, computed now."""

import click

from roadmap.cli.application import application, edition_named


@click.command("standing")
@click.option("--edition", required=True, help="Slug of the edition.")
def standing_command(edition: str) -> None:
    """Compute now what pages show of the running ranking; a server does it by itself once a minute."""
    with application():
        from roadmap.core import clock  # slow import
        from roadmap.standing.actions import renew  # slow import
        from roadmap.standing.queries import find_standing, results_wait  # slow import

        found, now = edition_named(edition), clock.now()
        identifier = found.id
        if results_wait(found, now):
            raise click.ClickException("This edition keeps its results until voting closes.")
        click.echo("Ranking …", err=True)
        if not renew(identifier, now=now, anew=True):
            raise click.ClickException("The standing is being computed already; try again in a minute.")
        kept = find_standing(identifier)
        if kept is not None:
            click.echo(f"Computed in {kept.took / 1000:.1f} s, votes counted to {now:%Y-%m-%dT%H:%M:%SZ}.")
            told = kept.breakdown_as_of
            click.echo(
                f"Breakdowns are of {told:%Y-%m-%dT%H:%M:%SZ}."
                if told is not None
                else "No breakdowns yet: they need 20 voters."
            )


COMMANDS = [standing_command]
