"""The stand-in for the Penn Treebank: sentences by a grammar whose entropy is known.

It has what makes language hard to predict, in small. A sentence has a theme, and the
next one mostly keeps it. Each verb goes with things of its kind. A verb agrees with its
subject in number, also when other nouns stand between. Clauses stand in clauses.
"""

from __future__ import annotations

import functools
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from dlcourse.data.corpus import END
from dlcourse.data.grammar import Grammar

SOURCE = "stand-in: sentences written by a grammar"
SENTENCES = {"train": 8000, "valid": 1000, "test": 1000}
# How often a sentence keeps the theme of the one before.
LOYALTY = 0.9

_Alternatives = list[tuple[float, tuple[str, ...]]]


class _Theme(NamedTuple):
    """The words of a theme: two kinds of things, and what people do with each."""

    people: str
    deeds: tuple[str, str]
    things: tuple[str, str]
    qualities: str
    places: str


# Nouns and qualities begin with consonants, so that "a" need never be "an". Where the
# plural is irregular, it stands after a stroke.
_THEMES = {
    "farm": _Theme(
        "farmer shepherd rancher beekeeper ploughman/ploughmen miller",
        ("feed shear herd milk", "plant weigh harvest store"),
        ("cow goat lamb donkey hen pony", "turnip pumpkin potato cabbage bean carrot"),
        "muddy healthy plump brown",
        "barn meadow stable",
    ),
    "kitchen": _Theme(
        "cook baker waiter butcher brewer dishwasher",
        ("bake slice taste serve", "scrub polish fill empty"),
        (
            "cake pie biscuit pancake loaf/loaves pudding",
            "kettle saucepan bowl ladle jug plate",
        ),
        "warm greasy fresh large",
        "kitchen bakery pantry",
    ),
    "harbour": _Theme(
        "sailor captain fisherman/fishermen diver pilot lifeguard",
        ("steer repair launch moor", "catch hook trap land"),
        (
            "boat ferry raft trawler barge canoe",
            "crab lobster herring shrimp flounder squid",
        ),
        "rusty slippery wet heavy",
        "harbour bay lagoon",
    ),
    "school": _Theme(
        "teacher pupil headmaster librarian student tutor",
        ("read borrow translate summarise", "solve discuss check simplify"),
        (
            "novel poem story letter fable report",
            "riddle puzzle problem sum proof formula",
        ),
        "difficult lengthy boring short",
        "classroom library schoolyard",
    ),
    "music": _Theme(
        "violinist conductor singer drummer composer pianist",
        ("tune play pluck strum", "compose rehearse hum perform"),
        (
            "violin flute trumpet cello drum harp",
            "sonata waltz melody ballad lullaby symphony",
        ),
        "mellow loud solemn brilliant",
        "hall theatre studio",
    ),
    "court": _Theme(
        "judge lawyer witness juror prosecutor defendant",
        ("question convict sentence release", "sign reject file quote"),
        (
            "thief/thieves burglar smuggler forger robber swindler",
            "contract verdict petition document statement treaty",
        ),
        "notorious secret dubious famous",
        "courtroom prison cell",
    ),
    "hospital": _Theme(
        "doctor nurse surgeon dentist midwife/midwives therapist",
        ("treat heal diagnose soothe", "prescribe swallow mix dispense"),
        (
            "wound fever burn cough fracture rash",
            "pill remedy tablet vaccine powder syrup",
        ),
        "painful mild bitter strong",
        "hospital ward clinic",
    ),
    "railway": _Theme(
        "driver passenger guard mechanic porter signalman/signalmen",
        ("board brake stop shunt", "buy lose print stamp"),
        (
            "train tram locomotive carriage wagon railcar",
            "ticket timetable voucher brochure map permit",
        ),
        "crowded punctual late cheap",
        "station depot tunnel",
    ),
}
_TRAITS = "young tall happy quiet proud tired wise rich"
_TIMES = "today tonight often sometimes usually now"
_MANNERS = "always never rarely gladly slowly"
_MINDS = "know like help trust praise"
_SPEECH = "say believe hope claim"
_BOTH = ("one", "more")


class Written(NamedTuple):
    """What was written: the words of each part and what each of them costs, in nats."""

    words: dict[str, list[str]]
    surprisal: dict[str, list[float]]
    entropy: float


@functools.cache
def write() -> Written:
    """Write 10,000 sentences in three parts.

    Returns:
        The same words at each call, not to be changed.
    """
    text = grammar().write(_start("farm"), np.random.RandomState(3))
    words: dict[str, list[str]] = {}
    surprisal: dict[str, list[float]] = {}
    for part, count in SENTENCES.items():
        words[part], surprisal[part] = [], []
        while count:
            word, cost = next(text)
            words[part].append(word)
            surprisal[part].append(cost)
            count -= word == END
    return Written(words, surprisal, grammar().entropy())


@functools.cache
def grammar() -> Grammar:
    """Build the grammar; a passage is a sentence and knows the theme before it."""
    rules: dict[str, _Alternatives] = {
        "Trait": _zipf(_TRAITS.split()),
        "Time": _zipf(_TIMES.split()),
        "Manner": _zipf(_MANNERS.split()),
        "Mind.one": _zipf([_with_s(verb) for verb in _MINDS.split()]),
        "Mind.more": _zipf(_MINDS.split()),
        "Say.one": _zipf([_with_s(verb) for verb in _SPEECH.split()]),
        "Say.more": _zipf(_SPEECH.split()),
    }
    for name, theme in _THEMES.items():
        rules |= _opening(name) | _clauses(name) | _words(name, theme)
        for kind in "AB":
            rules |= _objects(name, kind)
    return Grammar(rules, [_start(name) for name in _THEMES])


def _start(theme: str) -> str:
    """Name the symbol of a sentence that follows one on this theme."""
    return f"After.{theme}"


def _opening(before: str) -> dict[str, _Alternatives]:
    """Begin a sentence; its first noun tells the theme."""
    rules: dict[str, _Alternatives] = {
        _start(before): [
            (0.75, (f"Subject.{before}",)),
            (0.25, ("Time", f"Subject.{before}")),
        ],
        f"Subject.{before}": [
            (0.5, ("the", f"Described.{before}.any")),
            (0.2, ("a", f"Described.{before}.one")),
            (0.1, ("every", f"Described.{before}.one")),
            (0.1, ("many", f"Described.{before}.more")),
            (0.1, ("two", f"Described.{before}.more")),
        ],
    }
    for numbers in ("any", *_BOTH):
        rules[f"Described.{before}.{numbers}"] = [
            (0.75, (f"First.{before}.{numbers}",)),
            (0.25, ("Trait", f"First.{before}.{numbers}")),
        ]
        rules[f"First.{before}.{numbers}"] = [
            (
                LOYALTY if name == before else (1 - LOYALTY) / (len(_THEMES) - 1),
                (f"Person.{name}.{number}", f"Rest.{name}.{number}"),
            )
            for name in _THEMES
            for number in (_BOTH if numbers == "any" else (numbers,))
        ]
    return rules


def _clauses(theme: str) -> dict[str, _Alternatives]:
    """Say what follows the subject, down to the end of the sentence."""
    end = (END, _start(theme))
    rules: dict[str, _Alternatives] = {
        f"Inner.{theme}": [
            (1, (f"Person.{theme}.{number}", f"Mind.{number}")) for number in _BOTH
        ],
        f"Fellow.{theme}": [(1, (f"Person.{theme}.{number}",)) for number in _BOTH],
        f"Clause.{theme}": [
            (0.6, ("the", f"Known.{theme}")),
            (0.2, ("a", f"Person.{theme}.one", f"Predicate.{theme}.one")),
            (0.2, ("many", f"Person.{theme}.more", f"Predicate.{theme}.more")),
        ],
        f"Known.{theme}": [
            (1, (f"Person.{theme}.{number}", f"Predicate.{theme}.{number}"))
            for number in _BOTH
        ],
    }
    for number in _BOTH:
        deeds = [
            (f"Deed.{theme}.{kind}.{number}", f"Object.{theme}.{kind}") for kind in "AB"
        ]
        ending, predicate = f"Ending.{theme}.{number}", f"Predicate.{theme}.{number}"
        rules[f"Rest.{theme}.{number}"] = [
            (0.75, (predicate,)),
            (0.25, (f"Relative.{theme}.{number}", predicate)),
        ]
        rules[f"Relative.{theme}.{number}"] = [
            (0.5, ("who", f"Does.{theme}.{number}")),
            (0.5, ("whom", "the", f"Inner.{theme}")),
        ]
        rules[f"Does.{theme}.{number}"] = [(1, deed) for deed in deeds]
        rules[predicate] = [
            (0.85, (f"Action.{theme}.{number}",)),
            (0.15, ("Manner", f"Action.{theme}.{number}")),
        ]
        rules[f"Action.{theme}.{number}"] = [
            *((0.36, (*deed, ending)) for deed in deeds),
            (0.16, (f"Mind.{number}", "the", f"Fellow.{theme}", ending)),
            (0.12, (f"Say.{number}", "that", f"Clause.{theme}")),
        ]
        rules[ending] = [
            (0.6, end),
            (0.2, ("in", "the", f"Place.{theme}", *end)),
            (0.2, ("and", f"Action.{theme}.{number}")),
        ]
    return rules


def _objects(theme: str, kind: str) -> dict[str, _Alternatives]:
    """Name the things of one kind, with or without a quality."""
    rules: dict[str, _Alternatives] = {
        f"Object.{theme}.{kind}": [
            (0.5, ("the", f"Qualified.{theme}.{kind}.any")),
            (0.25, ("a", f"Qualified.{theme}.{kind}.one")),
            (0.25, ("some", f"Qualified.{theme}.{kind}.more")),
        ],
        f"Thing.{theme}.{kind}.any": [
            (1, (f"Thing.{theme}.{kind}.{number}",)) for number in _BOTH
        ],
    }
    for numbers in ("any", *_BOTH):
        thing = f"Thing.{theme}.{kind}.{numbers}"
        rules[f"Qualified.{theme}.{kind}.{numbers}"] = [
            (0.7, (thing,)),
            (0.3, (f"Quality.{theme}", thing)),
        ]
    return rules


def _words(name: str, theme: _Theme) -> dict[str, _Alternatives]:
    """List the words of a theme by what they are."""
    rules = {
        f"Person.{name}.{number}": _zipf(_nouns(theme.people, number))
        for number in _BOTH
    }
    for kind, deeds, things in zip("AB", theme.deeds, theme.things, strict=True):
        for number in _BOTH:
            rules[f"Thing.{name}.{kind}.{number}"] = _zipf(_nouns(things, number))
        rules[f"Deed.{name}.{kind}.one"] = _zipf([_with_s(d) for d in deeds.split()])
        rules[f"Deed.{name}.{kind}.more"] = _zipf(deeds.split())
    rules[f"Quality.{name}"] = _zipf(theme.qualities.split())
    rules[f"Place.{name}"] = _zipf(theme.places.split())
    return rules


def _zipf(words: Sequence[str]) -> _Alternatives:
    """Make the first word twice as common as the second, thrice as the third."""
    return [(1 / rank, (word,)) for rank, word in enumerate(words, start=1)]


def _nouns(listed: str, number: str) -> list[str]:
    both = [noun.partition("/") for noun in listed.split()]
    if number == "one":
        return [one for one, _, _ in both]
    return [more or _with_s(one) for one, _, more in both]


def _with_s(word: str) -> str:
    """Make a noun's plural or a verb's third person."""
    if word.endswith(("s", "x", "z", "ch", "sh")) or word == "potato":
        return f"{word}es"
    if word.endswith("y") and word[-2] not in "aeou":
        return f"{word[:-1]}ies"
    return f"{word}s"
