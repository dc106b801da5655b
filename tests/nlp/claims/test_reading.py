"""What a claim says when it stands alone: the changed words in brackets, or nothing."""

from __future__ import annotations

import pytest
from spacy.language import Language


def readings(nlp: Language, text: str) -> dict[str, str]:
    doc = nlp.make_doc(text)
    doc._.published = "2012-06-15"
    return {claim.text: claim.reading for claim in nlp(doc)._.claims}


@pytest.mark.parametrize(
    ("text", "claim", "reading"),
    [
        pytest.param(
            "Anna Berg founded Norsk Energi in 2003. She left Oslo in 2009.",
            "She left Oslo in 2009",
            "[Anna Berg] left Oslo in 2009",
            id="pronoun",
        ),
        pytest.param(
            "Anna Berg founded Norsk Energi in 2003 and bought a mill in Turku.",
            "bought a mill in Turku",
            "[Anna Berg] bought a mill in Turku",
            id="shared-subject",
        ),
        pytest.param(
            "Norsk Energi bought a ferry, which sank in 2011.",
            "which sank in 2011",
            "[a ferry] sank in 2011",
            id="relative-pronoun",
        ),
        pytest.param(
            "Norway sent $97,000 to Peru in 2010, while the latter sent $60,000 in return.",
            "the latter sent $60,000 in return",
            "[Peru] sent $60,000 in return",
            id="the-latter",
        ),
        pytest.param(
            "Norsk Energi sold 40 ferries in 2010. The company lost $3 million and sold its mill.",
            "The company lost $3 million",
            "[Norsk Energi] lost $3 million",
            id="role",
        ),
        pytest.param(
            "Norsk Energi sold 40 ferries in 2010. The company lost $3 million and sold its mill.",
            "sold its mill",
            "[Norsk Energi] sold its mill",
            id="shared-role-binds-the-possessive",
        ),
        pytest.param(
            "Kari Lund lives in Bergen. She said that her husband would open 12 shops in 2013.",
            "her husband would open 12 shops in 2013",
            "[Kari Lund’s] husband would open 12 shops in 2013",
            id="possessive",
        ),
        pytest.param(
            '"I sold 40 cows in 2011," said Anna Berg.',
            "I sold 40 cows in 2011",
            "[Anna Berg] sold 40 cows in 2011",
            id="speaker",
        ),
        pytest.param(
            '"I am selling 40 cows," said Anna Berg.',
            "I am selling 40 cows",
            "",
            id="speaker-whose-verb-would-not-agree",
        ),
        pytest.param(
            '"We lost 40 cows in 2011," said Anna Berg.', "We lost 40 cows in 2011", "", id="we"
        ),
        pytest.param(
            "Anna Berg bought a mill in 2003 and sold it in 2009.",
            "sold it in 2009",
            "",
            id="object-not-sure",
        ),
        pytest.param(
            "Kari Lund lives in Bergen. That cost $4 million.",
            "That cost $4 million",
            "",
            id="that",
        ),
        pytest.param(
            "Anna Berg sold her mill in 2009.", "Anna Berg sold her mill in 2009", "", id="bound"
        ),
    ],
)
def test_reading(nlp: Language, text: str, claim: str, reading: str) -> None:
    assert readings(nlp, text)[claim] == reading


def test_only_brackets_differ_from_the_words_of_the_claim(nlp: Language) -> None:
    text = (
        "Anna Berg founded Norsk Energi in 2003. She sold 12 ferries and opened a shop in Oslo."
        " Her brother, who left in 2004, paid $4 million to the firm."
    )
    for claim, reading in readings(nlp, text).items():
        kept = [part.split("]")[-1].strip() for part in reading.split("[")]
        assert all(part in claim.replace(" … ", " ") for part in kept if part)
