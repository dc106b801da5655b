"""More parses that the grammar of English forbids: comments, appositions and lists in a clause.

Each function looks at one verb and changes the tree through the editor where the words leave no
other reading: a helping verb with a subject of its own, a comment between commas that goes on.
"""

from __future__ import annotations

from pipeline.nlp.attribution.edits import SUBJECTS, Editor
from pipeline.nlp.attribution.holder import agrees, kind_of_holder
from pipeline.nlp.attribution.lexicon import lexicon
from pipeline.nlp.attribution.tree import Tree

CLOSING = frozenset({'"', "”", "''", "»", "’"})
NOUNS = frozenset({"NOUN", "PROPN"})
NAMING = frozenset({"among", "including"})
THOSE = frozenset({"them", "whom", "these", "those"})
CITING = frozenset({"citing", "quoting"})
CITED = 12  # tokens from "citing" to "that"
CUE = 8  # tokens from the verb to "citing"
DENYING = frozenset({"no", "little", "any"})
PROVIDED = frozenset({"provided", "providing"})
PRONOUNS = frozenset({"he", "she", "it", "they"})
RECIPIENT = frozenset({"to", "for"})
MARKS = frozenset({'"', "“", "‘", "'", "``", "«"})


def after_comment(editor: Editor, verb: int) -> None:
    """ "Hartline owes $9, Lee said, and must pay it": what follows the comment joins the claim.

    A clause between commas cannot be joined to what stands behind the second one. One with a
    subject of its own may go on with the comment: "…, they said, but they did not pay".
    """
    tree, cue = editor.tree, editor.tree.heads[verb]
    subject, frames = tree.child(cue, *SUBJECTS), lexicon().verbs
    if subject is None or cue > verb or "clause" not in frames.get(tree.lemmas[cue], {}):
        return
    joined = tree.subtree(verb)[0] - 1
    if tree.deps[joined] != "cc" or tree.heads[joined] != cue or tree.words[joined - 1] != ",":
        return
    told: int | None = tree.heads[cue] if tree.deps[cue] == "parataxis" else None
    if told is None:
        told = next((k for k in tree.children(cue, "ccomp") if k < cue), None)
    begin = min(tree.subtree(subject)[0], cue) - 1
    if told is None or told > begin or tree.words[begin] != ",":
        return
    goes_on = "clause" in frames.get(tree.lemmas[verb], {})  # "Sales fell, Lee said, and added …"
    about, own = tree.child(told, *SUBJECTS), tree.child(verb, *SUBJECTS)
    if about is None or not editor.is_finite(verb) or goes_on:
        return
    if own is not None and not (
        tree.lower[own] in PRONOUNS and agrees(tree, own, about) and not agrees(tree, own, subject)
    ):
        return
    if tree.deps[cue] != "parataxis":
        top = tree.heads[cue]
        editor.set(told, told if top == cue else top, tree.deps[cue])
        editor.set(cue, told, "parataxis")
    editor.set(verb, told, "conj")
    editor.set(joined, told, "cc")


def comment_behind(editor: Editor, cue: int) -> None:
    """ "It is beautiful I think.": said of all that stands before.

    A verb that needs a clause and has none at the end of the sentence tells whose view it is.
    """
    tree, told = editor.tree, editor.tree.heads[cue]
    subject, last = tree.child(cue, "nsubj"), tree.sentence_of(cue)[1] - 1
    if subject is None or told >= subject or not tree.is_verb(told):
        return
    if not tree.words[cue].islower():
        return
    frames = lexicon().verbs
    if "clause" not in frames.get(tree.lemmas[cue], {}) or "clause" in frames.get(
        tree.lemmas[told], {}
    ):
        return
    if any(tree.pos[i] not in ("PUNCT", "SPACE") for i in range(cue + 1, last + 1)):
        return
    bare = not any(tree.deps[k] in ("mark", "dobj", "advmod") for k in tree.kids[cue])
    if bare and tree.pos[subject] == "PRON":
        editor.set(cue, told, "parataxis")


def helper_with_subject(editor: Editor, helper: int) -> None:
    """ "The party did not: its lawyer said …", "Two were aides and the others had been freed".

    A helping verb has no subject of its own: it is the verb of another clause.
    """
    tree, verb = editor.tree, editor.tree.heads[helper]
    subject = tree.child(helper, *SUBJECTS)
    if subject is None or not subject < helper < verb:
        return
    behind = tree.subtree(helper)[-1] + 1
    if tree.words[behind : behind + 1] in ([":"], [";"]):
        editor.set(helper, verb, "ccomp")
        return
    own = next((k for k in tree.children(verb, *SUBJECTS) if helper < k < verb), None)
    if own is None:
        return
    second, joined = tree.child(own, "conj"), tree.child(own, "cc")
    if second is None or joined is None or not joined < second < verb:
        return
    above, dep = tree.heads[verb], tree.deps[verb]
    editor.set(helper, helper if above == verb else above, dep)
    for kid in [k for k in tree.kids[verb] if k < helper]:
        editor.set(kid, helper, tree.deps[kid])
    editor.set(second, verb, tree.deps[own])
    editor.set(own, helper, "attr")
    editor.set(joined, helper, "cc")
    editor.set(verb, helper, "conj")


def that_as_object(editor: Editor, verb: int) -> None:
    """ "called that “a fairy tale”": no clause follows "that", so it is what is called so."""
    tree, that = editor.tree, verb + 1
    if that + 1 >= tree.size or tree.lower[that] != "that" or tree.deps[that] != "mark":
        return
    name = tree.heads[that]
    if tree.heads[name] != verb or tree.deps[name] not in ("oprd", "attr", "ccomp"):
        return
    if tree.is_verb(name) or "small" not in lexicon().verbs.get(tree.lemmas[verb], {}):
        return
    if tree.lower[that + 1] in ("a", "an") or tree.words[that + 1] in MARKS:
        editor.set(that, verb, "dobj", "DT", "PRON")


def comment_on_clause(editor: Editor, verb: int) -> None:
    """ "The ban starts in May, which means that …": a relative clause about all that is said."""
    tree, subject = editor.tree, editor.tree.child(verb, "nsubj")
    if subject is None or tree.lower[subject] != "which" or tree.heads[verb] > verb:
        return
    if tree.subtree(verb)[0] == subject and tree.words[subject - 1] == ",":
        editor.set(verb, tree.heads[verb], "relcl")


def adjective_between(editor: Editor, verb: int) -> None:
    """ "His pension, worth $9 a year, will stop": no adjective is a verb; the subject goes on."""
    tree = editor.tree
    if not editor.is_finite(verb):
        return
    above = tree.heads[verb]
    for other in (above, *tree.kids[above]):
        subject = tree.child(other, *SUBJECTS)
        if other >= verb or tree.pos[other] != "ADJ" or subject is None:
            continue
        first = min([verb, *tree.children(verb, "aux", "auxpass", "neg")])
        if tree.words[other - 1] != "," or tree.words[first - 1] != "," or subject > other:
            continue
        if tree.child(other, "aux", "cop") is not None:
            continue
        if other == above:
            top = tree.heads[other]
            editor.set(verb, verb if top == other else top, tree.deps[other])
        passive = tree.child(verb, "auxpass") is not None
        editor.set(subject, verb, "nsubjpass" if passive else "nsubj")
        for mark in tree.children(other, "mark"):
            editor.set(mark, verb, "mark")
        editor.set(other, subject, "amod")
        return


def nearest_noun(editor: Editor, participle: int) -> None:
    """ "the vote, when they chose a list made in May": the list is made so, not the vote.

    No participle reaches over a clause to a noun in front of it while it touches another noun.
    """
    tree, noun, near = editor.tree, editor.tree.heads[participle], participle - 1
    if tree.pos[near] not in ("NOUN", "PROPN") or noun >= near or tree.tags[participle] == "VBG":
        return
    at = near
    while tree.heads[at] != noun and tree.heads[at] != at:
        at = tree.heads[at]
    if tree.heads[at] == noun and tree.deps[at] == "relcl" and tree.subtree(at)[-1] == near:
        editor.set(participle, near, "acl", "VBN", "VERB")


def joined_participle(editor: Editor, verb: int) -> None:
    """ "…, starting with $2 and later raised to $5 by Lee": joined to "starting".

    A past participle with its "by" is joined to no infinitive, but to the participle ahead.
    """
    tree, above = editor.tree, editor.tree.heads[verb]
    passive = tree.child(verb, "agent") is not None and tree.child(verb, "auxpass") is None
    if not passive or tree.tags[verb] not in ("VBD", "VBN") or tree.tags[above] != "VB":
        return
    ahead = [k for k in tree.children(above, "advcl") if above < k < verb and tree.tags[k] == "VBG"]
    if ahead:
        editor.set(verb, ahead[-1], "conj", "VBN")
        for joined in [k for k in tree.children(above, "cc") if ahead[-1] < k < verb]:
            editor.set(joined, ahead[-1], "cc")


def relative_subject(editor: Editor, cue: int) -> None:
    """ "its program, which critics say poses a threat": what poses it, not what they say."""
    tree, clause = editor.tree, editor.tree.child(cue, "ccomp")
    which = tree.child(cue, "dobj")
    if which is None or clause is None or not which < cue < clause:
        return
    free = tree.child(clause, *SUBJECTS) is None and editor.is_finite(clause)
    if free and tree.lower[which] in ("which", "who", "that"):
        passive = tree.child(clause, "auxpass") is not None
        editor.set(which, clause, "nsubjpass" if passive else "nsubj")


def named_among(editor: Editor, verb: int, subjects: list[int]) -> None:
    """ "Residents, among them a teacher, Ann Lee, complained": the residents did, not she."""
    tree, first, last = editor.tree, subjects[0], subjects[-1]
    for prep in tree.children(verb, "prep"):
        if tree.lower[prep] not in NAMING or not first < prep < last:
            continue
        nouns, end = tree.children(prep, "pobj"), tree.subtree(last)[-1]
        apart = tree.words[prep - 1] == "," and "," in tree.words[end : end + 2]
        if nouns and apart and (tree.lower[prep] != "among" or tree.lower[prep + 1] in THOSE):
            editor.set(last, nouns[-1], "appos")
            editor.set(prep, first, "prep")
            return


def listed_sums(editor: Editor, verb: int) -> None:
    """ "a plan that gives $3 to Ann, $2 to Bo and $1 to Cy": all are given, none is a plan."""
    tree, first = editor.tree, editor.tree.child(verb, "dobj")
    if first is None or first < verb or tree.ents[first] != "MONEY":
        return
    end = tree.sentence_of(verb)[1]
    if first + 1 == end or tree.lower[first + 1] not in RECIPIENT:
        return
    for kid in range(first + 1, end - 1):
        loose = tree.deps[kid] in ("appos", "conj") and tree.heads[kid] < verb
        if not loose or tree.ents[kid] != "MONEY" or tree.lower[kid + 1] not in RECIPIENT:
            continue
        joined = tree.subtree(kid)[0] - 1
        if tree.lower[joined] in (",", "and"):
            editor.set(kid, first, "conj")
            editor.set(kid + 1, kid, "prep")
            editor.set(joined, first, tree.deps[joined])


def tells_of_words(tree: Tree, verb: int) -> bool:
    """ "The firm has declined to comment", "Lee said that …": an event between speaker and author.

    A pronoun's words go on: "said the plan failed; they knew that it would".
    """
    subject, words = tree.child(verb, *SUBJECTS), lexicon()
    if subject is None or tree.pos[subject] == "PRON":
        return False
    if _keeps_silent(tree, verb):
        return True
    told = tree.tags[verb] == "VBD" and tree.child(verb, "ccomp") is not None
    return told and "clause" in words.verbs.get(tree.lemmas[verb], {})


def that_in_marks(editor: Editor, verb: int) -> None:
    """ "“I give them that,” Lee told the paper": no conjunction ends a quotation."""
    tree, told = editor.tree, editor.tree.heads[verb]
    mark = tree.child(verb, "mark")
    if mark is None or tree.lower[mark] != "that" or not told < mark < verb:
        return
    behind = tree.words[mark + 1 : mark + 3]
    apart = tree.starts[mark + 1] != tree.ends[mark]  # an opening mark
    closes = behind[0] in CLOSING or (behind[0] in ",.?!" and behind[-1] in CLOSING)
    if tree.deps[verb] not in ("ccomp", "advcl", "relcl") or apart or not closes:
        return
    if tree.child(verb, *SUBJECTS) is None or "quote" not in lexicon().verbs.get(
        tree.lemmas[verb], {}
    ):
        return
    above, dep = tree.heads[told], tree.deps[told]
    editor.set(mark, told, "dobj", "DT", "PRON")
    editor.set(verb, verb if above == told else above, dep)
    editor.set(told, verb, "ccomp")


def citing_between(editor: Editor, clause: int) -> None:
    """ "The paper reported, citing two officials, that …": the paper reports, no officials that."""
    tree = editor.tree
    mark = tree.child(clause, "mark")
    if mark is None or tree.lower[mark] != "that" or tree.words[mark - 1] != ",":
        return
    begin, _ = tree.sentence_of(mark)
    before = range(mark - 2, max(begin, mark - CITED), -1)
    citing = next((k for k in before if tree.lower[k] in CITING), begin)
    if tree.words[citing - 1 : citing] != [","]:
        return
    verbs = (k for k in range(citing - 2, max(begin - 1, citing - CUE), -1) if tree.is_verb(k))
    cue = next(verbs, None)  # "reported on Sunday, citing"
    if cue is not None and "clause" in lexicon().verbs.get(tree.lemmas[cue], {}):
        editor.set(clause, cue, "ccomp")
        editor.set(citing, cue, "advcl")


def which_of_person(editor: Editor, verb: int) -> None:
    """ "A group tied to its owner, Lou Castle, which has …": "which" is no person.

    It goes to the noun above that agrees with its verb.
    """
    tree = editor.tree
    which = tree.child(verb, "nsubj", "nsubjpass")
    at = tree.heads[verb]
    if which is None or tree.lower[which] != "which" or kind_of_holder(tree, at) != "person":
        return
    helper = tree.child(verb, "aux", "auxpass")
    tag = tree.tags[verb if helper is None else helper]
    while tree.heads[at] != at and tree.deps[at] in ("pobj", "appos", "prep", "conj", "poss"):
        at = tree.heads[at]
        plural = tree.tags[at] in ("NNS", "NNPS")
        if tree.pos[at] not in ("NOUN", "PROPN") or kind_of_holder(tree, at) == "person":
            continue
        if tag not in ("VBZ", "VBP") or plural == (tag == "VBP"):
            editor.set(verb, at, "relcl")
            return


def what_called(editor: Editor, noun: int, cue: int) -> None:
    """ "the cost and what Ann Lee called “a mess”": Lee is who calls it so."""
    tree = editor.tree
    what = tree.subtree(noun)[0]
    if tree.lower[what] != "what" or tree.deps[what] != "det":
        return
    if tree.pos[noun] != "PROPN" or tree.subtree(noun)[-1] != cue - 1:
        return
    above, dep = tree.heads[noun], tree.deps[noun]
    if above == cue:
        return
    editor.set(cue, above, dep)
    editor.set(noun, cue, "nsubj")
    editor.set(what, cue, "dobj", "WP", "PRON")


def denied_noun(editor: Editor, verb: int) -> None:
    """ "There was “no evidence” yet that it was a bomb": what there is no evidence of is no fact.

    The clause belongs to the noun, with nothing but adverbs and marks between them.
    """
    tree, mark = editor.tree, editor.tree.child(verb, "mark")
    if mark is None or tree.lower[mark] != "that" or tree.subtree(verb)[0] != mark:
        return
    noun = mark - 1
    while noun > 0 and (tree.pos[noun] in ("ADV", "PUNCT") and tree.words[noun] != ","):
        noun -= 1
    if tree.pos[noun] != "NOUN" or tree.heads[verb] == noun:
        return
    none = any(tree.lower[k] in DENYING for k in tree.kids[noun])
    if none and (tree.lemmas[noun] in lexicon().nouns or tree.lemmas[noun] in lexicon().shown):
        editor.set(verb, noun, "acl")


def provided(editor: Editor, verb: int) -> None:
    """ "Will leave provided the border is safe": a condition, whatever the parser hung it on."""
    tree = editor.tree
    subject = tree.child(verb, *SUBJECTS)
    if subject is None or not editor.is_finite(verb):
        return
    mark = tree.subtree(subject)[0] - 1
    if mark < 1 or tree.lower[mark] not in PROVIDED or tree.deps[mark] in ("aux", "ROOT"):
        return
    if tree.child(mark, "dobj", "aux", "auxpass", "nsubjpass") is not None:
        return
    above = tree.heads[mark]
    if above in tree.subtree(verb):
        return
    while not editor.is_finite(above) and tree.heads[above] != above:
        above = tree.heads[above]
    editor.set(verb, above, "advcl")
    editor.set(mark, verb, "mark", "IN", "SCONJ")


def comment_between(editor: Editor, cue: int) -> None:
    """ "It would cost $9, the ministry says, half of it …": no sum is what the ministry says."""
    tree, subject = editor.tree, editor.tree.child(cue, "nsubj")
    if subject is None or subject > cue or not editor.is_finite(cue):
        return
    if "clause" not in lexicon().verbs.get(tree.lemmas[cue], {}):
        return
    told = tree.heads[cue]
    while not editor.is_finite(told) and tree.heads[told] != told:
        told = tree.heads[told]
    phrase = tree.subtree(subject)
    bare = tree.child(cue, "dobj", "ccomp", "xcomp") is None
    if bare and editor.is_finite(told) and told < phrase[0] and tree.words[phrase[0] - 1] == ",":
        editor.set(cue, told, "parataxis")


def place_between(editor: Editor, verb: int, subjects: list[int]) -> None:
    """ "Officials in the capital, Oslo, say …": the capital is Oslo, which says nothing."""
    tree, first, last = editor.tree, subjects[0], subjects[-1]
    before = last - 1
    if tree.pos[last] != "PROPN" or last + 1 == tree.size:
        return
    if tree.words[before] != "," or tree.words[last + 1] != ",":
        return
    noun = before - 1
    if tree.pos[noun] != "NOUN" or tree.deps[noun] != "pobj" or not first < noun < last:
        return
    if tree.subtree(last)[0] == last and noun in tree.subtree(first):
        editor.set(last, noun, "appos")


def goes_on_with(editor: Editor, verb: int) -> None:
    """ "Lee said the plan was “a joke” and predicted it would fail": no plan predicts.

    A second verb of saying goes with the first where the subject of what is said cannot speak.
    So does a plain past behind a past perfect: "claimed that he had fled, but gave no proof".
    """
    tree, told = editor.tree, editor.tree.heads[verb]
    cue, about = tree.heads[told], tree.child(told, *SUBJECTS)
    if tree.deps[told] != "ccomp" or about is None or not cue < told < verb:
        return
    holder = tree.child(cue, *SUBJECTS)
    if holder is None or tree.tags[cue] != "VBD" or tree.tags[verb] != "VBD":
        return
    frames = lexicon().verbs.get(tree.lemmas[verb], {})
    mute = kind_of_holder(tree, about) is None and tree.pos[about] == "NOUN"
    speaks = bool({"clause", "person_to", "of"} & frames.keys()) or _keeps_silent(tree, verb)
    said = tree.child(verb, "ccomp", "xcomp") is not None
    perfect = any(tree.lower[k] == "had" for k in tree.children(told, "aux"))
    plain = not tree.lower[verb].endswith(("ed", "en"))
    joined = [k for k in tree.children(told, "cc") if told < k < verb]
    apart = bool(joined) and tree.words[joined[-1] - 1] == ","
    if not joined or kind_of_holder(tree, holder) is None:
        return
    if (mute and speaks and said) or (perfect and plain and apart):
        editor.set(verb, cue, "conj")
        editor.set(joined[-1], cue, "cc")


def _keeps_silent(tree: Tree, verb: int) -> bool:
    """True for "declined to give a breakdown", not for "failed to rise"."""
    words = lexicon()
    if tree.lemmas[verb] not in words.silent:
        return False
    return any(
        tree.lemmas[k] in words.verbs or tree.lemmas[k] in words.light
        for k in tree.children(verb, "xcomp")
    )


def hyphen_as_verb(editor: Editor, verb: int) -> None:
    """ "…, but the team, who re-read it, put it at 1": no hyphen has a subject; "put" has."""
    tree = editor.tree
    joined = max((k for k in tree.children(tree.heads[verb], "cc") if k < verb), default=verb)
    for noun in range(joined + 1, verb):
        mark = tree.words[tree.heads[noun]]
        if tree.deps[noun] in SUBJECTS and not mark[0].isalnum() and tree.pos[noun] in NOUNS:
            editor.set(noun, verb, "nsubj")
            return
