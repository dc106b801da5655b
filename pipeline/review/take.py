"""Rows of reviewed sheets become decisions: what is taken, refused, known, and in conflict."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import lru_cache

from pipeline.export.reader import TableReader
from pipeline.export.tables import fits
from pipeline.ingest.metadata.dates import is_future
from pipeline.ingest.metadata.facts import FIELDS
from pipeline.nlp.entities.decisions import Decision as EntityDecision
from pipeline.review.added import added_id, find
from pipeline.review.apply import holds, in_words, opinion
from pipeline.review.decisions import WITHDRAW, Decision, DecisionFiles, Kind, Seen, seen
from pipeline.review.entity_rows import EntityTaker
from pipeline.review.metadata import disputed
from pipeline.review.rows import Tables
from pipeline.review.sheet import Page, SheetRow
from pipeline.review.shown import (
    as_written,
    changed,
    same_value,
    same_words,
    stood,
    stood_decided,
    was_emptied,
)
from pipeline.review.taking import EntityTaken, RefusedError, Remark, Taking
from pipeline.review.values import (
    Cell,
    amount_of,
    claim_id_of,
    currency_of,
    date_of,
    decision_of,
    words_of,
)

#: Columns that the tool fills, which a reviewer may overwrite by mistake.
_OURS = ("claim_text", "source_name", "date_start", "amount", "currency")
_CORRECTED = tuple(f"corrected_{name}" for name in ("source", "subject", "date", "amount"))
_REVIEW = ("decision", *_CORRECTED, "corrected_currency", "note")
_MANY = 8  # documents whose decisions are held in memory
LONGEST_NOTE = 32_767  # characters of any cell that is taken


class Taker:
    """Takes decisions from sheets.

    Args:
        tables: of the last run.
        decisions, entities: made so far.
        reviewer: who reviewed the sheets, as far as they don't say so themselves; or "".
        user: who reviewed if nobody is named anywhere.
        when: UTC, ISO 8601; that of all decisions.
        order: DMY, MDY or YMD for dates such as 03/04/2021; "" refuses them.
    """

    def __init__(
        self,
        tables: TableReader,
        decisions: DecisionFiles,
        entities: Sequence[EntityDecision] = (),
        *,
        reviewer: str,
        user: str,
        when: str,
        order: str,
    ) -> None:
        self.tables = Tables(tables)
        self.decisions = decisions
        self.reviewer = reviewer
        self.user = user
        self.when = when
        self.order = order
        self.result = Taking()
        self.entities = EntityTaker(tables, entities)
        self.known = lru_cache(_MANY)(self._known)
        #: What this reading found new about each thing, by reviewer.
        self._read: dict[tuple[str, str, str], Decision] = {}

    def read(self, pages: Iterable[Page]) -> None:
        """Take what is new in some sheets."""
        for page in pages:
            for row in page.rows:
                try:
                    self.read_row(page, row)
                except RefusedError as error:
                    place = (page.file, page.title, row.number, error.column)
                    self.result.refused.append(Remark(*place, error.reason))

    def read_row(self, page: Page, row: SheetRow) -> None:
        """Take what is new in a row.

        Raises:
            RefusedError: it makes no sense.
        """
        if page.kind == "claims" and (decision := self.claim(page, row)):
            self.take(page, row, decision)
        elif page.kind == "documents":
            for decision in self.document(page, row):
                self.take(page, row, decision)
        elif page.kind == "entities" and (about := self.entities.take(row.cells)):
            self.result.entities.append(EntityTaken(page.title, row.number, about))

    def finish(self) -> Taking:
        """The result, with the conflicts that the decisions lead to."""
        new: dict[tuple[str, str], list[Decision]] = {}
        for decision in self.result.taken:
            if decision.kind != "document":
                new.setdefault((decision.path, decision.claim_id), []).append(decision)
        for (path, claim_id), made in new.items():
            both = [*self.known(path).get(claim_id, ()), *made]
            if opinion(both).disputed:
                said = "; ".join(in_words(d) for d in {d.who: d for d in both}.values())
                self.result.conflicts.append(f"{claim_id} in {path}: {said}")
        self.result.conflicts += self.document_conflicts()
        self.result.gone_entities = self.entities.gone
        return self.result

    def document_conflicts(self) -> list[str]:
        """Facts about documents that reviewers disagree about."""
        paths = dict.fromkeys(d.path for d in self.result.taken if d.kind == "document")
        return [
            words
            for path in paths
            for words in disputed(
                [*self.decisions.of(path), *(d for d in self.result.taken if d.path == path)]
            )
        ]

    def take(self, page: Page, row: SheetRow, decision: Decision) -> None:
        """Keep the decision if it is new.

        Raises:
            RefusedError: the same reviewer decided otherwise in this reading, or decided so
                before and changed it since.
        """
        made = self.made(decision)
        again = made and made[-1].decision == WITHDRAW and not decision.decision
        if made and (repeats(decision, made[-1]) or (again and made[-1].note == decision.note)):
            self.result.known += 1
            return
        if any(repeats(decision, earlier) for earlier in made):
            raise RefusedError(
                "decision",
                f"{decision.who} decided so before and changed it since ({in_words(made[-1])});"
                " if this is no old copy of the sheet, say in the note why it is so again",
            )
        key = thing(decision)
        if other := self._read.get(key):
            if other in self.result.taken:  # nobody knows which of the two is meant
                self.result.taken.remove(other)
                words = f"sheet {page.title}, row {row.number} says otherwise about the same"
                place = (other.file, other.sheet, other.row, "decision")
                self.result.refused.append(Remark(*place, words))
            where = f"sheet {other.sheet}, row {other.row}"
            raise RefusedError("decision", f"{where} says otherwise about the same")
        self._read[key] = decision
        self.result.taken.append(decision)

    def made(self, decision: Decision) -> list[Decision]:
        """What the reviewer decided of the same thing before this reading and in it."""
        key = thing(decision)
        before = self.known(decision.path).get(key[2], [])
        before = [earlier for earlier in before if earlier.who == decision.who]
        read = self._read.get(key)
        return [*before, read] if read and read.content == decision.content else before

    def _known(self, path: str) -> dict[str, list[Decision]]:
        """The decisions made before about a document, by what they are about."""
        found: dict[str, list[Decision]] = {}
        for decision in self.decisions.of(path):
            found.setdefault(thing(decision)[2], []).append(decision)
        return found

    # ------------------------------------------------------------ claims

    def claim(self, page: Page, row: SheetRow) -> Decision | None:
        """The decision in a row of a sheet of claims; None for a row without one."""
        cells = row.cells
        text = {name: words_of(cells.get(name)) for name in _REVIEW}
        claim_id = claim_id_of(cells.get("claim_id"))
        bare = not words_of(cells.get("claim_id")) and bool(words_of(cells.get("claim_text")))
        added = bare and self.tables.by_words(cells) is None
        if added:
            return self.added(page, row)
        if not any(text.values()) and not stood_decided(cells):
            return None
        known = self.tables.claim(claim_id) or self.tables.by_words(cells)
        emptied = known is not None and was_emptied(known, cells)
        if not any(text.values()) and not emptied:
            return None
        shown = self.shown(cells)
        if known is None and not (claim_id and shown["claim_text"] and shown["path"]):
            raise RefusedError(
                "claim_id",
                f"{words_of(cells.get('claim_id'))!r} is no claim of the tables, and path and"
                " claim_text don't say which is meant",
            )
        view = seen(known if known else shown)
        if known:
            for name, said in self.differences(known, cells):
                self.remark(page, row, name, said)
                view = seen({**known, **changed(known, shown)})
        made = self.decision(
            page,
            row,
            kind="claim",
            path=str(known["path"] if known else shown["path"]),
            claim_id=self.tables.thread(known) if known else claim_id,
            view=view,
            emptied=emptied,
        )
        if known and not self.made(made) and as_written(known, cells, (*_REVIEW, "reviewer")):
            self.result.known += 1  # what a claim that moved was given, or several reviewers said
            return None
        return made

    def added(self, page: Page, row: SheetRow) -> Decision:
        """A row that the reviewer added.

        Raises:
            RefusedError: its document is unknown, or the words are not in it.
        """
        words = words_of(row.cells.get("claim_text"))
        path = words_of(row.cells.get("path"))
        if not path:
            raise RefusedError("path", "is empty; an added row needs path and claim_text")
        document = self.tables.document(path)
        if document is None:
            raise RefusedError("path", f"there is no document {path!r}")
        if not find(document, words):
            raise RefusedError(
                "claim_text",
                f"these words don't stand in {path}: copy them from the article, and put … where"
                " you leave some out (text that was removed can be brought back: claims restore)",
            )
        claim_id = added_id(document.source.doc_id, words)
        return self.decision(page, row, "added", path, claim_id, Seen(words=words))

    def decision(
        self,
        page: Page,
        row: SheetRow,
        kind: Kind,
        path: str,
        claim_id: str,
        view: Seen,
        *,
        emptied: bool = False,
    ) -> Decision:
        """The decision of a row, its cells checked.

        Args:
            emptied: a decision stood in the row and was taken out.

        Raises:
            RefusedError: a cell makes no sense, or cells contradict each other.
        """
        cells = row.cells
        try:
            verdict = decision_of(cells.get("decision"))
        except ValueError as error:
            raise RefusedError("decision", str(error)) from error
        corrected = self.corrected(page, row)
        if kind == "added" and not verdict:
            verdict = "accept"
        if emptied:
            verdict = WITHDRAW
        if corrected and verdict != "correct" and not (kind == "added" and verdict == "accept"):
            first = f"corrected_{next(iter(corrected))}"
            words = "empty it too, to withdraw the decision" if emptied else "choose correct"
            said = "empty" if emptied or not verdict else verdict
            raise RefusedError("decision", f"is {said}, yet {first} is filled in: {words}")
        if verdict == "correct" and not corrected:
            raise RefusedError("decision", "is correct, yet no corrected_ column is filled in")
        return Decision(
            when=self.when,
            who=self.who(cells, path, claim_id),
            kind=kind,
            path=path,
            claim_id=claim_id,
            decision=verdict,
            corrected=corrected,
            note=words_of(cells.get("note"))[:LONGEST_NOTE],
            settles=bool(words_of(cells.get("earlier_decisions"))) and bool(verdict),
            seen=view,
            file=page.file,
            sheet=page.title,
            row=row.number,
        )

    def corrected(self, page: Page, row: SheetRow) -> dict[str, str]:
        """The corrected values by name.

        Raises:
            RefusedError: one makes no sense.
        """
        out: dict[str, str] = {}
        for name in ("source", "subject", "date", "amount", "currency"):
            column = f"corrected_{name}"
            cell = row.cells.get(column)
            if not words_of(cell):
                continue
            try:
                out[name] = self.value(page, row, name, cell)
            except ValueError as error:
                raise RefusedError(column, str(error)) from error
        return out

    def value(self, page: Page, row: SheetRow, name: str, cell: Cell) -> str:
        if name == "date":
            found, remark = date_of(cell, self.order)
            if remark:
                self.remark(page, row, "corrected_date", remark)
            return found
        if name == "amount":
            number = amount_of(cell)
            if not fits(Decimal(number)):
                raise ValueError(f"{number} has more digits than the tables hold")
            return number
        if name == "currency":
            return currency_of(cell)
        return words_of(cell).lstrip("'")[:LONGEST_NOTE]

    def who(self, cells: Mapping[str, Cell], path: str, key: str) -> str:
        """The reviewer: the cell's, but --reviewer where the cell's is that of the row as written
        and the row was changed."""
        named = words_of(cells.get("reviewer"))
        if not named or not self.reviewer or named == self.reviewer:
            return named or self.reviewer or self.user
        standing = self.known(path).get(key)
        says = opinion(standing) if standing else None
        if says is None or says.reviewers != named:
            return named
        changed = (
            decision_of(cells.get("decision")) != says.decision
            or words_of(cells.get("note")) != says.note
            or {n for n in says.corrected if not words_of(cells.get(f"corrected_{n}"))}
        )
        return self.reviewer if changed else named

    def shown(self, cells: Mapping[str, Cell]) -> dict[str, str]:
        """The row's own columns as the sheet shows them."""
        return {
            name: words_of(cell)
            for name, cell in cells.items()
            if name not in _REVIEW and name not in ("sentence", "before", "after")
        } | {name: words_of(cells.get(name)) for name in ("claim_text", "path")}

    def differences(
        self, known: Mapping[str, object], cells: Mapping[str, Cell]
    ) -> Iterable[tuple[str, str]]:
        """Columns of ours that show something else than the tables hold, with words about it."""
        for name in _OURS:
            if name not in cells:
                continue
            here, there = words_of(cells[name]), str(known[name] or "")
            if same_value(here, there):
                continue
            yield (
                name,
                f"shows {here[:60]!r}, the tables say {there[:60]!r}: the decision is taken for"
                " what the row shows and does not hold for the other; to correct a value, fill in"
                " a corrected_ column",
            )

    def remark(self, page: Page, row: SheetRow, column: str, reason: str) -> None:
        self.result.remarks.append(Remark(page.file, page.title, row.number, column, reason))

    # ------------------------------------------------------------ documents

    def document(self, page: Page, row: SheetRow) -> list[Decision]:
        """What the row says of its document that the tables don't.

        Raises:
            RefusedError: the document is unknown, or the date is none.
        """
        cells = row.cells
        known = self.tables.metadata(words_of(cells.get("path")), words_of(cells.get("doc_id")))
        if known is None:
            raise RefusedError("path", f"there is no document {words_of(cells.get('path'))!r}")
        path = str(known["path"])
        out = []
        for name in FIELDS:
            said, before = words_of(cells.get(name)), str(known[name] or "")
            taken_back = not said and name in cells and stood(known, cells, f"{name}_origin")
            if same_words(said, before) or (not said and not taken_back):
                continue
            if said and name == "published":
                said = self.published(page, row, cells[name], before)
                if same_words(said, before):
                    continue
            out.append(
                Decision(
                    when=self.when,
                    who=self.reviewer or self.user,
                    kind="document",
                    path=path,
                    corrected={name: " ".join(said.split())[:LONGEST_NOTE]},
                    file=page.file,
                    sheet=page.title,
                    row=row.number,
                )
            )
        return out

    def published(self, page: Page, row: SheetRow, cell: Cell, before: str) -> str:
        try:
            found, remark = date_of(cell, self.order)
        except ValueError as error:
            raise RefusedError("published", str(error)) from error
        if "/" in found:
            raise RefusedError("published", f"{found!r} is a range; one date is needed")
        filled = not isinstance(cell, str) and bool(before) and found.startswith(before)
        if filled and found.endswith("-01"):  # the program made a day of a month or year
            return before
        if is_future(found, date.fromisoformat(self.when[:10])):
            raise RefusedError("published", f"{found!r} lies in the future")
        if remark:
            self.remark(page, row, "published", remark)
        return found


def repeats(decision: Decision, earlier: Decision) -> bool:
    """Is it the same decision about the same claim? What changed since is decided anew."""
    unchanged = decision.seen is None or earlier.seen is None or holds(earlier, decision.seen)
    return decision.content == earlier.content and unchanged


def thing(decision: Decision) -> tuple[str, str, str]:
    """Decisions of one reviewer about the same thing share it."""
    about = decision.claim_id or next(iter(decision.corrected), "")
    return decision.who, decision.path, about
