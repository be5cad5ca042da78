"""Every text in five languages: complete, with the same placeholders, in the typography of the language."""

import re
from collections.abc import Callable, Iterator

import pytest
from babel.messages.catalog import Catalog, Message

from tests.house import messages, tree

PLACEHOLDER = re.compile(r"%\([a-z_]+\)[sd]|%%")
UNNUMBERED = {"ar": 3, "es": 1, "pt": 1}  # forms of their own for none, one and two need no figure
OPENING = {"?": "¿", "!": "¡"}
WORDS = re.compile(
    r"[A-Z][a-z]+|[a-z]{2,} [a-z]{2,}"
)  # one small word alone may be the value of an attribute
NAMES = ("#SolidAction",)  # the same in every language

FRENCH = {
    "a narrow no-break space before ; ! ?": re.compile(r"(?<![\u202f;!?])[;!?]"),
    "a no-break space before :": re.compile(r"(?<!\u00a0)(?<!\d):(?!//)"),
    "no-break spaces inside « »": re.compile(r"«(?!\u00a0)|(?<!\u00a0)»"),
    "a no-break space before %": re.compile(r"\d ?%(?![(%])"),
    "the curved apostrophe": re.compile(r"\w'\w"),
    "quotation marks « »": re.compile(r'"'),
}
SPANISH = {
    "no space before marks": re.compile(r"[\s\u00a0\u202f][;:!?,.](?=\s|$)"),
    "quotation marks «»": re.compile(r'"'),
}
PORTUGUESE = {
    "no space before marks": re.compile(r"[\s\u00a0\u202f][;:!?,.](?=\s|$)"),
    "quotation marks «»": re.compile(r'"'),
}
ARABIC = {
    "the Arabic comma": re.compile(r"[\u0600-\u06ff],"),
    "the Arabic semicolon": re.compile(r"[\u0600-\u06ff];"),
    "the Arabic question mark": re.compile(r"[\u0600-\u06ff]\?"),
    "letters that are not stretched": re.compile("\u0640"),
    "quotation marks «»": re.compile(r'"'),
}
ENGLISH = {
    "no exclamation mark": re.compile(r"!"),
    "the curved apostrophe": re.compile(r"\w'\w"),
    "curved quotation marks": re.compile(r'"'),
}
RULES = {"fr": FRENCH, "pt": PORTUGUESE, "es": SPANISH, "ar": ARABIC}

each_language = pytest.mark.parametrize("language", messages.LANGUAGES)


def pairs(catalogue: Catalog) -> Iterator[tuple[Message, Message | None]]:
    """Yield each text of the code with its entry in the catalogue."""
    for message in messages.texts():
        if message.id:
            yield message, catalogue.get(message.id, context=message.context)


def forms(message: Message) -> tuple[str, ...]:
    """Return the forms of a translation: one, or one for each plural."""
    return (message.string,) if isinstance(message.string, str) else tuple(message.string or ())


def translated(language: str) -> Iterator[tuple[Message, Message]]:
    """Yield each text with its translation, where there is one."""
    for message, entry in pairs(messages.catalogue_of(language)):
        if entry is not None and messages.filled(entry.string):
            yield message, entry


def name(message: Message) -> str:
    """Return a text as a failing test shows it."""
    return message.id if isinstance(message.id, str) else message.id[0]


def broken(language: str, holds: Callable[[Message, Message], bool]) -> list[str]:
    """Return the texts whose translation does not hold."""
    return [name(message) for message, entry in translated(language) if not holds(message, entry)]


@each_language
def test_the_catalogue_is_there(language: str) -> None:
    assert messages.path_of(language).is_file(), f"there is no catalogue for {language}: run make messages"


@each_language
def test_every_text_is_translated(language: str) -> None:
    missing = [
        name(message)
        for message, entry in pairs(messages.catalogue_of(language))
        if entry is None or not messages.filled(entry.string)
    ]
    count = len(missing)
    assert count == 0, "\n".join([f"{count} texts lack their {language} translation:", *missing[:20]])


@each_language
def test_no_translation_is_a_guess(language: str) -> None:
    assert [name(message) for message, entry in translated(language) if entry.fuzzy] == []


@each_language
def test_the_catalogue_holds_nothing_that_is_no_longer_said(language: str) -> None:
    catalogue = messages.catalogue_of(language)
    said = {(message.id, message.context) for message in messages.texts()}
    assert [name(entry) for entry in catalogue if entry.id and (entry.id, entry.context) not in said] == []


@each_language
def test_the_catalogue_counts_as_its_language_does(language: str) -> None:
    catalogue, expected = messages.catalogue_of(language), Catalog(locale=language)
    assert catalogue.plural_forms == expected.plural_forms
    assert (
        broken(
            language, lambda m, entry: len(forms(entry)) == (expected.num_plurals if m.pluralizable else 1)
        )
        == []
    )


@each_language
def test_placeholders_are_the_same_in_every_language(language: str) -> None:
    def same(message: Message, entry: Message) -> bool:
        source = set(PLACEHOLDER.findall(message.id if isinstance(message.id, str) else message.id[1]))
        free = {"%(num)s", "%(num)d", "%(n)s", "%(count)s"}
        for place, form in enumerate(forms(entry)):
            found = set(PLACEHOLDER.findall(form))
            unnumbered = message.pluralizable and place < UNNUMBERED.get(language, 0)
            if found != source and not (unnumbered and found == source - free):
                return False
        return True

    assert broken(language, same) == []


@each_language
def test_the_typography_is_that_of_the_language(language: str) -> None:
    faults = []
    for message, entry in translated(language):
        for form in forms(entry):
            bare = PLACEHOLDER.sub("x", form)
            faults += [
                f"{rule}: {form} ({name(message)})"
                for rule, fault in RULES[language].items()
                if fault.search(bare)
            ]
    assert faults == []


def test_questions_in_spanish_open_with_their_mark() -> None:
    faults = [
        form
        for _, entry in translated("es")
        for form in forms(entry)
        for closing, opening in OPENING.items()
        if form.count(closing) != form.count(opening)
    ]
    assert faults == []


def test_the_source_texts_keep_the_english_typography() -> None:
    faults = []
    for message in messages.texts():
        for form in (message.id,) if isinstance(message.id, str) else message.id:
            faults += [f"{rule}: {form}" for rule, fault in ENGLISH.items() if fault.search(form)]
    assert faults == []


def test_no_text_holds_markup() -> None:
    held = [name(message) for message in messages.texts() if re.search(r"<[a-z/]|&[a-z]+;", name(message))]
    assert held == []


def test_no_placeholder_is_without_a_name() -> None:
    nameless = [name(m) for m in messages.texts() if re.search(r"%[sd]", PLACEHOLDER.sub("", name(m)))]
    assert nameless == []


def spoken(template: str) -> list[str]:
    """Return the lines of a template that hold words of its own, between the tags and outside expressions."""
    bare = re.sub(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}|<!--.*?-->", "\n", template, flags=re.DOTALL)
    bare = re.sub(r"<(script|style)\b.*?</\1>|<[^>]*>", "\n", bare, flags=re.DOTALL)
    for name in NAMES:
        bare = bare.replace(name, "")
    lines = (re.sub(r"&#?\w+;", "", line).strip() for line in bare.splitlines())
    return [line for line in lines if WORDS.search(line) and '="' not in line]


def test_no_template_says_a_word_past_the_catalogues() -> None:
    """What stands between two tags is a placeholder, an expression, punctuation or a name, never words."""
    pages = tree.with_suffix(".html", under="templates")
    said = {tree.short(path): spoken(tree.text_of(path)) for path in pages}
    assert {path: words for path, words in said.items() if words} == {}
