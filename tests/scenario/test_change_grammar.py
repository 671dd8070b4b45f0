"""One grammar of changes: every text that is read can be written, and reads back as the same change."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.errors import InputError
from sim.scenario.change_grammar import read_change, read_target
from sim.scenario.changes import FIELDS, Change, Target

LABELS = st.one_of(
    st.sampled_from(
        ["SPM-3", "SPM-*", "a.days=5", "x.off", '"', " a ", "a.b", "=", "a\nb", "\\", "China–Europe", ".days"]
    ),
    st.text(alphabet='ab.=*" \\-\n', min_size=1, max_size=12),
)
VALUES = st.text(alphabet="9kt @\"'.-*=f", min_size=1, max_size=12).map(str.strip).filter(bool)
MOMENTS = st.one_of(
    st.dates(), st.datetimes(min_value=datetime(1000, 1, 1)).map(lambda moment: moment.replace(microsecond=0))
)
FACTORS = st.floats(0, 1e6)


@st.composite
def changes(draw: st.DrawFn) -> Change:
    kind = draw(st.sampled_from(["element", "closure", "boycott", "policy"]))
    if kind == "policy":
        return Change(Target("policy", draw(st.sampled_from(["spare-mooring", "mine.toml", "a:b=c"]))))
    if kind == "element":
        id = draw(st.sampled_from(["trunk", "port.spm1", "well:inland", "well>inland", "a.days"]))
        target = Target("element", id, draw(st.sampled_from(["capacity", "rate", "off"])))
        if draw(st.booleans()):
            return Change(target, draw(FACTORS), is_factor=True)
        return Change(target, draw(VALUES), draw(st.none() | MOMENTS))
    field = draw(st.sampled_from(FIELDS[kind]))
    target = Target(kind, draw(LABELS), field)
    if field == "off":
        return Change(target)
    if field in ("from", "until"):
        return Change(target, draw(MOMENTS))
    return (
        Change(target, draw(FACTORS), is_factor=True) if draw(st.booleans()) else Change(target, draw(VALUES))
    )


@given(change=changes())
@settings(max_examples=500)
def test_a_change_reads_back_as_the_same(change: Change) -> None:
    assert read_change(str(change)) == change


@given(text=st.text(alphabet="closure:SPM-3.days=20 off*@2022-01-01\"'\n%", max_size=30))
@settings(max_examples=300)
def test_any_text_is_a_change_that_can_be_written_or_a_fault(text: str) -> None:
    with suppress(InputError):
        change = read_change(text)
        assert read_change(str(change)) == change


SPM3 = Target("closure", "SPM-3", "days")


@pytest.mark.parametrize(
    ("text", "change"),
    [
        ('port.spm1.rate = "9000 t/h"', Change(Target("element", "port.spm1", "rate"), "9000 t/h")),
        ("a.b=5 t @2022-05-01", Change(Target("element", "a", "b"), "5 t", date(2022, 5, 1))),
        ("a.b=5 t from 2022-05-01", Change(Target("element", "a", "b"), "5 t", date(2022, 5, 1))),
        (
            'a.b="5 t" @ 2022-05-01T06:00',
            Change(Target("element", "a", "b"), "5 t", datetime(2022, 5, 1, 6)),
        ),
        ("a.b*=1.2", Change(Target("element", "a", "b"), 1.2, is_factor=True)),
        ("a.b*=120 %", Change(Target("element", "a", "b"), 1.2, is_factor=True)),
        ("closure:SPM-3.days=20", Change(SPM3, "20")),
        (" closure: SPM-3.days = 20 ", Change(SPM3, "20")),
        ('closure:"SPM-3".days=20', Change(SPM3, "20")),
        ("closure:SPM-*.off", Change(Target("closure", "SPM-*", "off"))),
        ("closure:a, b.until=2022-05-01", Change(Target("closure", "a, b", "until"), date(2022, 5, 1))),
        ("boycott:fear.premium=300 USD/FEU", Change(Target("boycott", "fear", "premium"), "300 USD/FEU")),
        ("policy:spare-mooring", Change(Target("policy", "spare-mooring"))),
    ],
)
def test_each_form_is_read(text: str, change: Change) -> None:
    assert read_change(text) == change
    assert read_change(str(change)) == change


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "element.field=value"),
        ("capacity=5", "element.field=value"),
        ("closure:SPM-3=20", "closure:LABEL.days=20"),
        ("closure:SPM-3.day=20", "did you mean days?"),
        ("closure:SPM-3.length=20", "it has days, remaining, from, until, off"),
        ("closure:SPM-3.share=20", "it has days, remaining, from, until, off"),
        ("closure:SPM-3.off=yes", "write closure:SPM-3.off"),
        ("closure:SPM-3.days", "not of the form closure:LABEL.field=value"),
        ("closure:SPM-3.from=1.4.2022", "such as 2022-03-21"),
        ("closure:SPM-3.from=2022-02-30", "not a date"),
        ("closure:SPM-3.until*=2", "a date has no multiple"),
        ("boycott:.share=4", "boycott:LABEL.field=value"),
        ("a.b*=-1", "a factor is a number from zero on"),
        ("a.b*=many", "a factor is a number from zero on"),
        ("policy:", "names no policy"),
    ],
)
def test_what_cannot_be_read_is_refused_with_what_to_write(text: str, words: str) -> None:
    with pytest.raises(InputError) as error:
        read_change(text)
    assert words in str(error.value)


@pytest.mark.parametrize("text", ["farm", "farm.capacity=5", "policy:spare-mooring"])
def test_a_target_is_a_left_hand_side_alone(text: str) -> None:
    with pytest.raises(InputError, match="not of the form"):
        read_target(text)
