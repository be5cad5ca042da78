"""The mount table: the whole site on one page, the listeners, and nothing else."""

from flask import Blueprint, Flask

from roadmap.accounts import erasures, security
from roadmap.accounts import listeners as account_listeners
from roadmap.accounts import manage as people
from roadmap.accounts import views as accounts
from roadmap.accounts.actions import roles
from roadmap.comments import actions as comment_deeds
from roadmap.comments import views as comments
from roadmap.core import arrays, hooks, jobs, signals
from roadmap.core.db import db, prepare_engine
from roadmap.core.logs import set_up as set_up_logs
from roadmap.core.mail import mail, mail_settings
from roadmap.drafts import manage as drafts
from roadmap.editions import context
from roadmap.editions import manage as editions
from roadmap.merging import desk as duplicates
from roadmap.merging import views as merging
from roadmap.moderation import desk as moderation
from roadmap.notices import views as notices
from roadmap.notices.actions import telling
from roadmap.pages import context as around
from roadmap.pages import desk, log, results, today, traces
from roadmap.pages import views as pages
from roadmap.proposals import actions as proposal_deeds
from roadmap.proposals import desk as proposals
from roadmap.proposals import unfinished
from roadmap.proposals.erasing import erase_proposals
from roadmap.root import Settings
from roadmap.share import manage as share
from roadmap.share import views as short
from roadmap.similarity import encoders, listeners
from roadmap.standing import listeners as standing
from roadmap.texts import actions as text_deeds
from roadmap.texts import manage as texts
from roadmap.votes import placed
from roadmap.votes import views as votes
from roadmap.votes.claiming import claim
from roadmap.votes.suspending import count_anew
from roadmap.web import cookies, errors, filters, headers, health, languages, requests, shared_pages

SITE = languages.PREFIX
EDITION = languages.PREFIX + context.PREFIX

BLUEPRINTS: list[tuple[Blueprint, str]] = [
    (health.bp, ""),
    (languages.bp, ""),
    (short.bp, ""),
    (accounts.bp, SITE),
    (pages.bp, SITE),
    (traces.bp, SITE),
    (notices.bp, SITE),
    (results.bp, EDITION),
    (log.bp, EDITION),
    (proposals.bp, EDITION),
    (merging.bp, EDITION),
    (duplicates.bp, EDITION),
    (comments.bp, EDITION),
    (desk.bp, EDITION),
    (moderation.bp, EDITION),
    (votes.bp, SITE),
    (editions.site, SITE),
    (today.bp, EDITION),
    (today.site, SITE),
    (editions.bp, EDITION),
    (people.bp, EDITION),
    (texts.bp, EDITION),
    (share.bp, EDITION),
    (drafts.bp, EDITION),
]


def wire(app: Flask, settings: Settings) -> None:
    """Attach everything to the application."""
    set_up_logs(settings.production)
    app.config.update(mail_settings(settings))
    mail.init_app(app)
    arrays.set_up(settings.instance)
    erasures.set_up(settings.instance)
    jobs.each_minute(standing.renew_standings)
    jobs.each_minute(account_listeners.forget_names)
    jobs.set_up(app, settings.instance, immediate=settings.jobs == "none")
    requests.init_app(app)
    shared_pages.init_app(app)
    languages.init_app(app)
    cookies.init_app(app)
    short.init_app(app)
    security.init_app(app, settings)
    context.init_app(app)
    filters.init_app(app)
    errors.init_app(app)
    around.init_app(app)
    account_listeners.listen()
    hooks.unfinished_claimed.add(unfinished.hand_over)
    hooks.guest_claimed.add(claim)
    hooks.edition_made.add(roles.organise)
    hooks.texts_erased.add(erase_proposals)
    hooks.texts_erased.add(comment_deeds.erase_comments)
    hooks.account_erased.add(proposal_deeds.forget_author)
    hooks.account_erased.add(comment_deeds.forget_writer)
    hooks.account_erased.add(placed.forget)
    hooks.account_counted_anew.add(count_anew)
    hooks.merge_changed.add(telling.merge_changed)
    hooks.split_changed.add(telling.split_changed)
    hooks.text_decided.add(telling.text_decided)
    hooks.correction_accepted.add(telling.correction_accepted)
    hooks.edition_cloned.add(text_deeds.bring_along)
    encoders.set_up(settings.similarity)
    signals.proposal_published.connect(listeners.on_change)
    signals.proposal_changed.connect(listeners.on_change)
    signals.edition_filled.connect(listeners.on_filled)
    with app.app_context():
        prepare_engine(db.engine, settings.sqlite_synchronous)
    for blueprint, prefix in BLUEPRINTS:
        app.register_blueprint(blueprint, url_prefix=prefix or None)
    app.wsgi_app = headers.with_headers(app.wsgi_app, settings)  # type: ignore[method-assign]
