"""`roadmap grant`, `roadmap edition`: who may do what, and which editions there are."""

from dataclasses import replace
from pathlib import Path

import click

from roadmap.cli.application import application, edition_named, read_settings

ROLES = ("facilitator", "translator", "organiser", "administrator")


@click.command()
@click.argument("email")
@click.argument("role", type=click.Choice(ROLES))
@click.option("--edition", help="Slug of the edition; administrators serve all of them.")
@click.option("--languages", default="", help="A translator’s languages, such as fr,ar.")
def grant(email: str, role: str, edition: str | None, languages: str) -> None:
    """Give a person a role in an edition; a stranger gets an invitation."""
    settings = read_settings()
    codes = tuple(code.strip() for code in languages.split(",") if code.strip())
    with application(settings):
        from roadmap.accounts import actions  # slow import
        from roadmap.core import clock  # slow import

        granted = actions.grant(
            email, role, edition_id=edition_named(edition).id if edition else None,
            now=clock.now(), languages=codes,
        )  # fmt: skip
        if granted.account is None:
            click.echo(f"{email} has no account yet. This link makes one with the role; it works once:")
            click.echo(f"  {settings.base_url}{granted.invitation}")
        else:
            click.echo(f"{email} is {role} now.")


@click.command()
@click.argument("email")
@click.option("--reason", required=True, help="Why; everybody reads it in the public log, so name nobody.")
@click.option("--undo", is_flag=True, help="End the suspension: the votes count again.")
def suspend(email: str, reason: str, undo: bool) -> None:
    """Suspend an account: its sign-ins end, and its votes stop counting."""
    with application():
        from roadmap.accounts import actions  # slow import
        from roadmap.accounts.queries import find_by_email  # slow import
        from roadmap.core import clock  # slow import
        from roadmap.domain.policy import GUEST  # slow import

        account = find_by_email(email)
        if account is None:
            raise click.ClickException(f"{email} has no account.")
        deed = actions.restore if undo else actions.suspend
        votes = deed(GUEST, None, account.id, reason=reason, now=clock.now())
        done = (
            "is not suspended any longer; votes that count again"
            if undo
            else ("is suspended; votes that stop counting")
        )
        click.echo(f"{email} {done}: {votes}")


@click.group()
def edition() -> None:
    """Make editions and list them."""


@edition.command()
@click.argument("slug")
@click.option(
    "--file", "path", type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A TOML file that describes the edition.",
)  # fmt: skip
def create(slug: str, path: Path | None) -> None:
    """Make an edition from a file, from the seed of that name, or a plain one."""
    with application():
        from roadmap.core import clock  # slow import
        from roadmap.editions.actions import create_edition  # slow import
        from roadmap.editions.seed_file import read_plan  # slow import
        from roadmap.imports.stages import plan_of  # slow import

        now = clock.now()
        plan = replace(read_plan(path), slug=slug) if path else plan_of(slug, "", "en", now)
        made = create_edition(plan, now=now)
        click.echo(f"The edition “{made.slug}” is there, with {len(plan.questions)} guiding questions.")


@edition.command("list")
def list_editions() -> None:
    """List the editions, newest first."""
    with application():
        from roadmap.core import clock  # slow import
        from roadmap.core.i18n import in_language  # slow import
        from roadmap.domain.phases import open_phases  # slow import
        from roadmap.editions.queries import all_editions, periods_of  # slow import
        from roadmap.editions.seed_file import seed_slugs  # slow import

        now = clock.now()
        editions = all_editions()
        if not editions:
            click.echo(
                f"There is no edition yet: /manage/new makes one in the browser, `roadmap edition create "
                f"{seed_slugs()[-1]}` the one that comes with the program."
            )
        for each in editions:
            title = in_language(each.title)[0]
            phases = ", ".join(open_phases(periods_of(each), now)) or "no phase is open"
            marks = [name for name in ("current", "demonstration") if getattr(each, f"is_{name}")]
            marks += ["in preparation"] if each.opened is None else []
            marks += ["past"] if each.archived is not None else []
            click.echo(f"{each.slug}  {title}  [{'; '.join([phases, *marks])}]")


COMMANDS = [grant, suspend, edition]
