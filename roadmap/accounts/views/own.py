"""One's own pages: overview, profile, what was taken over."""

from flask import Response, request, url_for

from roadmap.accounts.actions import inviting, owning
from roadmap.accounts.countries import country_choices, region_of_country
from roadmap.accounts.forms import DeclarationForm, ProfileForm, offer_languages
from roadmap.accounts.invitations import edition_invited_to, open_invitations_for
from roadmap.accounts.models import Account
from roadmap.accounts.queries import find_declaration, get_account, voter_of
from roadmap.accounts.queries import taken_over as taken
from roadmap.accounts.views.blueprint import bp, following, place_of_work, said, show, waits_for_opening
from roadmap.core import clock
from roadmap.core.errors import Invalid, NotFound
from roadmap.core.i18n import LANGUAGES, _
from roadmap.core.phrases import ROLE_MEANINGS
from roadmap.core.zones import zone_names
from roadmap.domain import reading
from roadmap.domain.phases import Verb
from roadmap.editions.choices import Asks, asks_of
from roadmap.editions.models import Edition
from roadmap.editions.queries import find_current_edition, find_open_edition
from roadmap.log.phrases import role_name
from roadmap.web import render
from roadmap.web.forms import choices
from roadmap.web.guards import actor, entry

GROUPS = ("civil-society", "decision-maker", "public", "not-stated")


@bp.get("/me")
@entry(Verb.OWN)
def me() -> Response:
    """The person's own pages, from one place."""
    edition = find_current_edition()
    declaration = find_declaration(voter_of(_account().id), edition.id) if edition else None
    invited = open_invitations_for(_account().email_key, clock.now())
    return show(
        "me",
        account=_account(),
        declaration=declaration,
        current=edition,
        invited=invited,
        role_name=role_name,
        role_meanings=ROLE_MEANINGS,
    )


@bp.post("/me/invitations")
@entry(Verb.OWN)
def answer_invitation() -> Response:
    """Accept or decline an invitation that was sent to one's own address."""
    accepted = request.form.get("do") == "accept"
    link = inviting.answer_invitation(
        actor(), request.form.get("invitation", ""), accept=accepted, now=clock.now()
    )
    edition = edition_invited_to(link)
    if not accepted or edition is None:
        return render.see_other(url_for("accounts.me"))
    begins = place_of_work(link.data["role"], edition)
    return render.see_other(begins) if begins else said(waits_for_opening(), url_for("accounts.me"))


@bp.get("/me/taken-over")
@entry(Verb.OWN)
def taken_over() -> Response:
    """The votes that have just gone over from a browser to the account."""
    return show("taken_over", taken=taken(voter_of(_account().id)), onward=following())


@bp.get("/me/profile")
@entry(Verb.OWN)
def profile() -> Response:
    """Name, language, time zone; stakeholder group and country."""
    return _profile_page(_profile_form(), _declaration_form())


@bp.post("/me/profile")
@entry(Verb.OWN)
def change_profile() -> Response:
    """Keep the profile."""
    form = _profile_form(True)
    if not form.validate():
        return _profile_page(form, _declaration_form(), 422)
    try:
        owning.change_profile(
            actor(), name=form.name.data or "", language=form.language.data,
            time_zone=form.time_zone.data, reads=_newly_read(form), now=clock.now(),
        )  # fmt: skip
    except Invalid as error:
        form.add_error("name", error.message)
        return _profile_page(form, _declaration_form(), 422)
    return said(_("Your profile is saved."), url_for("accounts.profile"))


@bp.post("/me/profile/declaration")
@entry(Verb.OWN)
def declare() -> Response:
    """Keep what the person says to be in the current edition."""
    edition = find_open_edition()
    form = _declaration_form(True)
    asks = asks_of(edition) if edition is not None else Asks(group=True, country=True)
    if not (asks.group or asks.country):
        raise NotFound
    if edition is None or not form.validate():
        return _profile_page(_profile_form(), form, 422, declaring=True)
    owning.declare(
        actor(),
        edition.id,
        group=form.group.data if asks.group else None,
        country=(form.country.data or "") if asks.country else None,
        now=clock.now(),
    )
    return said(_("Your answers are saved."), following() or url_for("accounts.profile"))


def _account() -> Account:
    return get_account(actor().account or 0)


def _profile_form(sent: bool = False) -> ProfileForm:
    form = ProfileForm(request.form if sent else None, obj=_account())
    form.language.choices = choices(list(LANGUAGES.items()))
    form.reads.data = form.reads.data if sent else _account().reads or list(LANGUAGES)
    offer_languages(form.reads, reading.offered(LANGUAGES, _account().reads, LANGUAGES))
    zones = [(zone, zone.replace("_", " ")) for zone in zone_names()]
    form.time_zone.choices = choices([("", _("The edition’s")), *zones])
    return form


def _newly_read(form: ProfileForm) -> list[str] | None:
    """The languages as ticked; None where they stand as they stood, so that saving a name says nothing of them."""
    ticked = sorted(form.reads.data or ())
    return None if ticked == sorted(_account().reads or LANGUAGES) else ticked


def _declaration_form(sent: bool = False) -> DeclarationForm:
    edition = find_open_edition()
    row = find_declaration(voter_of(_account().id), edition.id) if edition else None
    data = {"group": row.stakeholder_group, "country": row.country} if row else None
    form = DeclarationForm(request.form if sent else None, data=data)
    names = {
        "civil-society": _("Civil society"),
        "decision-maker": _("Decision maker"),
        "public": _("General public"),
        "not-stated": _("Not stated"),
    }
    form.group.choices = choices([(group, names[group]) for group in GROUPS])
    form.country.choices = choices([("", _("Not stated")), *country_choices()])
    return form


def _profile_page(
    profile_form: ProfileForm,
    declaration_form: DeclarationForm,
    status: int = 200,
    *,
    declaring: bool = False,
) -> Response:
    edition: Edition | None = find_open_edition()
    row = find_declaration(voter_of(_account().id), edition.id) if edition else None
    return show(
        "profile", status, form=declaration_form if declaring else profile_form, profile_form=profile_form,
        declaration_form=declaration_form, declaration=row, current=edition, onward=following(),
        asks=asks_of(edition) if edition else None,
        region=region_of_country(row.country) if row else "",
    )  # fmt: skip
