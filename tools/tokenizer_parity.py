#!/usr/bin/env python3
"""Compares our WordPiece tokenizer with Hugging Face's on tens of thousands of strings.

    tools/tokenizer_parity.py --driver build/release/bin/tokenize_lines \
        --model models/all-MiniLM-L6-v2 [--count 60000] [--seed 1] [--shared ../shared]
        [--golden src/text/testdata/word_piece_golden.json]

Needs Python's transformers. Exits with 1 where any id differs. --golden writes a small sample with
the reference's ids, for the unit test, instead of comparing.
"""
import argparse
import csv
import json
import os
import random
import subprocess
import sys
import tempfile
import unicodedata
from collections import Counter
from pathlib import Path

WORDS = {
    "english": "the quiet loud rainy evening morning song songs with and of for piano guitar drums "
    "melancholy bittersweet uplifting dreamy slow fast driving night city heart broken summer "
    "don't can't it's rock'n'roll 80s 1990s 120bpm lo-fi R&B hip-hop jazz-funk nu-disco".split(),
    "german": "größe straße über schön Müßiggang Frühling Äpfel Öl Übermut weiß Fußgänger".split(),
    "french": "été naïve cœur garçon où déjà l'été œuvre Noël château À Ça français".split(),
    "spanish": "¿dónde? ¡olé! canción corazón niño mañana España pingüino".split(),
    "portuguese": "coração saudade canção não ação avó avô".split(),
    "nordic": "ångström Ægir Ørsted þórr ísland Björk smörgås Röyksopp Sigur Rós".split(),
    "polish": "łódź żółć gęś Kraków święto pieśń ćma".split(),
    "czech": "příliš žluťoučký kůň úpěl ďábelské ódy".split(),
    "turkish": "İstanbul ışık ılık IŞIK İğne çiçek şarkı gülüş Diyarbakır".split(),
    "vietnamese": "tiếng Việt buồn đêm mưa nhạc trữ tình nước".split(),
    "greek": "μουσική νύχτα Άνοιξη ΘΆΛΑΣΣΑ ὀδύσσεια ᾳ ᾼ λόγος ΣΊΣΥΦΟΣ".split(),
    "russian": "музыка ночь йога ёлка Ёж тихий дождь ПЕСНЯ объезд".split(),
    "ukrainian": "ніч їжак ґанок Її музика".split(),
    "serbian": "љубав ноћ џез Њујорк ђак".split(),
    "armenian": "երաժշտություն գիշեր և ԵՐԳ".split(),
    "georgian": "მუსიკა ღამე ᲛᲣᲡᲘᲙᲐ Ⴀ ⴀ".split(),
    "hebrew": "מוזיקה לילה שָׁלוֹם עֶרֶב גשם".split(),
    "arabic": "موسيقى ليل حَزِين مطر أغنية إيقاع آمال ـــ لا".split(),
    "persian": "آهنگ شب باران می‌خواهم گل".split(),
    "hindi": "संगीत रात बारिश हिन्दी क़लम ज़िंदगी गीत कि".split(),
    "bengali": "সঙ্গীত রাত বৃষ্টি গান".split(),
    "tamil": "இசை இரவு மழை பாடல் கொ".split(),
    "telugu": "సంగీతం రాత్రి పాట".split(),
    "thai": "เพลง กลางคืน ฝนตก ดนตรี น้ำ เศร้า".split(),
    "lao": "ເພງ ກາງຄືນ ນ້ຳ".split(),
    "tibetan": "བོད་སྐད གླུ་དབྱངས ཀཱི".split(),
    "burmese": "ဂီတ ည မိုး".split(),
    "khmer": "តន្ត្រី យប់ ភ្លៀង".split(),
    "mongolian": "ᠬᠥᠭᠵᠢᠮ ᠰᠥᠨᠢ дуу".split(),
    "korean": "음악 밤 노래 비오는 사랑 ㅋㅋㅋ 한글".split(),
    "korean jamo": [unicodedata.normalize("NFD", w) for w in "음악 밤 노래 값".split()],
    "japanese": "音楽 夜 うた カタカナ ﾊﾝｶｸ が ぱ 雨の日 シティ・ポップ 々 ー".split(),
    "chinese": "音乐 夜晚 悲伤的歌 雨 龍 㐀 𠀀 𪜀 豈 你好,世界 。".split(),
    "ethiopic": "ሙዚቃ ሌሊት ።".split(),
    "cherokee": "ᏣᎳᎩ ꭰꭱ".split(),
    "music": "♯ ♭ ♪ C♯m 𝄞 𝅘𝅥𝅮 𝅗𝅥 4/4 f♯ ½ ① Ⅷ ™ © №".split(),
    "letters": "ß ẞ ﬁ ﬂ ﬃ ǅ ǆ Ǆ ŉ ĳ Ĳ K Å Ω ſ ẛ ı İ ﬀ ＡＢＣ ａｂｃ 𝐀𝐛 ⓐ ª º ²".split(),
    "emoji": "😀 ❤️ 👩‍👩‍👧‍👦 🏳️‍🌈 👍🏽 🇩🇪 ☂︎ ☂️ 1️⃣ 🎸🔥 🫠 ✨".split(),
}
SPECIALS = "[CLS] [SEP] [MASK] [UNK] [PAD] [cls] [Sep] [ SEP ] [SEP]] [[MASK] [unused5] ##ing # [MASK".split(" ")
SPACES = [" ", "  ", "\t", "\n", "\r\n", "\u00a0", "\u1680", "\u2003", "\u2028", "\u2029", "\u202f",
          "\u205f", "\u3000", "\u200b", "\ufeff", "\x0b", "\x0c", "\x85", "\u180e", "\x1c", "\u2060"]
PUNCTUATION = [chr(c) for c in range(33, 127) if not chr(c).isalnum()] + list("«»„“”‘’…–—¿¡·‹›、。「」【】؟،।॥၊።‽⁂")
MARKS = [chr(c) for c in range(0x300, 0x370)] + list("\u0591\u05b0\u064b\u0651\u093c\u094d\u3099\u309a"
         "\u302e\u302f\u0323\u0345\u1dfa\u20dd\ufe0f\u0334\u0f71\u0f72") + [chr(0x1D165), chr(0x1D16E), chr(0x16FF0), chr(0x1133B)]
BLOCKS = [(0x0, 0x250), (0x250, 0x600), (0x600, 0x1100), (0x1100, 0x2000), (0x2000, 0x3000),
          (0x3000, 0x3400), (0x3400, 0xA000), (0xA000, 0xD800), (0xE000, 0xF900), (0xF900, 0x10000),
          (0x10000, 0x12000), (0x12000, 0x18000), (0x18000, 0x20000), (0x20000, 0x32000), (0xE0000, 0x110000)]


def any_character(rng):
    low, high = rng.choice(BLOCKS)
    return chr(rng.randrange(low, high))


def sentence(rng):
    languages = rng.sample(sorted(WORDS), rng.choice([1, 1, 1, 2, 3]))
    words = [rng.choice(WORDS[rng.choice(languages)]) for _ in range(rng.randrange(1, 25))]
    words = [rng.choice([str, str, str, str.upper, str.title, str.capitalize, str.swapcase])(w) for w in words]
    text = ""
    for word in words:
        text += word + (rng.choice(PUNCTUATION) if rng.random() < 0.15 else "")
        text += " " if rng.random() < 0.9 else rng.choice(SPACES + [""])
    return unicodedata.normalize(rng.choice(["NFC", "NFD", "NFC", "NFKC", "NFKD"]), text) if rng.random() < 0.5 else text


def marked(rng):
    bases = "aeiouAEIOUnNgßøIıİкЙאبक가漢ガ1.ꙮ"
    return "".join(rng.choice(bases) + "".join(rng.choice(MARKS) for _ in range(rng.randrange(0, 6)))
                   for _ in range(rng.randrange(1, 12)))


def noise(rng):
    return "".join(any_character(rng) for _ in range(rng.randrange(1, 40)))


def between_letters(rng):
    """A character in every position where its kind shows."""
    c = any_character(rng)
    return f"{c} a{c}b {c}{c} A{c}\u0301 {c}\u0323\u0307x"


def punctuation(rng):
    return "".join(rng.choice(PUNCTUATION + ["a", "Z", "1", " "]) for _ in range(rng.randrange(1, 40)))


def special(rng):
    parts = SPECIALS + SPACES + WORDS["english"] + PUNCTUATION + ["é", "e\u0301", "漢", "\u0301", "\u200d"]
    return "".join(rng.choice(parts if rng.random() < 0.6 else SPECIALS) for _ in range(rng.randrange(1, 14)))


def spaced(rng):
    return "".join(rng.choice(SPACES) + rng.choice(["a", "été", "漢", "", "love", "."]) for _ in range(rng.randrange(1, 20)))


def long_word(rng):
    unit = rng.choice(["a", "é", "e\u0301", "ß", "が", "漢", "ー", "𝄞", "word", "\u0301", "[MASK]", "가", "."])
    length = rng.choice([24, 25, 49, 50, 51, 98, 99, 100, 101, 102, 200, 255, 256, 1000, 10000])
    return (unit * (length // max(1, len(unit)) + 1))[:length] + rng.choice(["", " tail", "\u0323"])


def ascii_bytes(rng):
    return "".join(chr(rng.randrange(128)) for _ in range(rng.randrange(0, 60)))


KINDS = {"sentence": (sentence, 10), "marked": (marked, 3), "noise": (noise, 4),
         "between letters": (between_letters, 4), "punctuation": (punctuation, 2),
         "special tokens": (special, 3), "white space": (spaced, 1), "long word": (long_word, 1),
         "ascii": (ascii_bytes, 2)}
FIXED = ["", " ", "\n", "a", "[CLS]", "[SEP] [SEP]", "\x00", "\ufffd", "\u0301", "a\x00b", "don't stop",
         "İIıßﬁǅΣΑΣ", "the " * 300, "x" * 100, "x" * 101, "𝄞" * 10000]


def generated(count, seed):
    rng = random.Random(seed)
    names = list(KINDS)
    weights = [KINDS[name][1] for name in names]
    yield from (("fixed", text) for text in FIXED)
    for _ in range(count - len(FIXED)):
        kind = rng.choices(names, weights)[0]
        yield kind, KINDS[kind][0](rng)


def all_characters():
    """Every code point once, between letters and before marks that show its class."""
    for code in range(0x110000):
        if not 0xD800 <= code < 0xE000:
            c = chr(code)
            yield "every code point", f"{c} a{c}b \U0001d165{c}\U0001d16d {c}\u302a{c}\u302e"


def real_texts(shared):
    for path in sorted(Path(shared).glob("data/**/*.csv")):
        with open(path, encoding="utf-8-sig", errors="replace", newline="") as file:
            for row in csv.reader(file):
                yield from (("real", cell) for cell in row if any(c.isalpha() for c in cell))


def encode_ours(driver, model, texts, limit):
    lines = "\n".join(json.dumps(text) for text in texts) + "\n"
    done = subprocess.run([driver, model, str(limit)], input=lines.encode(), stdout=subprocess.PIPE, check=True)
    return [[int(i) for i in line.split()] for line in done.stdout.decode().splitlines()]


def encode_reference(model, texts, limit):
    os.environ["HF_HUB_OFFLINE"] = "1"
    from transformers import AutoTokenizer
    tokenizer = AutoTokenizer.from_pretrained(model)
    ids = []
    for start in range(0, len(texts), 4096):
        ids += tokenizer(texts[start:start + 4096], truncation=True, max_length=limit, padding=False)["input_ids"]
    return ids


def encode_characters(driver, texts, limit, settings):
    """Both tokenizers over a vocabulary in which every character is a word piece of its own, so
    that nothing hides behind [UNK]: pairs of the reference's ids and ours."""
    from tokenizers import BertWordPieceTokenizer
    characters = set("".join(texts))
    for form in ("NFC", "NFD"):
        characters |= {c for c in set("".join(unicodedata.normalize(form, c) for c in characters))}
    characters |= {c for c in set("".join(c.lower() for c in characters))}
    characters |= {chr(ord(c) + shift) for c in characters for shift in (1, 0x1B, 0x20) if ord(c) < 0x30000 and not 0xD7E0 <= ord(c) < 0xE000}
    tokens = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
    for c in sorted(characters - set("\r\n")):
        tokens += [c, "##" + c]
    reference = BertWordPieceTokenizer(vocab={t: i for i, t in enumerate(tokens)}, **settings)
    reference.enable_truncation(limit)
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "vocab.txt").write_text("".join(t + "\n" for t in tokens), encoding="utf-8", newline="\n")
        names = {"lowercase": "do_lower_case", "strip_accents": "strip_accents",
                 "handle_chinese_chars": "tokenize_chinese_chars"}
        Path(folder, "tokenizer_config.json").write_text(json.dumps({names[k]: v for k, v in settings.items()}))
        ours = encode_ours(driver, folder, texts, limit)
    return [encoding.ids for encoding in reference.encode_batch(texts)], ours


def write_golden(path, model, seed):
    rng = random.Random(seed)
    texts = [text for text in FIXED if len(text) < 200]
    texts += [sentence(rng)[:120] for _ in range(70)]
    texts += [make(rng) for make in (marked, noise, between_letters, punctuation, special, spaced) for _ in range(12)]
    cases = [{"text": t, "ids": i} for t, i in zip(texts, encode_reference(model, texts, 256))]
    lines = ",\n".join(json.dumps(case) for case in cases)
    Path(path).write_text("[\n" + lines + "\n]\n")
    print(f"{len(cases)} strings written to {path}")


def compare(pairs, arguments, settings=None):
    texts = [text for _, text in pairs]
    if settings is None:
        print(f"with {arguments.model}")
        reference = encode_reference(arguments.model, texts, arguments.limit)
        ours = encode_ours(arguments.driver, arguments.model, texts, arguments.limit)
    else:
        print(f"with a vocabulary of characters, {settings}")
        reference, ours = encode_characters(arguments.driver, texts, arguments.limit, settings)
    if len(ours) != len(reference):
        sys.exit(f"{arguments.driver} answered {len(ours)} of {len(reference)} strings")
    mismatches = Counter()
    for (kind, text), expected, found in zip(pairs, reference, ours):
        if expected == found:
            continue
        mismatches[kind] += 1
        if mismatches[kind] <= 5:
            print(f"{kind}: {ascii(text)[:200]}\n  reference {expected[:30]}\n  ours      {found[:30]}")
    for kind, total in Counter(kind for kind, _ in pairs).items():
        print(f"{kind}: {total} compared, {mismatches[kind]} differ")
    print(f"in all: {len(pairs)} compared, {sum(mismatches.values())} differ")
    return not mismatches


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--driver", default="build/release/bin/tokenize_lines")
    parser.add_argument("--model", default="models/all-MiniLM-L6-v2")
    parser.add_argument("--count", type=int, default=60000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--limit", type=int, default=256)
    parser.add_argument("--shared", default="../shared")
    parser.add_argument("--every-code-point", action="store_true")
    parser.add_argument("--golden")
    arguments = parser.parse_args()
    if arguments.golden:
        write_golden(arguments.golden, arguments.model, arguments.seed)
        return 0
    pairs = list(generated(arguments.count, arguments.seed))
    if arguments.every_code_point:
        pairs += all_characters()
    same = compare(pairs + list(dict.fromkeys(real_texts(arguments.shared))), arguments)
    for lowercase, strip_accents, chinese in ((True, None, True), (False, None, True), (True, False, False), (False, True, True)):
        settings = {"lowercase": lowercase, "strip_accents": strip_accents, "handle_chinese_chars": chinese}
        same = compare(pairs, arguments, settings) and same
    return 0 if same else 1


if __name__ == "__main__":
    sys.exit(main())
