# ruff: noqa: E501 (a line of a pattern is one language or one kind of phrase)
"""Paywall and log-in notices."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.ingest.blocks import Page, Proposal
from pipeline.ingest.words import rule_words

REASON = "A paywall or log-in notice of the web site."

NOTICE = re.compile(
    r"\b(?:subscribe|log ?in|sign in|register|sign up|upgrade)\b.{0,30}\b(?:to|and)\b.{0,20}\b(?:continue|keep|read|unlock|access|view|see|get (?:full|unlimited))\b.{0,40}|\balready (?:a |an )?(?:subscriber|member|subscribed|registered|have an account)\b|\b(?:this (?:article|story|content|page)|the rest of this|full (?:article|story)) (?:is|are) (?:\w+ )?(?:for|only available|available only|available to|reserved|exclusive|exclusively|restricted|locked)\b"
    r"|\byou (?:have|'ve|’ve) (?:reached|used|read|hit|exceeded)\b.{0,40}\b(?:limit|free articles?|articles?|quota)\b|\b(?:free articles?|articles?) (?:remaining|left this month)\b|\b(?:start|begin|try) (?:your |a )?(?:free )?(?:trial|subscription)\b|\bunlimited (?:digital )?access\b|\bsubscribers? only\b|\bsubscriber[- ]exclusive\b|\bpremium (?:content|article|subscribers?)\b.{0,30}$|^(?:create|register for) (?:a |an )?(?:free )?account\b|^to (?:continue|keep) reading,? (?:please )?(?:subscribe|log in|sign in|register)\b|\bnot a (?:subscriber|member)( yet)?\?|\bforgot (?:your )?password\b"
    r"|\b(?:jetzt (?:abonnieren|weiterlesen|anmelden)|bereits (?:abonnent|registriert|kunde)|nur für abonnenten|artikel (?:kostenlos )?(?:freischalten|weiterlesen))\b|\b(?:article (?:réservé|payant)|réservé aux abonnés|déjà abonné|contenu réservé)|\b(?:contenido exclusivo para|solo (?:para )?suscriptores|ya (?:eres|es) suscriptor|exclusivo para suscriptores)|\b(?:contenuto riservato|riservato agli abbonati|sei già abbonato)|\b(?:conteúdo exclusivo para|exclusivo para assinantes|já é assinante)|\b(?:alleen voor abonnees|al abonnee)\b",
    re.IGNORECASE,
)
#: The site speaks to its reader, at the beginning of a line.
SURE = re.compile(
    r"you(?: have|'ve|’ve) (?:read|reached|used|hit|exceeded) .{0,40}\b(?:free (?:articles?|stories)|article limit)\b|(?:subscribe|log in|sign in|register) (?:now )?to (?:continue|keep) reading\b",
    re.IGNORECASE,
)
#: The notice as a line of its own, with nothing else in it.
PLAINLY = re.compile(
    r"(?:to (?:continue|keep) reading,? (?:please )?(?:subscribe|log in|sign in|register)\b.{0,80}|(?:already|not) a (?:subscriber|member)(?: yet)?\?.{0,60}"
    r"|this (?:article|story|content|page) is (?:only |exclusively )?(?:for|available to|reserved for|exclusive to) (?:our )?(?:\w+ )?(?:subscribers|members)(?: only)?\W{0,2}|you have \d{1,2} free (?:articles?|stories) (?:left|remaining)(?: this month)?\W{0,2})$",
    re.IGNORECASE,
)
#: A line without any of these words cannot match.
TRIGGERS = rule_words("paywall", "triggers")
THIRD = re.compile(r"[\"“”„«»]|\b(?:said|says|told|according to)\b")


def find(page: Page) -> Iterator[Proposal]:
    for line in page.lines:
        if line.size > 350 or line.tokens.isdisjoint(TRIGGERS):
            continue
        if not THIRD.search(line.body) and NOTICE.search(line.body):
            body = line.body
            confidence = 0.96 if SURE.match(body) else 0.94 if PLAINLY.match(body) else 0.88
            yield Proposal(line.span, "paywall", REASON, confidence)
