"""`element.field=value`, as given on the command line for one run."""

from __future__ import annotations

import re

from sim.errors import fail
from sim.scenario.changes import Edit
from sim.scenario.origin import Origin

SETTING = re.compile(r"""\s*([^\s=]+)\.(\w+)\s*=\s*(.*?)\s*""", re.DOTALL)


def read_setting(text: str) -> Edit:
    """The change that a setting means; its value may stand in quotes. Raises `InputError`."""
    match = SETTING.fullmatch(text)
    if match is None or not _unquoted(match[3]):
        advice = 'such as --set novorossiysk.spm1.rate="9000 t/h"'
        raise fail("not of the form element.field=value", key="--set", value=text, advice=advice)
    element, field, value = match.groups()
    origin = Origin(given=f"--set {element}.{field}")
    return Edit(element=element, field=field, value=_unquoted(value), origin=origin)


def _unquoted(value: str) -> str:
    quoted = len(value) > 1 and value[0] == value[-1] and value[0] in "\"'"
    return value[1:-1].strip() if quoted else value
