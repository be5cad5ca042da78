"""`roadmap demo`: an invented edition to look at, with links to sign in as each role."""

import click

from roadmap.cli.application import application, read_settings
from roadmap.cli.progress import bars
from roadmap.cli.serving import host_option, port_option, reached_at, refuse_taken, serve
from roadmap.root import Settings


@click.command()
@click.option("--participants", type=click.IntRange(20, 50_000), help="How many people vote.  [default: 400]")
@click.option("--seed", type=click.IntRange(0), help="Another seed gives other votes.  [default: 2026]")
@click.option("--serve", "serving", is_flag=True, help="Serve it afterwards, as `roadmap run` does.")
@host_option
@port_option
def demo(participants: int | None, seed: int | None, serving: bool, host: str, port: int) -> None:
    """Fill an empty database with an invented edition; print links to sign in."""
    settings = reached_at(read_settings(), host, port)
    if serving:
        refuse_taken(host, port)
    chosen = {"participants": participants, "seed": seed}
    with application(settings):
        _fill(settings, {name: value for name, value in chosen.items() if value is not None})
        _tell_links(settings)
    if serving:
        serve(settings, host, port)


def _fill(settings: Settings, chosen: dict[str, int]) -> None:
    from roadmap.core import clock  # slow import
    from roadmap.demo import fill  # slow import

    edition = fill.find_demonstration()
    if edition is None:
        if not fill.is_empty():
            raise click.ClickException(
                "The database holds other data, and nothing was changed: "
                "name an empty folder with ROADMAP_INSTANCE."
            )
        with bars() as progress:
            done = fill.fill(now=clock.now(), progress=progress, **chosen)
        edition = done.edition
        click.echo(
            f"The demonstration is there: {done.proposals} proposals, {done.comments} comments, "
            f"{done.votes} votes of {done.voters} people. All of them are invented."
        )
    else:
        click.echo("The demonstration is there already and is kept as it is.")
    draft = fill.freeze_first_draft(edition, site=settings.base_url, now=clock.now())
    if draft is not None:
        click.echo(f"Draft {draft.version} is compiled and frozen: {draft.fingerprint}")


def _tell_links(settings: Settings) -> None:
    from roadmap.core import clock  # slow import
    from roadmap.demo import fill  # slow import

    click.echo("Sign in with one of these links. Each works once; `roadmap demo` prints new ones.")
    for role, path in fill.sign_in_links(now=clock.now()).items():
        click.echo(f"  {role:<14} {settings.base_url}{path}")


COMMANDS = [demo]
