# ruff: noqa: E501 (a line of a pattern is one language or one kind of phrase)
"""Cookie and privacy notices."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.ingest.blocks import Page, Proposal
from pipeline.ingest.words import rule_words

REASON = "A cookie or privacy notice of the web site."

NOTICE = re.compile(
    r"\b(?:we|our (?:partners|site|website)|this (?:site|website)|the site)\b.{0,80}\b(?:use|uses|using|store|collect|set)\b.{0,60}\b(?:cookies?|personal (?:data|information)|tracking)\b|\b(?:accept|allow|reject|manage|decline|refuse|customi[sz]e) (?:all |my |your |our |only |necessary |essential )*cookies?\b"
    r"|\bcookie (?:settings|preferences|policy|notice|consent|banner|declaration)\b|\bby (?:continuing|using|browsing|clicking|visiting)\b.{0,80}\b(?:cookies?|privacy policy|terms of (?:use|service)|you (?:agree|consent|accept))\b|\b(?:privacy|consent) (?:preferences|settings|choices)\b.{0,40}\b(?:manage|update|change|save)\b|^(?:strictly )?(?:necessary|functional|performance|targeting|analytics|marketing|advertising|statistics|preferences) cookies\b"
    r"|\bthis site is protected by recaptcha|\bgoogle (?:privacy policy and terms of service|recaptcha)|\b(?:wir|diese (?:website|seite))\b.{0,60}\b(?:verwenden|nutzen|benutzt|verwendet|setzen)\b.{0,60}\bcookies\b|\bcookies? (?:akzeptieren|ablehnen|zustimmen)|\b(?:nous utilisons|ce site utilise)\b.{0,60}\bcookies\b|\b(?:utilizamos|este sitio (?:web )?(?:utiliza|usa)|usamos)\b.{0,60}\bcookies\b"
    r"|\b(?:utilizziamo|questo sito (?:web )?(?:utilizza|usa))\b.{0,60}\bcookie\b|\b(?:este site (?:utiliza|usa))\b.{0,60}\bcookies\b|\b(?:deze (?:website|site) (?:gebruikt|maakt)|wij gebruiken)\b.{0,60}\bcookies\b|\b(?:ta strona|serwis) (?:używa|korzysta)\b.{0,60}|\bфайлы cookie\b|\bwe value your privacy\b|\byour privacy (?:is important|matters)\b",
    re.IGNORECASE,
)
#: Nobody else speaks like this: the site itself, at the beginning of a line.
SURE = re.compile(
    r"(?:we(?: and our partners)?|this (?:web ?)?site|our (?:web ?)?site) uses? cookies\b|(?:accept|allow|reject|manage) (?:all )?cookies$",
    re.IGNORECASE,
)

#: What the buttons below a notice say.
BUTTON = re.compile(
    r"(?:(?:i )?(?:accept|agree|reject|decline|refuse|deny|allow|consent)(?: all)?|manage (?:settings|options|preferences|choices)|(?:more|cookie) (?:options|settings)|ok(?:ay)?|got it|settings|preferences|learn more|save (?:settings|preferences))\W?",
    re.IGNORECASE,
)
BUTTONS_BELOW = 5
#: A line without any of these words cannot match.
TRIGGERS = rule_words("cookie_notice", "triggers")


def find(page: Page) -> Iterator[Proposal]:
    # An article about cookies speaks of them everywhere; a notice stands once or twice.
    hits = [
        line
        for line in page.lines
        if line.size <= 900 and not line.tokens.isdisjoint(TRIGGERS) and NOTICE.search(line.body)
    ]
    if len(hits) * 5 > len(page.lines) and len(hits) > 3:
        return
    for line in hits:
        yield Proposal(line.span, "cookie_notice", REASON, 0.96 if SURE.match(line.body) else 0.88)
    places = {line.start for line in hits}
    below = 0  # lines that may still be buttons of the notice
    for line in page.lines:
        if line.start in places:
            below = BUTTONS_BELOW
        elif below and BUTTON.fullmatch(line.body):
            yield Proposal(line.span, "cookie_notice", REASON, 0.94)
            below -= 1
        else:
            below = 0
