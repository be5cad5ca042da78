"""Writing a new proposal: the form, the check before publishing, and the unfinished text that is never lost."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import structlog
from flask import Response, request, url_for

from roadmap.accounts import visitors
from roadmap.accounts.actions import ask_for_link
from roadmap.core import clock
from roadmap.core.errors import Closed, DomainError, Invalid
from roadmap.core.i18n import _, current_language, listed
from roadmap.core.markdown import to_html
from roadmap.core.permit import closed
from roadmap.domain.phases import Verb, is_open
from roadmap.editions.choices import languages_for
from roadmap.editions.models import Edition
from roadmap.editions.queries import facts_of, questions_of
from roadmap.proposals import actions, queries, unfinished
from roadmap.proposals.fields import MOST_BUILT_ON, TEXT, TITLE, Fields, faults
from roadmap.proposals.forms import AddressForm, ProposeForm, numbers_in, shown
from roadmap.proposals.models import Proposal, UnfinishedProposal
from roadmap.proposals.tongues import seems_written_in
from roadmap.proposals.views import bp as bp
from roadmap.similarity.queries import similar_to
from roadmap.votes import queries as votes
from roadmap.web import cookies, render, trap
from roadmap.web.guards import actor, entry
from roadmap.web.requests import whole_number

logger = structlog.get_logger(__name__)


def _key() -> str:
    return cookies.read(cookies.UNFINISHED)


def _closed(edition: Edition, *, kept: bool = True) -> str:
    """Why nobody can propose now, as a sentence; "" while it is open. `kept` where something was written."""
    facts = facts_of(edition, clock.now())
    if is_open(Verb.PROPOSE, facts.periods, facts.now) and not facts.archived:
        return ""
    return closed(Verb.PROPOSE, facts, edition.time_zone, kept=kept).message


def _older(edition: Edition, numbers: Iterable[int]) -> list[Proposal]:
    """The proposals that are built on, as far as everybody may read them."""
    found = (queries.find_proposal(edition, number) for number in list(numbers)[:MOST_BUILT_ON])
    return [each for each in found if each is not None and each.state in ("published", "closed")]


def _faults(edition: Edition, fields: Fields) -> dict[str, str]:
    """What has to be mended, and the numbers of proposals that nobody can read."""
    found = faults(actions.named(actor(), fields), languages_for(edition))
    known = {each.number for each in _older(edition, fields.built_on)}
    unknown = [str(number) for number in fields.built_on[:MOST_BUILT_ON] if number not in known]
    if unknown and "built_on" not in found:
        found["built_on"] = _(
            "There is no proposal to build on under No. %(numbers)s.", numbers=listed(unknown)
        )
    return found


@bp.get("/propose")
@entry(Verb.WRITE)  # everybody may write; an account is needed to publish
def propose(edition: Edition) -> Response:
    """The form, empty or with what was kept."""
    wanted = whole_number(request.args.get("unfinished"))
    kept = unfinished.find(actor(), _key(), edition, wanted) if wanted or not actor().signed_in else None
    fields = unfinished.fields_of(kept) if kept else Fields(author_name=actor().name)
    fields = replace(
        fields,
        question=whole_number(request.args.get("question")) or fields.question,
        built_on=numbers_in(" ".join(request.args.getlist("built_on"))) or fields.built_on,
    )
    form = ProposeForm(questions_of(edition), languages_for(edition), data=shown(fields))
    return _form_page(edition, form, fields, kept)


def _form_page(
    edition: Edition, form: ProposeForm, fields: Fields, kept: UnfinishedProposal | None, status: int = 200
) -> Response:
    others = [
        (one.id, unfinished.fields_of(one).title)
        for one in unfinished.all_of(actor(), _key(), edition)
        if actor().signed_in and (kept is None or one.id != kept.id)
    ]
    return render.page(
        "proposals/propose.html", status, edition=edition, form=form, kept=kept, others=others,
        question=next((one for one in questions_of(edition) if one.number == fields.question), None),
        older=_older(edition, fields.built_on),
        closed=_closed(edition, kept=kept is not None), longest_title=TITLE, longest_text=TEXT,
        was_kept="kept" in request.args,
    )  # fmt: skip


@bp.post("/propose")
@entry(Verb.WRITE)  # everybody may write; an account is needed to publish
def write(edition: Edition) -> Response:
    """Keep what was written, whatever is wrong with it; go on to the check where nothing is."""
    form = ProposeForm(questions_of(edition), languages_for(edition), request.form)
    fields = form.fields(Fields())
    kept, key = unfinished.keep(
        actor(), _key(), edition, fields, number=whole_number(request.form.get("unfinished")),
        client=visitors.client_address(), now=clock.now(),
    )  # fmt: skip
    if instead := whole_number(request.form.get("instead")):
        return _with_key(_instead(edition, instead), key)
    if request.form.get("later"):
        return _with_key(render.see_other(url_for("proposals.propose", unfinished=kept.id, kept=1)), key)
    found = _faults(edition, fields)
    if found:
        form.complain(found)
        return _with_key(_form_page(edition, form, fields, kept, 422), key)
    return _with_key(render.see_other(url_for("proposals.check", unfinished=kept.id)), key)


def _instead(edition: Edition, number: int) -> Response:
    """To the ballot of a proposal that says what the writer means; the text is kept meanwhile."""
    found = queries.find_proposal(edition, number)
    stands = queries.lead_of(edition, found) if found is not None else None
    if stands is None or stands.state != "published":
        return render.see_other(url_for("proposals.propose", kept=1))
    address = url_for("proposals.proposal", number_slug=queries.address_of(stands), kept=1)
    return render.see_other(f"{address}#vote-{stands.number}")


@bp.post("/propose/similar")
@entry(Verb.WRITE)  # everybody may write
def alike(edition: Edition) -> Response:
    """What says the same as the text that is being typed, for the script beside the form; nothing is kept."""
    if not render.wants_fragment("similar"):
        return _to_form()
    title, text, language = (request.form.get(name, "") for name in ("title", "text", "language"))
    found = _alike(edition, Fields(title=title, text=text, language=language).cleaned())
    return render.fragment("proposals/_similar.html", in_form="propose", **found)


def _alike(edition: Edition, fields: Fields) -> dict[str, Any]:
    """The proposals that say the same with their ballots; none where they cannot be found just now."""
    try:
        found = similar_to(edition, fields.title, fields.text, fields.language)
    except Exception:
        logger.exception("similar proposals not found")
        found = []
    return {"similar": found, "ballots": votes.ballots_of(found, actor(), edition, clock.now())}


def _with_key(response: Response, key: str) -> Response:
    """Let the browser keep the key to what was written without an account."""
    if key:
        cookies.keep(response, cookies.UNFINISHED, key)
    return response


@bp.get("/propose/check")
@entry(Verb.WRITE)  # everybody may write; an account is needed to publish
def check(edition: Edition) -> Response:
    """The proposal as others will see it, those like it, and the button that publishes it."""
    kept = unfinished.find(actor(), _key(), edition, whole_number(request.args.get("unfinished")))
    if kept is None:
        return render.see_other(url_for("proposals.propose"))
    return _check_page(edition, kept, AddressForm())


def _check_page(
    edition: Edition, kept: UnfinishedProposal, form: AddressForm, error: DomainError | None = None
) -> Response:
    fields = actions.named(actor(), unfinished.fields_of(kept))
    response = render.page(
        "proposals/check.html", error.status if error is not None else 200, edition=edition, kept=kept,
        fields=fields, html=to_html(fields.text[:TEXT]), form=form, **_alike(edition, fields),
        question=next((one for one in questions_of(edition) if one.number == fields.question), None),
        older=_older(edition, fields.built_on),
        seems=seems_written_in(f"{fields.title} {fields.text}"), ready=not faults(fields, languages_for(edition)),
        closed=_closed(edition), sent="sent" in request.args,
        message=error.message if error is not None else "",
    )  # fmt: skip
    if error is not None and error.status == 429:
        response.headers["Retry-After"] = "3600"
    return response


@bp.post("/propose/check")
@entry(Verb.WRITE)  # everybody may write; an account is needed to publish
def publish(edition: Edition) -> Response:
    """Publish the unfinished proposal; somebody without an account is mailed a link first."""
    now, nonce = clock.now(), request.form.get("nonce", "")
    kept = unfinished.find(actor(), _key(), edition, whole_number(request.form.get("unfinished")))
    if kept is None:
        return _published(edition, Fields(), nonce) if nonce and actor().signed_in else _to_form()
    form = AddressForm(request.form)
    fields = actions.named(actor(), unfinished.fields_of(kept))
    if found := faults(fields, languages_for(edition)):
        again = ProposeForm(questions_of(edition), languages_for(edition), data=shown(fields))
        again.complain(found)
        return _form_page(edition, again, fields, kept, 422)
    try:
        if actor().signed_in:
            return _published(edition, fields, kept.nonce)
        if sentence := _closed(edition):
            raise Closed(sentence)
        if trap.sprung():  # the text is kept, and no mail goes to an address that a program wrote
            return render.see_other(url_for("proposals.check", unfinished=kept.id, sent=1))
        ask_for_link(
            form.email.data or "", current_language(), now=now, guest=visitors.guest_voter(),
            following=url_for("proposals.check", unfinished=kept.id), unfinished_id=kept.id,
            reads=visitors.languages_read_here(), client=visitors.client_address(), device=visitors.device(),
        )  # fmt: skip
    except DomainError as error:
        if isinstance(error, Invalid):
            for name, sentence in error.errors.items():
                form.add_error(name, sentence)
        return _check_page(edition, kept, form, error)
    return render.see_other(url_for("proposals.check", unfinished=kept.id, sent=1))


def _published(edition: Edition, fields: Fields, nonce: str) -> Response:
    try:
        made = actions.publish_proposal(
            actor(), edition, fields, nonce=nonce, now=clock.now(), held=trap.sprung()
        )
    except Invalid:
        if fields.title:
            raise
        return _to_form()
    return render.see_other(url_for("proposals.proposal", number_slug=queries.address_of(made), published=1))


def _to_form() -> Response:
    return render.see_other(url_for("proposals.propose"))


@bp.post("/propose/discard")
@entry(Verb.WRITE)  # whoever wrote it holds its key
def discard(edition: Edition) -> Response:
    """Throw an unfinished proposal away, as its writer asks."""
    unfinished.discard(actor(), _key(), edition, whole_number(request.form.get("unfinished")))
    return _to_form()
