"""A damaged file made of whole ones, the same for the same number."""

import random
import re

# What parsers stumble over: ends, signs of other formats, numbers out of measure, half letters.
TOKENS = (
    *(
        b"",
        b"\x00",
        b"\xff",
        b"\xfe\xff",
        b"\xff\xfe",
        b"\xef\xbb\xbf",
        b"\xed\xa0\x80",
        b"\xc0\xaf",
    ),
    *(
        b"\n",
        b"\r",
        b"\r\n",
        b"\t",
        b'"',
        b"'",
        b",",
        b";",
        b"|",
        b"=",
        b"=1+1",
        b"\\ud800",
        b"\xd0",
    ),
    *(b"[", b"]", b"{", b"}", b"[" * 2_000, b"<a>" * 500, b"&lt;br ", b"&#0;", b"&#xd800;", b"]]>"),
    *(
        b"NaN",
        b"nan",
        b"Infinity",
        b"-inf",
        b"1e300",
        b"-1e300",
        b"1e-320",
        b"1e999",
        b"-0",
        b"0x10",
    ),
    *(
        b"9" * 400,
        b"9" * 5_000,
        b"99999999999999999999",
        b"2147483648",
        b"-1",
        b"0",
        b"0.5",
        b"181",
    ),
    *(
        b"null",
        b"true",
        b"None",
        b"NULL",
        b"9999-12-31",
        b"0000-00-00",
        b"10000-01-01",
        b"0001-01-01",
    ),
    *(
        b"2025-02-30",
        b"31/12/9999",
        b"24:61",
        b"PK\x03\x04",
        b"PK\x05\x06",
        b"PAR1",
        b"\x1f\x8b\x08",
    ),
    *(b"SQLite format 3\x00", b"<?xml version='1.0' encoding='utf-16'?>", b"encoding='klingon'"),
    *(b"<!DOCTYPE a>", b"<!--", b"EPSG:3857", b"91", "\u2028".encode(), "\u202e".encode()),
    *("Київ".encode(), "١٢".encode(), "²".encode()),
)
_MOST = 20_000


_SENTENCE = re.compile(r"(?<=[.!?])\s+|\n+")


def reworded(seeds, number):
    """Return some sentences of reports with words lost, moved or taken from each other."""
    chance = random.Random(number)  # noqa: S311 - no secret
    told = [
        _reworded(_sentence(seeds, chance), seeds, chance) for _ in range(chance.choice((1, 1, 3)))
    ]
    return chance.choice((" ", "\n\n", "\n")).join(told).encode()


def _sentence(seeds, chance):
    sentences = _SENTENCE.split(chance.choice(seeds).decode())
    return chance.choice([s.split() for s in sentences if s.strip()])


def _reworded(words, seeds, chance):
    at, kind = chance.randrange(len(words)), chance.randrange(6)
    if kind == 0:
        words = words[: at + 1]
    elif kind == 1:
        words = words[at:]
    elif kind == 2:
        words = chance.sample(words, len(words))
    elif kind == 3:
        words = words[:at] + _sentence(seeds, chance)[-6:]
    elif kind == 4:
        words = [word for word in words if chance.random() > 0.2]
    text = " ".join(words)
    return re.sub(r"[.,;:()—-]", "", text) if chance.random() < 0.2 else text


def damaged(seeds, number):
    """Return a seed with one to eight places changed."""
    chance = random.Random(number)  # noqa: S311 - no secret
    data = bytearray(chance.choice(seeds))
    for _ in range(chance.choice((1, 1, 2, 3, 8))):
        _change(data, chance, seeds)
    return bytes(data[:_MOST])


def _change(data, chance, seeds):
    at = chance.randrange(len(data) + 1)
    end = min(len(data), at + chance.choice((0, 1, 1, 4, 16, 200)))
    kind = chance.randrange(7)
    if kind == 0 and at < len(data):
        data[at] ^= 1 << chance.randrange(8)
    elif kind == 1:
        data[at:end] = b""
    elif kind == 2:
        data[at:at] = data[at:end] * chance.choice((1, 2, 50))
    elif kind == 3:
        other = chance.choice(seeds)
        start = chance.randrange(len(other) + 1)
        data[at:end] = other[start : start + chance.choice((1, 10, 100))]
    elif kind == 4:
        del data[at:]
    elif kind == 5:
        _number(data, chance)
    else:
        data[at:end] = chance.choice(TOKENS)


def _number(data, chance):
    """Put another number, or a word, where a number stands."""
    places = [n for n, byte in enumerate(data) if 48 <= byte < 58]
    if places:
        start = end = chance.choice(places)
        while end < len(data) and (48 <= data[end] < 58 or data[end] == 46):
            end += 1
        data[start:end] = chance.choice(TOKENS)
