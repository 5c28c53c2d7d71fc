"""Whatever people may write has an end: laying out a text of kilobytes costs minutes before it is refused."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest

from generator.errors import UserError
from generator.explain import check
from generator.model import AudienceText, Campaign, HazardAdvice, News, Organisation, Script, Slogan, Target, Topic
from generator.schema import MODELS
from generator.source import parse_yaml

#: Days, times and telephone numbers have a form of their own.
READ_BY_FORM = {"date", "time", "hotline"}
WRITTEN = {**MODELS, "news": News, "topic": Topic, "audience": AudienceText, "hazard": HazardAdvice, "script": Script}


def find_endless(node: Any, path: str = "") -> Iterator[str]:
    """Yield where a schema takes words without a most; words out of a list of choices are short enough."""
    if isinstance(node, list):
        for item in node:
            yield from find_endless(item, path)
    elif isinstance(node, dict):
        is_short = {"maxLength", "enum", "const", "format"} & set(node)
        is_fixed = not re.search("[+*]", node.get("pattern", "+"))
        if node.get("type") == "string" and not is_short and not is_fixed:
            yield path
        for key, value in node.items():
            yield from find_endless(value, f"{path}/{key}")


@pytest.mark.parametrize("name", WRITTEN)
def test_every_text_has_a_longest(name: str) -> None:
    endless = set(find_endless(WRITTEN[name].model_json_schema(by_alias=True)))
    assert {path for path in endless if not set(path.split("/")) & READ_BY_FORM} == set()


def test_the_search_for_texts_without_end_can_fail() -> None:
    assert list(find_endless({"properties": {"a": {"type": "string"}}})) == ["/properties/a"]


@pytest.mark.parametrize(
    ("model", "line"),
    [
        (Target, f"figure: '{'9' * 5000}'"),
        (Slogan, f"text: {'An toàn ' * 2000}"),
        (Campaign, f"name: {'A' * 201}"),
        (Organisation, f"site: https://x.vn/{'a' * 4000}"),
        (News, f"title: {'A' * 201}"),
        (Topic, f"points: ['{'A' * 2001}']"),
        (Script, f"minutes: {'9' * 5000}"),
    ],
)
def test_what_is_too_long_is_refused_in_vietnamese_with_its_line(model: Any, line: str) -> None:
    with pytest.raises(UserError) as caught:
        check(model, parse_yaml(f"\n{line}\n", "a.yml"))
    (problem,) = [problem for problem in caught.value.problems if problem.place.line == 2]
    assert "dài" in problem.wrong
    assert len(problem.wrong) < 200
    assert problem.remedy
