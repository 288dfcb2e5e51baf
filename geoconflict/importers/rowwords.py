"""What the words of a row tell beside its event: people harmed, another war, a correction."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache, lru_cache

from geoconflict.importers.counts import tells_harm, tolls_named
from geoconflict.importers.denials import around
from geoconflict.lexicon import any_word
from geoconflict.lexicon.patterns import Caseless


def left_untold(words: str, *, counts: Mapping[str, int | None], is_placed: bool) -> Iterator[str]:
    """Yield what the words of a row tell that its event does not, each as a doubt about it.

    Parameters
    ----------
    words : str
        All that the row says in words, a line a cell.
    counts : mapping
        The numbers of people that are taken, by column.
    is_placed : bool
        Whether the row says where it was, which words of another war do not change.

    Examples
    --------
    >>> list(left_untold("A drone hit a house, a woman was killed", counts={}, is_placed=True))
    ['the words tell of people killed, of whom no number is taken: killed']
    >>> list(left_untold("Israel struck Gaza", counts={}, is_placed=False))
    ['the words tell of another war, mourning or mines: Israel struck Gaza']
    """
    yield from _harm_left(
        words, tuple(sorted(n for n, count in counts.items() if count is not None))
    )
    elsewhere = None if is_placed else next(_elsewhere().finditer(words), None)
    if elsewhere:
        yield f"the words tell of another war, mourning or mines: {around(words, elsewhere)}"
    corrected = next(_correction().finditer(words), None)
    if corrected:
        yield f"the words correct what was told before: {around(words, corrected)}"


@lru_cache(maxsize=4_096)
def _harm_left(words: str, taken: tuple[str, ...]) -> tuple[str, ...]:
    harms = {harm: word for harm, word in tells_harm(words).items() if harm not in taken}
    numbers = tolls_named(words) if harms else {}
    return tuple(
        f"the words tell of people {harm}, of whom no number is taken: "
        + (" or ".join(map(str, sorted(numbers.get(harm, ())))) or word)
        for harm, word in sorted(harms.items(), reverse=True)
    )


@cache
def _elsewhere() -> Caseless:
    return Caseless(rf"(?<!\w){any_word('told', 'elsewhere')}(?!\w)")


@cache
def _correction() -> Caseless:
    return Caseless(rf"(?<!\w){any_word('cells', 'correction')}(?!\w)")
