"""What every page shows around its content: the places, the reader's vote count, the foot."""

from typing import Any

from flask import Flask, g, request, session, url_for

from roadmap.core.i18n import _, current_language, ngettext, pgettext
from roadmap.domain.phases import Verb
from roadmap.editions.context import current_edition
from roadmap.editions.models import Edition
from roadmap.texts.organiser_line import organiser_line
from roadmap.votes.counts import count_of
from roadmap.web import cookies
from roadmap.web.filters import could
from roadmap.web.guards import actor

TEXTS = ("about", "how-it-works", "charter", "privacy", "accessibility", "contact")


def init_app(app: Flask) -> None:
    """Add these values to every template."""
    app.context_processor(around)


def around() -> dict[str, Any]:
    """Navigation and the like; an address that has no page is not linked."""
    edition = g.get("edition") or current_edition()
    return {
        "navigation": _places() if edition is not None else [],
        "staff_links": _staff(edition),
        "account_links": _account(),
        "footer_links": _foot(edition is not None),
        "votes_href": url_for("votes.mine"),
        "vote_count": count_of(actor().voter, edition.id if edition is not None else None),
        "questions_href": url_for("pages.questions") if edition is not None else url_for("pages.home"),
        "edition_is_demonstration": edition is not None and edition.is_demonstration,
        "theme": cookies.read(cookies.THEME),
        "shown_edition": edition,
        "organiser_line": organiser_line(edition, current_language()) if edition is not None else ("", ""),
        "is_preview": g.get("edition") is not None and g.edition.opened is None,
        "shown_at": g.get("shown_at"),
        "is_past": _is_past(edition),
    }


def _is_past(edition: Edition | None) -> bool:
    """Whether the page is one of a past edition."""
    return g.get("edition") is not None and edition is not None and edition.archived is not None


def _places() -> list[tuple[str, str, str]]:
    """Address and name of each place, and whether the page is it (`page`) or lies in it (`true`)."""
    places = [
        ("pages.questions", _("Questions"), ("pages.questions", "questions.", "proposals.", "comments.")),
        ("votes.deck", pgettext("place", "Vote"), ("votes.deck", "votes.done")),
        ("drafts.roadmap", _("Roadmap"), ("drafts.",)),
    ]
    inside = "" if _staff_area() else request.endpoint or ""
    return [
        (url_for(target), label, _current(target, inside.startswith(own))) for target, label, own in places
    ]


def _staff(edition: Edition | None) -> list[tuple[str, str, str]]:
    """The same for the desk and the organisers’ pages; who organises only another edition is led to all of them."""
    places = [
        (Verb.DESK, "desk.front", pgettext("place", "Desk"), "desk"),
        (Verb.OVERSEE, "today.manage", pgettext("place", "Manage"), "manage"),
    ]
    if edition is not None and not could(Verb.OVERSEE, edition.id):  # organisers find the texts under Manage
        places.append((Verb.WRITE_TEXTS, "texts.manage", pgettext("place", "Texts"), "manage"))
    found = [
        (url_for(target), name, _current(target, _staff_area() == area))
        for verb, target, name, area in places
        if edition is not None and could(verb, edition.id)
    ]
    if could(Verb.CREATE_EDITION) and (edition is None or not could(Verb.OVERSEE, edition.id)):
        target = "all_editions.listing"
        found.append(
            (url_for(target), pgettext("place", "Manage"), _current(target, _staff_area() == "manage"))
        )
    return found


def _current(target: str, inside: bool) -> str:
    return "page" if request.endpoint == target else "true" if inside else ""


def _staff_area() -> str:
    """`desk` or `manage` where the address lies in it, behind the language and an edition, else nothing."""
    return next((part for part in request.path.split("/")[2:4] if part in ("desk", "manage")), "")


def _account() -> list[tuple[str, str]]:
    if actor().signed_in:
        unread = getattr(session, "unread", 0)
        name = _("My account")
        if unread:
            name = ngettext("My account (%(num)s new notice)", "My account (%(num)s new notices)", unread)
        return [(url_for("accounts.me"), name)]
    return [(url_for("accounts.sign_in"), _("Sign in"))]


def _foot(with_edition: bool) -> list[tuple[str, str]]:
    texts = [(url_for("pages.text", name=name), title) for name, title in _texts().items()]
    return [*texts, (url_for("log.log"), _("Public facilitation log"))] if with_edition else texts


def _texts() -> dict[str, str]:
    return {
        "about": _("About the campaign"),
        "how-it-works": _("How it works"),
        "charter": _("Participation charter"),
        "privacy": _("Privacy"),
        "accessibility": _("Accessibility"),
        "contact": pgettext("page", "Contact"),
    }
