"""What an edition needs before it is opened."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from roadmap.domain.phases import Period, Phase
from roadmap.domain.readiness import Lack, stand_of

NOW = datetime(2030, 3, 1, 12, tzinfo=UTC)
DAY = timedelta(days=1)
READY: dict[str, Any] = {
    "languages": ["fr", "ar"],
    "title": {"fr": "Les ponts", "ar": "الجسور"},
    "questions": [(1, {"fr": "Quoi ?", "ar": "ماذا؟"})],
    "periods": [Period(Phase.VOTING, NOW + DAY)],
    "now": NOW,
}


@pytest.mark.parametrize(
    ("changed", "lacks"),
    [
        ({}, ()),
        ({"languages": []}, (Lack.LANGUAGES, Lack.QUESTIONS)),
        ({"title": {"fr": "Les ponts", "ar": " "}}, (Lack.TITLE,)),
        ({"questions": []}, (Lack.QUESTIONS,)),
        ({"questions": [(1, {"en": "What?"})]}, (Lack.QUESTIONS,)),
        ({"periods": []}, (Lack.PHASES,)),
        ({"periods": [Period(Phase.LISTENING, NOW)]}, (Lack.PHASES,)),
        ({"periods": [Period(Phase.VOTING, NOW - DAY, NOW)]}, (Lack.PHASES,)),
        ({"periods": [Period(Phase.PROPOSING, NOW - DAY, NOW + DAY)]}, ()),
    ],
)
def test_each_thing_that_is_missing_stands_in_the_way(
    changed: dict[str, Any], lacks: tuple[Lack, ...]
) -> None:
    assert stand_of(**{**READY, **changed}).lacks == lacks


def test_a_question_that_lacks_a_language_is_named_and_does_not_stand_in_the_way() -> None:
    stand = stand_of(**{**READY, "questions": [(1, {"fr": "Quoi ?", "ar": "ماذا؟"}), (2, {"fr": "Qui ?"})]})
    assert (stand.lacks, stand.untold) == ((), {"ar": (2,)})
