from __future__ import annotations

import pytest
from pydantic import ValidationError

from generator.errors import Place, UserError
from generator.explain import check
from generator.model import Organisation
from generator.source import parse_yaml

REST = "name: Đơn vị\nshort_name: ĐV\nsite: https://xa-mau.test\n"


def read(lines: str) -> Organisation:
    return check(Organisation, parse_yaml(REST + lines, "a.yml"))


@pytest.mark.parametrize(
    ("written", "dialled"),
    [
        ("0900000000", "0900000000"),
        ("0900 000 000", "0900000000"),
        ("0235.3852.111", "02353852111"),
        ("0235-3852-111", "02353852111"),
        ("(0235) 3 852 111", "02353852111"),
        ("(84-235) 385 2111", "+842353852111"),
        ("84 905 123 456", "+84905123456"),
        ("+84 905 123 456", "+84905123456"),
        ("(+84) 905 123 456", "+84905123456"),
        ("+84 (0)905 123 456", "+84905123456"),
        ("1900 1234", "19001234"),
        ("115", "115"),
    ],
)
def test_a_number_is_dialled_as_digits_and_shown_as_written(written: str, dialled: str) -> None:
    (line,) = read(f'hotline: "{written}"').hotline
    assert (line.number, line.dial, line.words) == (written, dialled, written)


def test_several_numbers_are_listed_each_with_what_it_is_for() -> None:
    lines = 'hotline:\n  - number: 0235 385 2111\n    label: giờ hành chính\n  - "0912 345 678"\n'
    first, second = read(lines).hotline
    assert first.words == "0235 385 2111 (giờ hành chính)"
    assert (second.number, second.label) == ("0912 345 678", "")


@pytest.mark.parametrize("written", ["", '""', "[]"])
def test_no_number_is_no_line(written: str) -> None:
    assert read(f"hotline: {written}\n").hotline == []


@pytest.mark.parametrize(
    "written",
    [
        "0235 385 2111 – 0912 345 678",
        "0235 385 2111 - 0912 345 678 (giờ hành chính)",
        "0235 385 2111/0912 345 678",
        "0235 385 2111; 0912 345 678",
        "0235 385 2111 hoặc 0912 345 678",
    ],
)
def test_two_numbers_in_one_are_refused_with_the_lines_to_write(written: str) -> None:
    with pytest.raises(UserError) as caught:
        read(f'hotline: "{written}"')
    (problem,) = caught.value.problems
    assert problem.place == Place("a.yml", 4, 10)
    assert "“- number: 0235 385 2111”, “- number: 0912 345 678”" in problem.remedy


@pytest.mark.parametrize(
    "written", ["gọi văn thư", "0912 345 678 giờ hành chính", "0912345678 0987654321", "12", "javascript:x", "+", "09x"]
)
def test_words_are_no_number(written: str) -> None:
    with pytest.raises(UserError, match="không phải là một số điện thoại"):
        read(f'hotline: "{written}"')


def test_a_zero_that_a_spreadsheet_left_out_is_asked_for() -> None:
    with pytest.raises(UserError) as caught:
        read("hotline: 905123456")
    (problem,) = caught.value.problems
    assert '"0905123456"' in problem.remedy


@pytest.mark.parametrize("written", ["a@b.vn, c@d.vn", "văn thư: a@b.vn", "a@b", "a b@c.vn", "a@b.vn (văn thư)"])
def test_one_address_of_mail_and_no_words(written: str) -> None:
    with pytest.raises(UserError, match="“email”"):
        read(f'email: "{written}"')


@pytest.mark.parametrize(
    "site",
    ["https://[x.vn", "https://x.vn/" + "a" * 4000, 'https://x.vn/"><script>', "https://x.vn/a b", "https://x", "x.vn"],
)
def test_a_site_that_would_not_stand_in_a_code_or_an_attribute_is_refused(site: str) -> None:
    with pytest.raises(ValidationError):
        Organisation.model_validate({"name": "Đơn vị", "short_name": "ĐV", "site": site})


@pytest.mark.parametrize("site", ["https://xa-mau.test", "http://a.b.gov.vn:8080/~van-hoa/2027_a.b/"])
def test_a_plain_site_is_taken(site: str) -> None:
    assert Organisation.model_validate({"name": "Đơn vị", "short_name": "ĐV", "site": site}).site == site
