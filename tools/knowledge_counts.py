#!/usr/bin/env python3
"""Counts the rows of data/knowledge and writes the tables into its README, between the marks."""
import collections
import csv
import pathlib

FOLDER = pathlib.Path(__file__).resolve().parent.parent / "data" / "knowledge"
BEGIN, END = "<!-- counts -->\n", "<!-- /counts -->\n"


def rows(name):
    with open(FOLDER / name, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def items(cell):
    return [item.strip() for item in cell.split(";") if item.strip()]


def table(title, columns, lines):
    head = [f"| {title} | " + " | ".join(columns) + " |", "|---|" + "---|" * len(columns)]
    return "\n".join(head + ["| " + " | ".join(str(cell) for cell in line) + " |" for line in lines]) + "\n"


def decade(span):
    year = int(span[: 4 if span[3:4].isdigit() else 3])
    return f"{year // 10 * 10}s" if year >= 1920 else "1600-1919" if year >= 1600 else "before 1600"


def main():
    genres, artists = rows("genres.csv"), rows("artists.csv")
    # Spelling is normalised by the program; here lower case without blanks and hyphens is enough.
    plain = lambda name: name.lower().replace(" ", "").replace("-", "")
    family = {}
    for row in genres:
        for name in [row["genre"], *items(row["aliases"])]:
            family.setdefault(plain(name), row["family"])
    region = {row["country"]: row["region"] for row in rows("countries.csv")}

    of_genre = collections.Counter(row["family"] for row in genres)
    of_artist = collections.Counter(family.get(plain(items(row["genres"])[0]), "other") for row in artists)
    regions = collections.Counter(region[items(row["country"])[0]] for row in artists)
    decades = collections.Counter(decade(row["active"]) for row in artists)
    voices = collections.Counter(voice for row in artists for voice in items(row["voice"]))
    languages = collections.Counter(lang for row in artists for lang in items(row["language"]) if lang != "none")
    order = lambda name: (name == "1600-1919", name[0].isdigit() and name) if name != "before 1600" else (0, "")

    text = f"{len(genres):,} genres and {len(artists):,} artists.\n\n"
    text += table("family", ["genres", "artists"],
                  [(name, count, of_artist.get(name, 0)) for name, count in of_genre.most_common()])
    text += "\nAn artist counts in the family of its first genre.\n\n"
    text += table("artists at home in", ["artists"], regions.most_common()) + "\n"
    text += table("artists active since", ["artists"],
                  sorted(decades.items(), key=lambda pair: (pair[0] != "before 1600", pair[0]))) + "\n"
    text += table("voice", ["artists"], voices.most_common()) + "\n"
    most = ", ".join(f"{name} {count}" for name, count in languages.most_common(24))
    text += f"{len(languages)} languages are sung in, most often {most}.\n"

    readme = FOLDER / "README.md"
    before, rest = readme.read_text(encoding="utf-8").split(BEGIN)
    readme.write_text(before + BEGIN + "\n" + text + "\n" + END + rest.split(END)[1], encoding="utf-8")


if __name__ == "__main__":
    main()
