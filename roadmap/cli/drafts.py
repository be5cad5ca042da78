"""`roadmap compile`, `export`, `verify`: drafts from the command line."""

import json
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from roadmap.cli.application import application, edition_named

if TYPE_CHECKING:
    from roadmap.domain.policy import Actor
    from roadmap.domain.verification import Finding

FORMATS = ("pdf", "docx", "odt", "epub", "html", "md", "xlsx", "csv", "json")
METHOD_NAMES = ("equal-persons", "equal-groups", "support", "net-count", "common-ground", "wilson")
LANGUAGE_CODES = ("en", "fr", "pt", "es", "ar")


def a_moment(_context: click.Context, _parameter: click.Parameter, value: str | None) -> datetime | None:
    """A time such as 2030-01-31T12:00:00Z; one without a zone is in UTC."""
    if value is None:
        return None
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        raise click.BadParameter("write a time such as 2030-01-31T12:00:00Z.") from None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


@click.command("compile")
@click.option("--edition", required=True, help="Slug of the edition.")
@click.option(
    "--method", type=click.Choice(METHOD_NAMES), help="Another method than the edition's own, for looking."
)
@click.option("--as-of", callback=a_moment, help="Count the votes given before this time.")
@click.option("--freeze", is_flag=True, help="Freeze the version at once: it becomes public for good.")
def compile_command(edition: str, method: str | None, as_of: datetime | None, freeze: bool) -> None:
    """Rank the votes of an edition and write a version of its draft."""
    with application() as app:
        from roadmap.core import clock  # slow import
        from roadmap.domain.phases import Verb  # slow import
        from roadmap.drafts import actions  # slow import
        from roadmap.drafts.queries import document_of  # slow import
        from roadmap.drafts.queries.checklist import few_voters, open_merges  # slow import

        found, actor, now = edition_named(edition), _the_operator(), clock.now()
        if freeze and method not in (None, found.method):
            raise click.ClickException(
                f"Only a version by the edition's own method, {found.method}, can be frozen."
            )
        click.echo("Ranking …", err=True)
        site = app.config["SETTINGS"].base_url
        draft = actions.compile_draft(actor, found, method=method, as_of=as_of, site=site, now=now)
        document = document_of(draft)
        click.echo(f"draft {draft.version}, method {draft.method}, votes counted to {document['as_of']}")
        for section in document["sections"]:
            click.echo(
                f"question {section['question']['number']}: {len(section['items'])} placed, "
                f"{len(section['not_listed'])} without a place, {section['people']} people"
            )
        if few_voters(document):
            click.echo(
                "Fewer than 10 people have voted: single votes can be guessed from the totals.", err=True
            )
        for merge in open_merges(found, now):
            click.echo(f"The merge into No. {merge.lead} is still inside its five days.", err=True)
        if freeze:
            draft = actions.freeze_draft(actor, draft, now=now, verb=Verb.ADMINISTER)
            click.echo("frozen")
        click.echo(f"fingerprint {draft.fingerprint or _fingerprint(document)}")


@click.command("export")
@click.option("--edition", required=True, help="Slug of the edition.")
@click.option("--draft", "version", required=True, type=click.IntRange(1), help="Number of the version.")
@click.option("--format", "kind", required=True, type=click.Choice(FORMATS))
@click.option("--lang", "language", type=click.Choice(LANGUAGE_CODES), default="en", show_default=True)
@click.option(
    "--output", required=True, type=click.Path(dir_okay=False, allow_dash=True, path_type=Path),
    help="The file to write; - for standard output.",
)  # fmt: skip
def export_command(edition: str, version: int, kind: str, language: str, output: Path) -> None:
    """Write a frozen version to a file: the same bytes each time."""
    with application():
        from roadmap.drafts.exports import LABELS, export, offered  # slow import
        from roadmap.drafts.queries import document_of, find_draft  # slow import

        if kind not in offered():
            raise click.ClickException(
                f"{LABELS[kind]} files need the extra `office`: pip install 'forum-roadmap[office]'."
            )
        draft = find_draft(edition_named(edition), version)
        if draft is None:
            raise click.ClickException(f"There is no draft {version} in {edition}.")
        if draft.frozen is None:
            raise click.ClickException(f"Draft {version} is not frozen; only a frozen one can be exported.")
        made = export(document_of(draft), kind, language)
        for note in made.notes:
            click.echo(note, err=True)
        if str(output) == "-":
            sys.stdout.buffer.write(made.content)
            return
        output.write_bytes(made.content)
        click.echo(f"{output}: {len(made.content)} bytes")


@click.command("verify")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--expect", help="The fingerprint that was made known elsewhere.")
@click.option(
    "--votes", type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="The sealed ballot file, to recompute tallies, groups and the table as well.",
)  # fmt: skip
def verify_command(file: Path, expect: str | None, votes: Path | None) -> None:
    """Rebuild order and bands of a frozen draft from its JSON file; needs no database."""
    from roadmap.domain.verification import verify  # slow import

    try:
        document: Any = json.loads(file.read_text(encoding="utf-8"))
    except (UnicodeDecodeError, json.JSONDecodeError, RecursionError) as error:
        raise click.ClickException(f"{file} is not a JSON file in UTF-8: {error}") from None
    findings = verify(document, expect=expect, votes=votes.read_bytes() if votes else None)
    if findings:
        for finding in findings[1:]:
            click.echo(f"also {_told(finding)}", err=True)
        raise click.ClickException(_told(findings[0]))
    click.echo(f"order holds, bands hold, fingerprint holds: {document['fingerprint']}")
    if votes:
        click.echo("tallies, groups and table follow from the ballot file")
    if document.get("frozen_at") is None:
        click.echo("This version is not frozen.", err=True)


def _the_operator() -> "Actor":
    """Whoever runs commands on the machine may do what administrators may."""
    from roadmap.domain.policy import Actor, Role  # slow import

    return Actor(name="command line", roles=frozenset({(None, Role.ADMINISTRATOR)}))


def _told(finding: "Finding") -> str:
    """What does not hold: the spot first where there is one, else what it is about."""
    return str(finding) if finding.question or finding.number else f"{finding.about}: {finding}"


def _fingerprint(document: Any) -> str:
    from roadmap.domain.canonical import fingerprint  # slow import

    return f"{fingerprint(document)} (not frozen)"


COMMANDS = [compile_command, export_command, verify_command]
