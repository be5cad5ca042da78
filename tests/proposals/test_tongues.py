"""Guessing the language of a text."""

import pytest

from roadmap.proposals.tongues import seems_written_in


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Give the networks a seat when the plans of the town are written, for they know who needs help.", "en"),
        ("Donner aux réseaux une place dans la rédaction des plans de crise, car ils savent qui a besoin d’aide.", "fr"),
        ("Dar às redes um lugar na redação dos planos de crise, para que não se esqueça quem mais precisa de ajuda.", "pt"),
        ("Dar a las redes un lugar en los planes de crisis, para que no se olvide a los que más lo necesitan.", "es"),
        ("منح الشبكات المحلية مقعدًا عند كتابة خطط الأزمات لأنها تعرف من يحتاج إلى المساعدة أولاً في الأحياء", "ar"),
        ("Too short to say.", ""),
        ("Banana " * 20, ""),
    ],
)  # fmt: skip
def test_the_small_words_tell_the_language(text: str, language: str) -> None:
    assert seems_written_in(text) == language
