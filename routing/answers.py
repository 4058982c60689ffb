"""Answers to what citizens often ask, from readable data: where there is none, a person answers."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from routing.lexicon import Lexicon, build_lexicon
from routing.normalise import read_words


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """Questions as patterns (the language of routing/lexicon.py), answers by key."""

    questions: Lexicon
    by_key: Mapping[str, str]
    spelling: Mapping[str, str]

    def find(self, text: str) -> str | None:
        """The answer to a question, or None."""
        hits = self.questions.find(read_words(text, self.spelling))
        return self.by_key[hits[0].sign.target] if hits else None


def build_answers(rows: Iterable[Mapping[str, str]], spelling: Mapping[str, str]) -> Answers:
    """From the rows of answers.csv: key, pattern, answer."""
    kept = list(rows)
    signs = [
        {"target": row["key"], "kind": "question", "weight": "1", "pattern": row["pattern"]} for row in kept
    ]
    return Answers(
        questions=build_lexicon(signs, spelling),
        by_key={row["key"]: row["answer"] for row in kept},
        spelling=spelling,
    )
