# ruff: noqa: E501 (a line of a pattern is one language or one kind of phrase)
"""Appeals to subscribe to a newsletter or channel."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.ingest.blocks import Line, Page, Proposal
from pipeline.ingest.words import rule_words

REASON = "An appeal to subscribe or follow, addressed to the reader by the site."

APPEAL = re.compile(
    r"\b(?:sign[- ]up|signup|subscribe|register|join|get)\b.{0,60}\b(?:newsletters?|mailing list|e-?mail (?:list|updates|alerts?|address)|inbox|updates? (?:by|via) e-?mail|e-?mails?\b)"
    r"|\b(?:newsletters?|stories|news|updates|headlines|articles|tips)\b.{0,80}\b(?:delivered|sent|straight|direct(?:ly)?|right) (?:straight |directly |direct |right )?(?:to|in|into) your (?:e-?mail )?(?:inbox|e-?mail)"
    r"|^(?:please )?subscribe (?:to|now|today|here|for|via|and)\b|^(?:follow|like|find|join|add|subscribe to) (?:us|our|[\w ]{2,30}) (?:on|channel|in|page|group)\b.{0,80}(?:facebook|twitter|instagram|telegram|whatsapp|youtube|google news|linkedin|tiktok|channel|flipboard|discord)"
    r"|^(?:enter|type) your (?:e-?mail|name)\b|\byour e-?mail address (?:will not be|to)\b|^(?:download|get) (?:our|the) (?:free )?(?:\w+ )?(?:mobile )?apps?\b|\?\s*download our (?:\w+ ){0,2}apps?\b|^for (?:more|the latest|breaking) .{0,80}(?:follow|download|subscribe|visit)\b"
    r"|^thank you for (?:subscribing|signing up|registering)|^you(?:'|’)re (?:almost )?(?:subscribed|signed up)|^by (?:signing up|subscribing|submitting|clicking|entering|providing|registering|creating)\b.{0,120}(?:agree|consent|accept|acknowledge)"
    r"|\bnewsletter\b.{0,60}\b(?:abonnieren|anmelden|bestellen|eintragen)\b|\bmelden sie sich\b.{0,60}\bnewsletter|\babonn(?:ieren|iere) sie|\b(?:inscrivez|abonnez)[- ]vous\b.{0,80}|\brecevez\b.{0,60}\b(?:newsletter|lettre|e-?mail)"
    r"|\bsuscr[ií]b(?:ase|ete|irse|e)\b.{0,80}|\brecibe\b.{0,60}\b(?:correo|newsletter|boletín)|\biscriviti\b.{0,80}(?:newsletter|canale|gratis)|\b(?:assine|inscreva-se|cadastre-se)\b.{0,60}(?:newsletter|canal|e-mail|notícias)|\b(?:schrijf je in|meld je aan|abonneer je)\b"
    r"|\bзапишитесь|\bподпи(?:шитесь|сывайтесь)\b|\bzapisz się\b.{0,40}newsletter|\bberlangganan\b|\babone ol\b|\bprenumerera på\b|\btilmeld dig\b|\bmeld deg på\b|\bretrouvez[- ]nous\b|\bsiga(?:-nos)? (?:a|o|no|nas)\b|\bs[ií]guenos en\b|\bseguici su\b",
    re.IGNORECASE,
)
#: A line without any of these words cannot match.
TRIGGERS = rule_words("newsletter_appeal", "triggers")
#: First words of the patterns that are anchored to the line's beginning.
STARTERS = rule_words("newsletter_appeal", "starters")
DIRECT = re.compile(
    r"(?:[^.?!]{3,60}\?)?\s*(?:please )?(?:sign up|subscribe|register|join)\b[^.?!]{0,60}\b(?:newsletters?|mailing list|inbox)",
    re.IGNORECASE,
)
#: The site speaks of its own channels, or says to what its reader agrees.
PLAINLY = re.compile(
    r"(?:[^.?!]{3,60}\?)?\s*(?:(?:please )?(?:subscribe to|follow|like|join|download|get) (?:our|us)\b|(?:enter|type) your e-?mail\b|by (?:signing up|subscribing|registering),? you (?:agree|consent|accept)\b)",
    re.IGNORECASE,
)
THIRD = re.compile(r"[\"“”„«»]|\b(?:said|says|told|according to|sagte|dit|dijo|ha detto)\b")


def is_appeal(line: Line) -> bool:
    if line.size > 420:
        return False
    starts = line.norm.partition(" ")[0] in STARTERS
    if not starts and line.tokens.isdisjoint(TRIGGERS):
        return False
    if THIRD.search(line.body):
        return False
    if starts and line.tokens.isdisjoint(TRIGGERS):
        return APPEAL.match(line.body) is not None
    return APPEAL.search(line.body) is not None


def find(page: Page) -> Iterator[Proposal]:
    for line in page.lines:
        if is_appeal(line):
            sure = line.size <= 160 and DIRECT.match(line.body) is not None
            plainly = line.size <= 160 and PLAINLY.match(line.body) is not None
            confidence = 0.96 if sure else 0.94 if plainly else 0.88
            yield Proposal(line.span, "newsletter_appeal", REASON, confidence)
