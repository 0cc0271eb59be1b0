"""What every contender of compare.py is given: queries in our own words, texts from word lists."""

import csv
import random

MOODS = """slow rain at dusk
songs for an empty motorway at three in the morning
bright and silly, for cleaning the kitchen
heartbroken but dancing anyway
a long walk through wet woods
warm brass on a lazy afternoon
furious, fast and over in two minutes
nothing but a piano and somebody's breath
music for the last hour before a deadline
soft voices, no drums, falling asleep
the first warm day of the year with the windows down
lonely in a crowded city
bass that shakes the furniture
half remembered childhood holidays
waiting at an airport gate
glitter, sweat and strobe lights
old friends round a fire
cold synthesizers and a steady pulse
angry at nobody in particular
a wedding where everybody sings along
running uphill with tired legs
snow outside, tea inside
dusty roads and a steel guitar
hopeful, like the end of a hard week
spy film from the sixties
dreamy guitars drowned in echo
church organ and slow voices
sunburnt and happy by the sea
restless night, thoughts in circles
clever words over a lazy beat
a village band that has had a few drinks
machines talking to each other
saying goodbye on a railway platform
tender love song without sugar
marching into trouble
meditation with bells and wind
cooking for many people, loud and cheerful
grey morning, third coffee
rebellious and young
quiet triumph""".split("\n")

ENDINGS = [
    "", ", mostly acoustic", ", nothing too loud", ", from long ago", ", with a woman singing",
    ", without words", ", a little faster", ", for headphones", ", for two people", ", as a surprise",
]  # fmt: skip

WORDS = {
    "article": ["a", "the", "one", "every", "another"],
    "adjective": ["slow", "warm", "brittle", "muffled", "golden", "restless", "weary", "luminous",
                  "crooked", "tender", "distant", "jagged", "hushed", "playful", "bitter"],
    "noun": ["guitar", "melody", "drummer", "chorus", "voice", "street", "organ", "bassline",
             "winter", "orchestra", "whisper", "trumpet", "summer", "harbour", "synthesizer"],
    "verb": ["drifts", "rises", "stumbles", "glows", "circles", "breaks", "hums", "lingers",
             "answers", "dissolves", "hurries", "returns"],
    "place": ["under", "above", "beside", "through", "against", "after", "before", "behind"],
}  # fmt: skip
GRAMMAR = ["article", "adjective", "noun", "verb", "place"]


class Queries:
    """Hands out queries that no contender has seen before in this run."""

    def __init__(self):
        self._all = [mood + ending for mood in MOODS for ending in ENDINGS]
        random.Random(1).shuffle(self._all)

    def take(self, count):
        taken, self._all = self._all[:count], self._all[count:]
        assert len(taken) == count, "out of queries: add moods or endings"
        return taken


def texts_of(words, count, seed):
    """`count` different texts of so many words each."""
    rng = random.Random(seed)
    return [
        " ".join(rng.choice(WORDS[GRAMMAR[i % len(GRAMMAR)]]) for i in range(words))
        for _ in range(count)
    ]


def library_texts(path):
    """The texts that the Python stack searches: "title by artists. genres"."""
    with open(path, encoding="utf-8-sig", newline="") as file:
        return [
            " ".join(
                f"{row['Track Name']} by {row['Artist Name(s)']}. "
                f"{row['Genres'].replace(',', ', ')}".split()
            )
            for row in csv.DictReader(file)
        ]
