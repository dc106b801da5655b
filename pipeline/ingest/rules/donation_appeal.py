# ruff: noqa: E501 (a line of a pattern is one language or one kind of phrase)
"""Appeals for donations or membership."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.ingest.blocks import Page, Proposal
from pipeline.ingest.words import rule_words

REASON = "An appeal for money from the publisher, addressed to the reader."

APPEAL = re.compile(
    r"\b(?:please|kindly)?\s*(?:consider|make|making) (?:\w+ ){0,4}?(?:donation|contribution|gift)\b|\b(?:support|fund|sustain|back) (?:our|independent|quality|this|the) (?:\w+ ){0,3}?(?:work|journalism|newsroom|reporting|mission|site|website|coverage|research)\b"
    r"|\byour (?:donation|contribution|support|gift|membership)s? (?:\w+ ){0,3}?(?:helps?|keeps?|makes?|allows?|enables?|ensures?|is|will|goes)\b|^donate\b|^your gift of [$€£]|\b(?:click here|please) (?:to )?donate\b|\bdonate (?:now|today|here)\b|^(?:become|be) a (?:member|supporter|patron|subscriber|donor)\b|\bif you (?:value|like|enjoy(?:ed)?|appreciate|found|love)\b.{0,100}\b(?:consider|donat|support|subscrib|shar|buy me|becom|tip)"
    r"|\bbuy me a coffee\b|\bpatreon\.com\b|\bko-fi\b|\b(?:spenden sie|jetzt spenden|unterstützen sie (?:uns|unsere)|faites un don|soutenez[- ](?:nous|notre)|soutenez\b|haz(?: una)? donación|dona ahora|apóyanos|apoya (?:nuestro|el) periodismo|fai una donazione|sostienici|sostieni\b|apoie (?:o|nosso)|faça uma doação|doneer|steun ons|wesprzyj nas|поддержите|donasi|bağış yap|stöd oss|støtt oss|støt os)",
    re.IGNORECASE,
)
#: A line without any of these words cannot match.
TRIGGERS = rule_words("donation_appeal", "triggers")
DONATION = re.compile(
    r"\byour (?:donation|contribution)\b|\bconsider (?:making )?(?:a )?(?:donation|donating|supporting us)\b|^support (?:our|us)\b"
    r"|^if you (?:value|like|enjoy(?:ed)?|appreciate|love) (?:our|what we)\b.{0,100}\b(?:donate|support us|become a)\b",
    re.IGNORECASE,
)
#: The publisher asks its reader, and for nothing else.
PLAINLY = re.compile(
    r"^support (?:independent|local|quality|non-?profit) (?:journalism|news|reporting)\b|\b(?:click here to|please) donate\b|\bdonate (?:now|today|here)\W*$"
    r"|\b(?:please )?consider making a (?:\w+ )?(?:contribution|gift)\b|\bour (?:work|journalism|reporting|newsroom) (?:\w+ ){0,3}(?:relies|depends) on (?:readers|you|your)\b|^your gift of [$€£]|^buy me a coffee\W*$",
    re.IGNORECASE,
)
THIRD = re.compile(r"[\"“”„«»]|\b(?:said|says|told|according to)\b")


def find(page: Page) -> Iterator[Proposal]:
    for line in page.lines:
        if line.size > 700 or line.tokens.isdisjoint(TRIGGERS):
            continue
        if not THIRD.search(line.body) and APPEAL.search(line.body):
            sure = line.size <= 200 and DONATION.search(line.body) is not None
            plainly = line.size <= 200 and PLAINLY.search(line.body) is not None
            confidence = 0.96 if sure else 0.94 if plainly else 0.88
            yield Proposal(line.span, "donation_appeal", REASON, confidence)
