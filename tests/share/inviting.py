"""Invitations to test with: plain values, without a database."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from roadmap.domain.phases import Period, Phase, Verb
from roadmap.share.invitations import Invitation, span_of
from tests.factories import DAY, NOW

TITLE = {
    "en": "Sharing tools between towns",
    "fr": "Partager des outils entre villes",
    "pt": "Partilhar ferramentas entre cidades",
    "es": "Compartir herramientas entre ciudades",
    "ar": "مشاركة الأدوات بين المدن",
}
QUESTION = {
    "en": "What should towns lend each other, and who should begin?",
    "fr": "Que devraient se prêter les villes, et qui devrait commencer ?",
    "pt": "O que deveriam as cidades emprestar entre si, e quem deveria começar?",
    "es": "¿Qué deberían prestarse las ciudades, y quién debería empezar?",
    "ar": "ماذا ينبغي أن تُعير المدن بعضها بعضًا، ومن ينبغي أن يبدأ؟",
}
LONG = {
    "en": "What could neighbourhoods, towns, regions and whole countries do together in the coming ten years so that "
    "everybody who lives there has enough to eat, a safe home, a doctor nearby, a school for every child and a voice "
    "in what is decided, and who has to begin with which of these steps, and when?",
    "fr": "Que pourraient faire ensemble les quartiers, les villes, les régions et des pays entiers dans les dix années "
    "à venir pour que chaque personne qui y vit mange à sa faim, ait un toit sûr, un médecin proche, une école pour "
    "chaque enfant et une voix dans les décisions, et qui doit commencer, et quand ?",
    "pt": "O que poderiam fazer em conjunto os bairros, as cidades, as regiões e países inteiros nos próximos dez anos "
    "para que todas as pessoas que lá vivem tenham o suficiente para comer, uma casa segura, um médico perto, uma "
    "escola para cada criança e uma voz no que se decide, e quem deve começar, e por onde?",
    "es": "¿Qué podrían hacer juntos los barrios, las ciudades, las regiones y países enteros en los próximos diez años "
    "para que todas las personas que allí viven tengan lo suficiente para comer, un hogar seguro, un médico cerca, una "
    "escuela para cada niño y una voz en lo que se decide, y quién debe empezar, y cuándo?",
    "ar": "ماذا يمكن أن تفعل الأحياء والمدن والمناطق وبلدان بأكملها معًا في السنوات العشر المقبلة كي يجد كل من يعيش فيها "
    "ما يكفيه من الطعام وبيتًا آمنًا وطبيبًا قريبًا ومدرسة لكل طفل وصوتًا في ما يُتخذ من قرارات، ومن الذي ينبغي أن يبدأ "
    "بأي من هذه الخطوات، ومتى يكون ذلك، وكيف نعرف أننا بلغنا ما أردناه معًا في النهاية؟",
}
"""About 300 characters in each language."""
Dates = tuple[datetime, datetime | None] | None
OPEN: Dates = (NOW - DAY, NOW + 30 * DAY)
AHEAD: Dates = (NOW + 10 * DAY, NOW + 30 * DAY)
OVER: Dates = (NOW - 30 * DAY, NOW - DAY)


def an_invitation(*, proposing: Dates = OPEN, voting: Dates = OPEN, **fields: Any) -> Invitation:
    """To an edition in which everything is open; with `question`, to its first question."""
    given = ((Phase.PROPOSING, proposing), (Phase.VOTING, voting))
    periods = [Period(phase, *dates) for phase, dates in given if dates is not None]
    return replace(
        Invitation(
            base="https://forum.example.org", slug="2031", number=1 if "question" in fields else 0, title=TITLE,
            short_title={}, question={}, label={}, languages=("en", "fr", "pt", "es", "ar"),
            time_zone="Europe/Lisbon", demonstration=False, made=NOW,
            proposing=span_of(Verb.PROPOSE, periods, NOW), voting=span_of(Verb.VOTE, periods, NOW),
        ),
        **fields,
    )  # fmt: skip
