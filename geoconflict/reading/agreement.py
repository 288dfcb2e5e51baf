"""Which names a pronoun can stand for by its gender, in languages whose names have one."""

from __future__ import annotations

from geoconflict.gazetteer.names import script
from geoconflict.lexicon import Lexicon
from geoconflict.reading.mentions import COUNTRY, Mention

_TOWN = 1


def agrees(pronoun: str, mention: Mention, words: Lexicon) -> bool:
    """Return whether a pronoun can stand for what a mention names.

    Of the names of towns and countries the endings tell; a facility or a unit may be called by
    words of another gender, and where no name in the script of the language is known all agree.

    Parameters
    ----------
    pronoun : str
        The pointing word.
    mention : Mention
        What was named before it.
    words : Lexicon
        The words of the language.
    """
    asked = pronoun.casefold()
    genders = [g for g in ("feminine", "masculine") if asked in words.forms("pointers", g)]
    if len(genders) != 1 or mention.place is None or mention.rank not in (_TOWN, COUNTRY):
        return True
    if " " in mention.text.strip():
        return True
    known = (name for names in mention.place.names.values() for name in names)
    last = {name[-1].casefold() for name in known if script(name) == words.script}
    ends = {g: set(words.forms("pointers", f"{g}_ends")) for g in ("feminine", "either")}
    if not last:
        return True
    feminine = last & (ends["feminine"] | ends["either"])
    return bool(feminine if genders == ["feminine"] else last - ends["feminine"])
