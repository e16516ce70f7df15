"""Every second example of the predicates, coded: what a row says of its own sentence must come out."""

from __future__ import annotations

from collections.abc import Iterator

from parley.knowledge.tables import FOLDER, Row, files_of, read_rows
from parley.pipeline import Coder
from parley.records import Event, Report

#: Share of examples that must give their row's type, or no event of the row's word for a "-" row.
SHARE = 0.9
#: Examples coded as one text; they share one run of the analyser.
BATCH = 40


def rows(name: str) -> list[Row]:
    """Every second row of one file that has an example."""
    return [r for r in read_rows(FOLDER / name, name)[0] if r["example"]][::2]


def coded(coder: Coder, part: list[Row]) -> Iterator[tuple[Row, list[Event]]]:
    """Each row with the events of its example."""
    text = "\n\n".join(r["example"] for r in part)
    events = coder.code(Report(text=text)).events
    start = 0
    for row in part:
        end = start + len(row["example"])
        yield row, [e for e in events if start <= e.trigger.start < end]
        start = end + 2


def holds(row: Row, events: list[Event]) -> bool:
    """Whether the events of an example are what its row says."""
    if row["type"] == "-":
        return not any(e.rule.startswith(f"{row['lemma']}/") for e in events)
    return any(e.type == row["type"] for e in events)


def test_examples_give_their_type(coder: Coder) -> None:
    chosen = [row for name in files_of(FOLDER) if name.startswith("predicates/") for row in rows(name)]
    failed = []
    for k in range(0, len(chosen), BATCH):
        for row, events in coded(coder, chosen[k : k + BATCH]):
            if not holds(row, events):
                got = ", ".join(f"{e.type} “{e.trigger.text}”" for e in events) or "nothing"
                failed.append(f"{row['lemma']}/{row['pos']}[{row['with']}] wants {row['type']}, got {got}: {row['example']}")
    share = 1 - len(failed) / len(chosen)
    assert share >= SHARE, f"{share:.3f} of {len(chosen)} examples hold; these do not:\n" + "\n".join(failed)
