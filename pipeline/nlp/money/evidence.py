"""What a text itself says about the country of a currency that it leaves open."""

from __future__ import annotations

import re

from pipeline.nlp.money.lexicon import lexicon

#: (currency, or None if unknown; is it written without its country; flags)
Reading = tuple[str | None, bool, tuple[str, ...]]


class Evidence:
    """Words of one text, looked up once each and only when a currency is in doubt."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._known: dict[str, bool] = {}
        self._chosen: dict[tuple[str, ...], Reading] = {}

    def has(self, word: str) -> bool:
        """The text has this word, in this case, as a whole word."""
        if word not in self._known:
            self._known[word] = self._find(word)
        return self._known[word]

    def _find(self, word: str) -> bool:
        if word not in self._text:
            return False
        if not (word[0].isalnum() and word[-1].isalnum()):
            return True
        return re.search(rf"(?<!\w){re.escape(word)}(?!\w)", self._text) is not None

    def any(self, *codes: str) -> bool:
        """The text speaks of a country of one of the currencies, or writes its code."""
        words = lexicon()
        return any(
            any(map(self.has, words.evidence.get(code, ())))
            or (code in words.codes and code not in words.weak_codes and self.has(code))
            for code in codes
        )

    def choose(self, codes: tuple[str, ...]) -> Reading:
        """(currency, bare, flags) among candidates.

        One candidate with evidence in the text is taken. Else the first one, and flagged where
        the text gives reason for doubt; "" in front means None (unknown) with a flag.
        """
        if codes not in self._chosen:
            self._chosen[codes] = self._choose(codes)
        return self._chosen[codes]

    def _choose(self, codes: tuple[str, ...]) -> Reading:
        real = [code for code in codes if code]
        shown = [code for code in real if self.any(code)]
        if len(real) == 1 and codes[0]:
            return real[0], False, ()
        if len(shown) == 1 or (codes[0] and codes[0] in shown):
            if codes[0] in shown:
                return codes[0], False, ()
            return shown[0], False, ("currency_assumed",) if codes[0] else ()
        if codes[0] and not shown:
            return codes[0], False, () if codes[0] in lexicon().sure else ("currency_assumed",)
        return None, False, ("currency_unknown",)
