from __future__ import annotations

import re
import shlex

import pytest

from docs.reference import PAGE, commands, help_of, page


def test_the_page_is_what_the_commands_say() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "docs/commands.md is out of date: run `python -m docs.reference`"


@pytest.mark.parametrize("words", list(commands()), ids=" ".join)
def test_every_command_says_what_it_does_and_gives_an_example(words: tuple[str, ...]) -> None:
    text = help_of(words)
    said = text.split("\n\n")[1]
    assert said.strip().endswith("."), "the help has no sentence that says what the command does"
    example = re.search(r"Example: (parley .+)", text, re.DOTALL)
    assert example is not None, "the help has no example"
    example_words = shlex.split(" ".join(example.group(1).split()))
    assert tuple(example_words[1 : 1 + len(words)]) == words
    options = [word for word in example_words if word.startswith("--")]
    assert all(option in text for option in options)
