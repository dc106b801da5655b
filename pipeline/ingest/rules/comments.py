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

#: When somebody wrote: a date with a clock, or "2 days ago". A live report has clocks alone.
WRITTEN = re.compile(
    r"(?:[^\W\d_]{3,9}\.? \d{1,2},? \d{4}|\d{1,2}(?:st|nd|rd|th)?[./ -][^\W_]{1,9}[./ -],? ?\d{2,4})[ ,]*(?:at|@|-|–|·|um|à|a las|alle|às|om)?\s*\d{1,2}[:.]\d{2}"
    r"|\b(?:\d{1,3}|an?) (?:second|minute|min|hour|day|week|month|year)s? ago\b",
    re.IGNORECASE,
)
REPLY = frozenset(
    (
        "reply",
        "reply to this comment",
        "antworten",
        "répondre",
        "responder",
        "rispondi",
        "beantwoorden",
        "ответить",
        "svara",
        "balas",
        "yanıtla",
    )
)
SECTION = frozenset(
    (
        "comments",
        "kommentare",
        "commentaires",
        "comentarios",
        "commenti",
        "comentários",
        "reacties",
        "komentarze",
        "комментарии",
        "komentar",
        "yorumlar",
        "kommentarer",
        "kommentit",
    )
)
FEW = 4  # sentences-long lines above a comment section
THREAD = 3  # stamps that make a thread
APART = 25  # lines; stamps further apart are no thread


def is_stamp(line: Line) -> bool:
    """The line says when a remark was made, or offers to answer it."""
    return line.size <= 110 and (line.label in REPLY or WRITTEN.search(line.text) is not None)


def find_thread(page: Page) -> tuple[int, int]:
    """[first, end) of the lines of a thread of remarks below the article; (0, 0) if none."""
    stamps = [
        index
        for index, line in enumerate(page.lines)
        if page.prose_before[index] >= THREAD and is_stamp(line)
    ]
    best: list[int] = []
    chain: list[int] = []
    for at in stamps:
        if chain and at - chain[-1] > APART:
            chain = []
        chain.append(at)
        if len(chain) > len(best):
            best = list(chain)
    if len(best) < THREAD:
        return 0, 0
    inside = page.prose_before[best[-1]] - page.prose_before[best[0]]
    if not inside or not any(page.lines[at].label in REPLY or inside >= 2 for at in best):
        return 0, 0
    first = best[0]
    while first > best[0] - 2 and page.links[first - 1] and page.lines[first - 1].words <= 8:
        first -= 1
    end = best[-1] + 1
    while end < len(page.lines) and end < best[-1] + 4 and not page.links[end]:
        end += 1
    return first, end


def is_form(line: Line) -> bool:
    """The small print of a comment form."""
    if line.size > 400 or line.tokens.isdisjoint(TRIGGERS):
        return False
    return FORM.search(line.body) is not None


def find_section(page: Page) -> int:
    """Index of the heading or form that opens the comments; all below it is theirs or the page's.

    The number of lines if there is none. A heading far up is a link to the comments, and one with
    more sentences of the same article below it is no end: the section must follow the article.
    """
    for index, line in enumerate(page.lines):
        if page.prose_before[index] < FEW:
            continue
        form = is_form(line)
        heading = is_heading(line) and (line.words >= 2 or line.label in SECTION)
        if (form or heading) and page.prose_before[index] * 2 >= page.prose_before[-1]:
            return index
        if (form or heading) and _has_stamps(page, index + 1):
            return index
    return len(page.lines)


def _has_stamps(page: Page, index: int) -> bool:
    return any(is_stamp(line) for line in page.lines[index : index + APART])


def is_heading(line: Line) -> bool:
    return line.size <= 120 and (
        line.label in word_set("comments") or COUNT.fullmatch(line.body) is not None
    )


def find(page: Page) -> Iterator[Proposal]:
    found: dict[int, float] = {}
    for first, end in (find_thread(page), (find_section(page), len(page.lines))):
        found |= dict.fromkeys(range(first, end), 0.95)
    for index, line in enumerate(page.lines):
        if is_heading(line) and (index > page.first_prose or line.words > 1):
            found.setdefault(index, 0.95 if line.words >= 2 else 0.9)
        elif is_form(line):
            found.setdefault(index, 0.95)
    for index, confidence in sorted(found.items()):
        yield Proposal(page.lines[index].span, "comments", REASON, confidence)
