"""Writing texts: versions, translations, what is refused."""

from dataclasses import replace

import pytest
from flask import Flask

from roadmap.core.db import db
from roadmap.core.errors import Closed, Conflict, Invalid, NotFound, Refused
from roadmap.core.hooks import edition_cloned
from roadmap.domain.policy import Role
from roadmap.editions.models import Edition
from roadmap.log import phrases
from roadmap.log.models import LogEntry
from roadmap.texts import actions
from roadmap.texts.actions import Others
from roadmap.texts.models import TextVersion
from roadmap.texts.queries import State, current_of, show, states_of, untranslated_of
from tests.factories import DAY, NOW, a_role, an_account, an_edition, the_actor
from tests.texts.writing import a_translator, an_organiser, words_of, write


@pytest.fixture
def edition(app: Flask) -> Edition:
    return an_edition()


def test_a_text_that_nobody_changed_is_the_platforms_own_in_each_language(edition: Edition) -> None:
    assert words_of(edition, "about", "fr")["title"] == "À propos"
    assert untranslated_of(edition) == {"en": 0, "fr": 0, "pt": 0, "es": 0, "ar": 0}


def test_an_edition_keeps_only_what_its_organisers_changed(edition: Edition) -> None:
    write(an_organiser(edition), edition, "about", fields={"title": "Our campaign"})
    assert words_of(edition, "about")["title"] == "Our campaign"
    assert db.session.query(TextVersion).count() == 1


def test_saving_a_text_unchanged_saves_nothing(edition: Edition) -> None:
    assert write(an_organiser(edition), edition, "about") is None
    assert db.session.query(LogEntry).count() == 0


def test_other_languages_show_the_organisers_text_until_it_is_translated(edition: Edition) -> None:
    """The default of a language may be false once the organisers have said something else."""
    write(an_organiser(edition), edition, "about", fields={"body": "Another campaign."})
    shown = show(edition, "about", "fr")
    assert (shown.fields["body"].text, shown.fields["body"].language) == ("Another campaign.", "en")
    assert (shown.translated, untranslated_of(edition)["fr"], untranslated_of(edition)["en"]) == (False, 1, 0)


def test_a_change_of_wording_leaves_the_other_languages_as_they_are(edition: Edition) -> None:
    write(an_organiser(edition), edition, "about", fields={"title": "About us"}, others=Others.DEFAULT)
    assert words_of(edition, "about", "fr")["title"] == "À propos"
    assert sum(untranslated_of(edition).values()) == 0


def test_what_others_have_to_say_can_be_put_right_later(edition: Edition) -> None:
    organiser = an_organiser(edition)
    write(organiser, edition, "about", fields={"title": "About us"})
    write(organiser, edition, "about", others=Others.DEFAULT)
    assert sum(untranslated_of(edition).values()) == 0


def test_a_message_stays_in_the_readers_language(edition: Edition) -> None:
    write(an_organiser(edition), edition, "mail-sign-in", fields={"body": "Press: {link}"})
    assert show(edition, "mail-sign-in", "fr").translated is True
    assert untranslated_of(edition)["fr"] == 1


def test_the_note_beside_translations_is_each_languages_own(edition: Edition) -> None:
    edition.texts = {"translation_note": {"fr": "À confirmer."}}
    db.session.commit()
    write(an_organiser(edition), edition, "translation-note", "fr", fields={"note": ""})
    assert (words_of(edition, "translation-note", "fr"), words_of(edition, "translation-note")) == (
        {"note": ""},
        {"note": ""},
    )
    assert sum(untranslated_of(edition).values()) == 0


def test_a_plan_that_lacks_a_language_counts_as_not_translated(edition: Edition) -> None:
    edition.texts = {
        "background": {"en": "Why"},
        "aims": [{"en": "One", "fr": "Un"}, {"en": "Two", "fr": "Deux"}],
    }
    db.session.commit()
    assert show(edition, "campaign", "fr").fields["background"].language == "en"
    assert words_of(edition, "campaign", "fr")["aims"] == "Un\nDeux"
    assert untranslated_of(edition) == {"en": 0, "fr": 1, "pt": 1, "es": 1, "ar": 1}


class TestTranslating:
    def test_a_translation_counts_no_longer(self, edition: Edition) -> None:
        write(an_organiser(edition), edition, "about", fields={"body": "Another campaign."})
        write(a_translator(edition, "fr"), edition, "about", "fr", fields={"body": "Une autre campagne."})
        assert words_of(edition, "about", "fr")["body"] == "Une autre campagne."
        assert (untranslated_of(edition)["fr"], untranslated_of(edition)["ar"]) == (0, 1)

    def test_a_default_that_still_holds_is_confirmed_by_saving_it(self, edition: Edition) -> None:
        write(an_organiser(edition), edition, "about", fields={"body": "Another campaign."})
        assert write(a_translator(edition, "fr"), edition, "about", "fr") is not None
        assert words_of(edition, "about", "fr")["title"] == "À propos"

    def test_a_translation_is_behind_once_the_original_says_something_else(self, edition: Edition) -> None:
        organiser, translator = an_organiser(edition), a_translator(edition, "fr")
        write(organiser, edition, "about", fields={"body": "One."})
        write(translator, edition, "about", "fr", fields={"body": "Un."})
        write(organiser, edition, "about", fields={"body": "Two."}, others=Others.HOLD)
        assert states_of(edition)["about"]["fr"] is State.OWN
        write(organiser, edition, "about", fields={"body": "Three."})
        assert states_of(edition)["about"]["fr"] is State.BEHIND
        assert write(translator, edition, "about", "fr") is not None
        assert states_of(edition)["about"]["fr"] is State.OWN

    def test_a_translator_decides_nothing_for_other_languages(self, edition: Edition) -> None:
        write(a_translator(edition, "fr"), edition, "about", "fr", fields={"body": "Mieux dit."})
        assert sum(untranslated_of(edition).values()) == 0

    def test_a_translator_may_not_write_in_another_language(self, edition: Edition) -> None:
        with pytest.raises(Refused):
            write(a_translator(edition, "fr"), edition, "about", "ar", fields={"title": "x"})

    def test_a_facilitator_may_not_write(self, edition: Edition) -> None:
        with pytest.raises(Refused):
            write(the_actor(a_role(an_account(), Role.FACILITATOR, edition)), edition, "about")

    def test_nothing_is_written_in_a_past_edition(self, edition: Edition) -> None:
        organiser = an_organiser(edition)
        edition.archived = NOW - DAY
        db.session.commit()
        with pytest.raises(Closed):
            write(organiser, edition, "about", fields={"title": "x"})

    def test_an_unknown_text_or_a_language_of_another_edition_is_not_found(self, edition: Edition) -> None:
        organiser = an_organiser(edition)
        edition.languages = ["en", "fr"]
        db.session.commit()
        with pytest.raises(NotFound):
            actions.write_text(organiser, edition, "nothing", "en", fields={}, based_on=0, now=NOW)
        with pytest.raises(NotFound):
            write(organiser, edition, "about", "ar")


class TestVersions:
    def test_each_save_is_told_in_the_public_log(self, edition: Edition) -> None:
        write(an_organiser(edition), edition, "about", fields={"title": "Ours"}, note="A clearer title.")
        entry = db.session.query(LogEntry).one()
        assert (entry.kind, entry.role, entry.reason) == ("text-change", "organiser", "A clearer title.")
        assert phrases.line(entry.kind, entry.facts) == (
            "The text “About the campaign” was changed in English (version 1)."
        )

    def test_a_translator_is_named_as_one(self, edition: Edition) -> None:
        write(a_translator(edition, "fr"), edition, "about", "fr", fields={"title": "La campagne"})
        assert db.session.query(LogEntry).one().role == "translator"

    def test_whoever_was_slower_is_told_and_changes_nothing(self, edition: Edition) -> None:
        organiser = an_organiser(edition)
        write(organiser, edition, "about", fields={"title": "First"})
        with pytest.raises(actions.ChangedMeanwhile):
            write(organiser, edition, "about", fields={"title": "Second"}, based_on=0)
        assert words_of(edition, "about")["title"] == "First"

    def test_an_older_version_comes_back_as_a_new_one(self, edition: Edition) -> None:
        organiser = an_organiser(edition)
        for title in ("First", "Second"):
            write(organiser, edition, "about", fields={"title": title})
        actions.restore_text(organiser, edition, "about", "en", number=1, based_on=2, now=NOW)
        held = current_of(edition, "about")["en"]
        assert (held.number, held.restored, held.fields["title"]) == (3, 1, "First")

    def test_the_default_comes_back_in_every_language(self, edition: Edition) -> None:
        organiser = an_organiser(edition)
        write(organiser, edition, "about", fields={"title": "Ours"})
        actions.restore_text(organiser, edition, "about", "en", number=0, based_on=1, now=NOW)
        assert (words_of(edition, "about")["title"], words_of(edition, "about", "fr")["title"]) == (
            "About",
            "À propos",
        )
        assert sum(untranslated_of(edition).values()) == 0

    def test_the_current_version_cannot_be_brought_back(self, edition: Edition) -> None:
        organiser = an_organiser(edition)
        with pytest.raises(Conflict):
            actions.restore_text(organiser, edition, "about", "en", number=0, based_on=0, now=NOW)
        write(organiser, edition, "about", fields={"title": "Ours"})
        with pytest.raises(Conflict):
            actions.restore_text(organiser, edition, "about", "en", number=1, based_on=1, now=NOW)


class TestRefusals:
    @pytest.mark.parametrize(
        ("name", "fields", "field", "sentence"),
        [
            ("about", {"title": " "}, "title", "Write something here, or go back to the default text."),
            (
                "about", {"body": "Write to {contact_adress}."}, "body",
                "There is no placeholder {contact_adress} here. "
                "You can use: {site_name}, {contact_address} and {edition}.",
            ),
            (
                "mail-sign-in", {"body": "Welcome to {site_name}."}, "body",
                "Put {link} back in: the message is of no use without it.",
            ),
            (
                "mail-sign-in", {"subject": "Press {link}"}, "subject",
                "There is no placeholder {link} here. You can use: {site_name} and {edition}.",
            ),
            (
                "about", {"title": "x" * 301}, "title",
                "Shorten the text to 300 characters; it has 301.",
            ),
        ],
    )  # fmt: skip
    def test_a_text_that_cannot_be_kept_says_why(
        self, edition: Edition, name: str, fields: dict[str, str], field: str, sentence: str
    ) -> None:
        with pytest.raises(Invalid) as caught:
            write(an_organiser(edition), edition, name, fields=fields)
        assert caught.value.errors == {field: sentence}

    def test_a_subject_is_one_line(self, edition: Edition) -> None:
        subject = "Your link\r\nBcc: everybody@example.org"
        held = write(an_organiser(edition), edition, "mail-sign-in", fields={"subject": subject})
        assert held is not None
        assert held.fields["subject"] == "Your link Bcc: everybody@example.org"


class TestCloning:
    def test_a_clone_begins_with_the_texts_that_hold_now(self, edition: Edition) -> None:
        organiser = an_organiser(edition)
        for body in ("One.", "Two."):
            write(organiser, edition, "about", fields={"body": body})
        write(organiser, edition, "about", "fr", fields={"body": "Deux."})
        write(organiser, edition, "contact", fields={"title": "Gone"})
        actions.restore_text(organiser, edition, "contact", "en", number=0, based_on=1, now=NOW)
        target = an_edition("2027", is_current=False, languages=["en", "fr"])
        edition_cloned.run(edition.id, target.id, NOW)
        db.session.commit()
        assert {language: held.number for language, held in current_of(target, "about").items()} == {
            "en": 1, "fr": 1,
        }  # fmt: skip
        assert words_of(target, "about", "fr")["body"] == "Deux."
        assert states_of(target)["about"] == {"en": State.OWN, "fr": State.OWN}
        assert current_of(target, "contact") == {}

    def test_a_translation_that_was_behind_stays_behind_in_the_clone(self, edition: Edition) -> None:
        organiser = an_organiser(edition)
        write(organiser, edition, "about", fields={"body": "One."})
        write(organiser, edition, "about", "fr", fields={"body": "Un."})
        write(organiser, edition, "about", fields={"body": "Two."})
        target = an_edition("2027", is_current=False)
        actions.copy_texts(edition, target, now=NOW)
        assert states_of(target)["about"]["fr"] is State.BEHIND

    def test_copying_again_changes_nothing(self, edition: Edition) -> None:
        write(an_organiser(edition), edition, "about", fields={"body": "One."})
        target = an_edition("2027", is_current=False)
        assert actions.copy_texts(edition, target, now=NOW) == 1
        assert actions.copy_texts(edition, target, now=NOW) == 0


def test_a_role_in_another_edition_opens_nothing_here(edition: Edition) -> None:
    translator = a_translator(edition, "fr")
    elsewhere = replace(translator, translates=frozenset({(edition.id + 1, "fr")}))
    with pytest.raises(Refused):
        write(elsewhere, edition, "about", "fr", fields={"title": "x"})
