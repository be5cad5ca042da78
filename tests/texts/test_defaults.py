"""The default page texts and the seed edition: complete, alike in five languages, set by each one's rules."""

import re
import tomllib
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

ROADMAP = Path(__file__).resolve().parents[2] / "roadmap"
TEXTS = ROADMAP / "texts" / "defaults"
SEED = ROADMAP / "editions" / "seed" / "2026.toml"
LANGUAGES = ("en", "fr", "pt", "es", "ar")
NAMES = ("home", "about", "how-it-works", "charter", "privacy", "accessibility", "contact")
MAILS = (
    "mail-sign-in", "mail-password", "mail-address", "mail-address-changed", "mail-password-changed",
    "mail-factor-changed", "mail-invitation", "mail-decision", "mail-notices",
)  # fmt: skip
EVERY = (*NAMES, *MAILS)
ALLOWED_PLACEHOLDERS = {"contact_address", "site_name"}
IN_MAILS = {
    "invitation", "role", "link", "device", "about", "decision", "notices", "stop", *ALLOWED_PLACEHOLDERS,
}  # fmt: skip
ALLOWED_LINKS = {*NAMES, "me", "me/votes"} - {"home"}
NO_BREAK, NARROW = "\u00a0", "\u202f"
VOWEL_SIGNS = re.compile("[\u064b-\u0652]")

AVOIDED = {
    "en": r"users?|invalid|polls?|surveys?|petitions?|winners?|representatives?|click\w*|deleted|anonymous",
    "fr": r"utilisat\w+|invalides?|sondages?|enquêtes?|pétitions?|gagnant\w*|palmarès|cliqu\w+|invité\w*"
    r"|brouillons?|anonyme\w*|Conseil européen|supprimé\w*",
    "pt": r"utilizador\w*|usuári\w+|inválid\w+|sondage\w+|inquéritos?|petiç\w+|vencedor\w*|cli[cq]\w+"
    r"|convidad\w+|rascunhos?|você\w*|anónim\w+|anular|Conselho Europeu",
    "es": r"usuari\w+|inválid\w+|encuestas?|petici\w+|ganador\w*|clic\w*|invitad\w+|ordenador\w*"
    r"|computador\w+|móvil\w*|celular\w*|reportar|vosotros|vos|anónim\w+|Consejo Europeo",
    "ar": r"\w*مستخدم\w*|\w*استطلاع\w*|\w*عريضة|انقر\w*|قم|قوموا|تم|\w*ضيوف|\w*طبعة|المجلس الأوروبي",
}

QUESTIONS = (
    "How could international solidarity be described today? What forms does it take nowadays?",
    "What are the strengths of the current forms of international solidarity? Are they truly impactful?",
    "What are the effective frameworks and tools out there today to sustain solidarity efforts and what "
    "are the key principles for success?",
    "Who are the main and most influential international solidarity agents and how could their efforts for a "
    "more equal, just, and sustainable world be better supported?",
)
TITLE = (
    "International solidarity: its changing face. "
    "How to harness the best from the new equality and social justice movements?"
)


def parts_of(language: str, name: str) -> tuple[dict[str, Any], str]:
    """Front matter and Markdown body of one text."""
    _, front, body = (TEXTS / language / f"{name}.md").read_text(encoding="utf-8").split("+++\n", 2)
    return tomllib.loads(front), body


def strings_in(value: object) -> Iterator[str]:
    """Every string at any depth of a parsed TOML value."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from strings_in(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from strings_in(inner)


def page_text(language: str, name: str) -> str:
    """What a reader of one page sees, without link targets and keys."""
    front, body = parts_of(language, name)
    front.pop("placeholders")
    return re.sub(r"\]\([^)]*\)", "]", "\n".join([*strings_in(front), body]))


def seed_tables(value: object) -> Iterator[dict[str, str]]:
    """Every table of the seed edition that is keyed by language."""
    if isinstance(value, dict):
        if set(value) & set(LANGUAGES):
            yield value
        else:
            for inner in value.values():
                yield from seed_tables(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from seed_tables(inner)


def seed() -> dict[str, Any]:
    return tomllib.loads(SEED.read_text(encoding="utf-8"))


def all_text(language: str) -> str:
    """Everything the platform itself says in one language in these files."""
    pages = [page_text(language, name) for name in EVERY]
    return "\n".join([*pages, *(table[language] for table in seed_tables(seed()) if language in table)])


def test_every_text_exists_in_every_language_and_no_other_file_lies_beside_them() -> None:
    found = {str(path.relative_to(TEXTS)) for path in TEXTS.rglob("*.md")}
    assert found == {f"{language}/{name}.md" for language in LANGUAGES for name in EVERY}


@pytest.mark.parametrize("language", LANGUAGES[1:])
@pytest.mark.parametrize("name", EVERY)
class TestTranslationFollowsTheEnglish:
    def test_the_front_matter_has_the_same_keys(self, language: str, name: str) -> None:
        assert list(parts_of(language, name)[0]) == list(parts_of("en", name)[0])

    def test_the_same_placeholders_stand_in_the_text(self, language: str, name: str) -> None:
        def used(code: str) -> list[str]:
            return sorted(re.findall(r"\{(\w+)\}", page_text(code, name)))

        assert used(language) == used("en")

    def test_headings_and_blocks_come_in_the_same_order(self, language: str, name: str) -> None:
        def shape(code: str) -> list[str]:
            lines = parts_of(code, name)[1].splitlines()
            return [re.match(r"#+ |- |\d+\. |> |", line)[0] or "text" for line in lines if line]  # type: ignore[index]

        assert shape(language) == shape("en")

    def test_the_same_pages_are_linked_in_the_same_order(self, language: str, name: str) -> None:
        def targets(code: str) -> list[str]:
            return re.findall(r"\]\(([^)]*)\)", parts_of(code, name)[1])

        assert targets(language) == targets("en")

    def test_no_paragraph_was_left_in_english(self, language: str, name: str) -> None:
        english = {line for line in page_text("en", name).splitlines() if len(line) > 20}
        assert english & set(page_text(language, name).splitlines()) == set()

    def test_each_bold_lead_has_its_counterpart(self, language: str, name: str) -> None:
        def leads(code: str) -> int:
            return len(re.findall(r"\*\*[^*\n]+\*\*", parts_of(code, name)[1]))

        assert leads(language) == leads("en")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", NAMES)
class TestEachText:
    def test_declared_placeholders_are_those_in_use_and_are_known(self, language: str, name: str) -> None:
        declared = parts_of(language, name)[0]["placeholders"]
        assert set(declared) == set(re.findall(r"\{(\w+)\}", page_text(language, name)))
        assert set(declared) <= ALLOWED_PLACEHOLDERS

    def test_no_line_begins_with_a_placeholder_that_could_turn_into_a_heading(
        self, language: str, name: str
    ) -> None:
        assert re.findall(r"^\{", parts_of(language, name)[1], re.MULTILINE) == []

    def test_front_matter_says_title_and_description_in_plain_words(self, language: str, name: str) -> None:
        front = parts_of(language, name)[0]
        assert front["title"]
        assert 40 <= len(front["description"]) <= 160
        assert not re.search(r"[{}<>*\[\]]", "".join(strings_in(front)).replace("{contact_address}", ""))

    def test_headings_start_at_the_second_level(self, language: str, name: str) -> None:
        levels = set(re.findall(r"^(#+) ", parts_of(language, name)[1], re.MULTILINE))
        assert levels <= {"##"}

    def test_links_lead_to_pages_without_an_edition_in_their_address(self, language: str, name: str) -> None:
        assert set(re.findall(r"\]\(([^)]*)\)", parts_of(language, name)[1])) <= ALLOWED_LINKS

    def test_nothing_of_the_seed_edition_is_named(self, language: str, name: str) -> None:
        text, data = page_text(language, name), seed()
        named = [data[key][language] for key in ("title", "short_title", "kicker", "organiser")]
        named += [data["campaign"], *(question["text"][language] for question in data["questions"])]
        assert [words for words in named if words in text] == []
        assert re.findall(r"\b20\d\d\b", text) == []

    def test_no_html_and_no_italics(self, language: str, name: str) -> None:
        body = re.sub(r"\*\*|\{\w+\}", "", parts_of(language, name)[1])
        assert re.findall(r"<[a-z/]|[*_]", body) == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", MAILS)
def test_a_message_declares_the_placeholders_it_uses_and_has_one_line_of_subject(
    language: str, name: str
) -> None:
    front, body = parts_of(language, name)
    declared = front["placeholders"]
    assert set(declared) == set(re.findall(r"\{(\w+)\}", front["subject"] + body))
    assert (set(declared) <= IN_MAILS, front["subject"].splitlines()) == (True, [front["subject"]])


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", EVERY)
def test_no_avoided_word_stands_in_a_text(language: str, name: str) -> None:
    plain = VOWEL_SIGNS.sub("", page_text(language, name))
    assert re.findall(rf"\b(?:{AVOIDED[language]})\b", plain, re.IGNORECASE) == []


@pytest.mark.parametrize("language", LANGUAGES)
class TestTypography:
    def test_apostrophes_and_quotation_marks_are_typographic(self, language: str) -> None:
        assert re.findall(r".{0,20}['\"].{0,20}", all_text(language)) == []

    def test_nothing_is_exclaimed(self, language: str) -> None:
        assert [mark for mark in "!¡" if mark in all_text(language)] == []

    def test_quotation_marks_are_those_of_the_language(self, language: str) -> None:
        foreign = "«»" if language == "en" else "“”„‟"
        assert [mark for mark in foreign if mark in all_text(language)] == []

    def test_no_blank_is_doubled_or_left_at_the_end_of_a_line(self, language: str) -> None:
        assert re.findall(r"[ \u00a0\u202f]{2}|[ \t\u00a0\u202f]$", all_text(language), re.MULTILINE) == []


def test_french_sets_a_narrow_blank_before_high_marks() -> None:
    assert re.findall(rf".{{0,15}}(?<!{NARROW})[;!?]", all_text("fr")) == []


def test_french_sets_a_no_break_space_before_a_colon() -> None:
    assert re.findall(rf".{{0,15}}(?<!{NO_BREAK}):", all_text("fr")) == []


def test_french_sets_no_break_spaces_inside_quotation_marks_and_before_per_cent() -> None:
    assert re.findall(rf"«(?!{NO_BREAK}).{{0,15}}|.{{0,15}}(?<!{NO_BREAK})[»%]", all_text("fr")) == []


@pytest.mark.parametrize("language", ["en", "pt", "es", "ar"])
def test_the_other_languages_set_no_blank_before_marks(language: str) -> None:
    assert re.findall(r".{0,15}\s[;:!?,.؛،؟»]", all_text(language)) == []


def test_spanish_opens_every_question() -> None:
    for line in all_text("es").splitlines():
        assert line.count("¿") == line.count("?"), line


def test_per_cent_is_set_off_in_spanish_alone_of_these() -> None:
    assert re.findall(rf"\d(?!{NO_BREAK})\s?%", all_text("es")) == []
    for language in ("en", "pt", "ar"):
        assert re.findall(r"\s%", all_text(language)) == []


def test_arabic_uses_its_own_marks_latin_digits_and_no_stretched_letters() -> None:
    assert re.findall(r"[,;?](?!\d)|[\u0660-\u0669\u06f0-\u06f9\u0640]", all_text("ar")) == []


def test_arabic_joins_no_one_letter_word_to_latin() -> None:
    assert re.findall(r"(?<![\u0621-\u0652])[وبلكف][A-Za-z#{]", all_text("ar")) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_charter_names_its_rules_by_the_numbers_a_note_will_give(language: str) -> None:
    front, body = parts_of(language, "charter")
    numbered = re.findall(r"^(\d+)\. \*\*(.+?)\.\*\*", body, re.MULTILINE)
    assert numbered == [(str(number), rule) for number, rule in enumerate(front["rules"], start=1)]


def test_the_merging_rule_is_told_in_its_fixed_words() -> None:
    assert (
        "> You count once. If you voted the same on both, or on one only, that vote goes along. If you "
        "agreed with one and disagreed with the other, we set it aside and ask you. Whatever you answer now "
        "is what counts.\n"
    ) in parts_of("en", "how-it-works")[1]


def test_the_seed_edition_has_the_exact_english_title_and_questions() -> None:
    data = seed()
    assert [question["number"] for question in data["questions"]] == [1, 2, 3, 4]
    assert tuple(question["text"]["en"] for question in data["questions"]) == QUESTIONS
    assert data["title"]["en"] == TITLE


def test_every_table_of_the_seed_edition_has_all_its_languages() -> None:
    data = seed()
    assert data["languages"] == list(LANGUAGES)
    assert list(data.pop("translation_note")) == list(LANGUAGES[1:])
    assert [table for table in seed_tables(data) if list(table) != list(LANGUAGES)] == []


def test_the_seed_edition_goes_through_six_phases_of_which_proposing_and_voting_overlap() -> None:
    phases: dict[str, dict[str, datetime]] = {phase["kind"]: phase for phase in seed()["phases"]}
    assert list(phases) == ["listening", "proposing", "voting", "drafting", "forum", "follow-up"]
    for phase in phases.values():
        assert phase["opens"].utcoffset() is not None
        assert phase["opens"] < phase["closes"]
    assert phases["voting"]["opens"] < phases["proposing"]["closes"] < phases["voting"]["closes"]


def test_the_webinar_stands_as_the_concept_note_gives_it() -> None:
    (webinar,) = seed()["events"]
    assert set(webinar) == {"slug", "kind", "title", "form", "date_note", "moderator", "experts"}
    assert webinar["title"]["en"] == TITLE
    assert webinar["form"]["en"] == "moderated panel discussion followed by Q&A session"
    assert [(who["name"], who["function"]["en"]) for who in (webinar["moderator"], *webinar["experts"])] == [
        ("Catherine Burton", "Council of Europe Directorate of Communication"),
        ("Giuseppe Palmisano", "President of the European Committee of Social Rights, Council of Europe"),
        ("Raúl Acosta-García", "Professor of Social and Political Anthropology, University of Konstanz"),
        ("Avril Benoit", "Executive Director, Doctors Without Borders"),
    ]
