# ruff: noqa: E501 (a line of a pattern is one language or one kind of phrase)
"""Comment sections: their headings, forms and everything below."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.ingest.blocks import Line, Page, Proposal
from pipeline.ingest.words import rule_words, word_set

REASON = "The comment section: readers' remarks and the form for them."

COUNT = re.compile(
    r"\(?\d{1,5}\)? (?:comments?|replies|responses?|thoughts?|kommentare?|commentaires?|comentarios?|commenti|comentários?|reacties|komentarz[ey]|комментари\w+|yorum)\b.{0,200}"
    r"|(?:comments?|kommentare|commentaires|comentarios|commenti|comentários|reacties) ?\(\d{1,5}\)|(?:leave|post|add|write|submit) (?:a |your )?(?:comment|reply)\b.{0,60}",
    re.IGNORECASE,
)
FORM = re.compile(
    r"your email address will not be published|required fields are marked|save my name, email|notify me of (?:new|follow-?up)|you must be logged in to (?:post|comment)|log in to (?:reply|comment|leave)|this site uses akismet|learn how your comment data|comments are (?:closed|moderated|now closed|off|disabled)|please log in to comment"
    r"|deine e-mail-adresse wird nicht veröffentlicht|ihre e-mail-adresse wird nicht|erforderliche felder sind|votre adresse (?:e-mail|de messagerie) ne sera pas|tu dirección de correo electrónico no será|il tuo indirizzo email non sarà|o seu endereço de e-?mail não será|je e-mailadres wordt niet|twój adres e-?mail nie zostanie|ваш (?:адрес )?e-?mail не будет|alamat email anda tidak akan|e-posta hesabınız yayımlanmayacak|din e-postadress kommer inte",
    re.IGNORECASE,
)

#: A line without any of these words cannot match.
TRIGGERS = rule_words("comments", "triggers")


def is_heading(line: Line) -> bool:
    return line.size <= 120 and (
        line.label in word_set("comments") or COUNT.fullmatch(line.body) is not None
    )


def find(page: Page) -> Iterator[Proposal]:
    for index, line in enumerate(page.lines):
        if is_heading(line) and (index > page.first_prose or line.words > 1):
            sure = line.words >= 2
            yield Proposal(line.span, "comments", REASON, 0.95 if sure else 0.9)
        elif line.size <= 400 and not line.tokens.isdisjoint(TRIGGERS) and FORM.search(line.body):
            yield Proposal(line.span, "comments", REASON, 0.95)
