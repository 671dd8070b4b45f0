"""Values of scenario files, read strictly: no dates in quotes, no numbers for dates, no guesses."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from itertools import pairwise
from math import isfinite
from typing import Annotated

from pydantic import PlainValidator
from pydantic_core import PydanticCustomError

from sim.errors import InputError, fail
from sim.units import parse

A_DATE = "a date without quotes, such as 2022-03-21"
MAX_DAYS = 3650.0


def bad(message: str, advice: str = "") -> PydanticCustomError:
    """Return the error of a validator, which `files` turns into a fault."""
    return PydanticCustomError("input", "{message}", {"message": message, "advice": advice})


def read_by(reader: Callable[[object], object]) -> PlainValidator:
    """Return the validator of a schema that reads a value by a function which raises `InputError`."""

    def validate(value: object) -> object:
        try:
            return reader(value)
        except InputError as error:
            raise bad(error.faults[0].message, error.faults[0].advice) from None

    return PlainValidator(validate)


def check_share(share: float) -> float:
    """Return a share. Raises `InputError` for a number that is none."""
    if not 0 <= share <= 1:
        raise fail("a share is 0 to 1, or 0 % to 100 %")
    return share


def check_premium(premium: float) -> float:
    """Return a premium. Raises `InputError` for a negative one."""
    if premium < 0:
        raise fail("cannot be negative")
    return premium


def _number(value: object, unit: str, expected: str) -> float:
    if isinstance(value, str):
        return parse(value, unit)
    if isinstance(value, bool) or not isinstance(value, int | float) or not isfinite(value):
        raise fail(f"should be {expected}")
    return float(value)


def _share(value: object) -> float:
    return check_share(_number(value, "", 'a share, such as 0.3 or "30 %"'))


def _days(value: object) -> float:
    days = _number(value, "day", 'a number of days, such as 7 or "2 months"')
    if not 0 <= days <= MAX_DAYS:
        raise fail(f"should be 0 to {MAX_DAYS:.0f} days")
    return days


def _day(value: object) -> date:
    if isinstance(value, datetime) or not isinstance(value, date):
        raise fail(f"should be {A_DATE}")
    return value


def _moment(value: object) -> date | datetime:
    if not isinstance(value, date):
        raise fail(f"should be {A_DATE}, or a date and time, such as 2022-03-21T06:00:00")
    if isinstance(value, datetime) and value.tzinfo is not None:
        raise fail(
            "times are local, without an offset", advice=f"write {value.replace(tzinfo=None).isoformat()}"
        )
    return value


def _scalar(value: object) -> str | float | bool:
    if not isinstance(value, str | int | float):
        raise fail('should be a text such as "9000 t/h", a number, true or false')
    return value


def _texts(value: object) -> tuple[str, ...]:
    texts: list[object] = [*value] if isinstance(value, list | tuple) else [value]
    if not all(isinstance(text, str) and text for text in texts):
        raise fail("should be a text, or a list of texts, and none of them empty")
    return tuple(map(str, texts))


def _nonempty_texts(value: object) -> tuple[str, ...]:
    texts = _texts(value)
    if not texts:
        raise fail("at least one is needed")
    return texts


def _pair(value: object) -> tuple[float, float]:
    if not isinstance(value, list | tuple) or len(value) != 2:
        raise fail("should be a list of pairs of days and share, such as [[0, 0.5], [7, 1]]")
    return _days(value[0]), _share(value[1])


def _steps(value: object) -> tuple[tuple[float, float], ...]:
    steps = tuple(_pair(pair) for pair in value) if isinstance(value, list | tuple) else (_pair(value),)
    for (day, share), (later, more) in pairwise(steps):
        if later <= day:
            raise fail(f"the steps come in order of their days, and {later:g} follows {day:g}")
        if more < share:
            raise fail(f"each step brings more back, and {more:g} follows {share:g}")
    if steps and steps[-1][1] != 1:
        raise fail(
            f"the last step brings all back, and this one {steps[-1][1]:g}", advice="end with a share of 1"
        )
    return steps


Share = Annotated[float, read_by(_share)]
Days = Annotated[float, read_by(_days)]
Day = Annotated[date, read_by(_day)]
When = Annotated[date | datetime, read_by(_moment)]
Scalar = Annotated[str | float | bool, read_by(_scalar)]
Texts = Annotated[tuple[str, ...], read_by(_texts)]
SomeTexts = Annotated[tuple[str, ...], read_by(_nonempty_texts)]
Steps = Annotated[tuple[tuple[float, float], ...], read_by(_steps)]
