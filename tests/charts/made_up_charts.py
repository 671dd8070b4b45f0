"""Made-up charts that between them hold every mark, with names that no renderer may read as markup."""

from __future__ import annotations

from datetime import date

import numpy as np

from sim.charts.chart import (
    Band,
    Bars,
    Chart,
    Closure,
    Contour,
    Dots,
    Heat,
    Layer,
    Limit,
    Line,
    NumberAxis,
    Panel,
    Paths,
    Row,
    Scale,
    Text,
    TimeAxis,
    Zone,
)
from sim.charts.style import CLOSED, INK, LESS, MORE, THROTTLED, UNPLANNED, Fill, Stroke, fills, strokes

START = date(2022, 1, 1)
DAYS = np.arange(366.0)


def wave(height: float, period: float = 29.0) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    return height * (1.2 + np.sin(DAYS / period)) * (1.0 - 0.8 * ((DAYS > 80) & (DAYS < 111)))


def over_time() -> Chart:
    names = ["CPC", "Atyrau–Samara", "Aktau <b>Makhachkala</b>", "Rail $to$ Batumi", "Other & _all_"]
    layers = [
        Layer(name=name, x=DAYS, values=wave(120.0 / (n + 1), 20.0 + 7 * n), fill=fill)
        for n, (name, fill) in enumerate(zip(names, fills(5), strict=True))
    ]
    total = np.sum([layer.values for layer in layers], axis=0)
    usual = total + 60.0
    usual[-30:] = np.nan
    reference = Line(name="Reference run", x=DAYS, values=usual, stroke=Stroke(INK, "dash"))
    limit = Limit(name="Capacity, 600 kt/day", at=600.0, stroke=Stroke(CLOSED, "dash"), label="600")
    difference = np.nan_to_num(total - usual)
    signed = [
        Layer(name="More", x=DAYS, values=np.maximum(difference + 50, 0), fill=Fill(MORE), stack="More"),
        Layer(
            name="Less", x=DAYS, values=np.minimum(difference + 50, 0), fill=Fill(LESS, "//"), stack="Less"
        ),
    ]
    steps = Layer(name="Tankers", x=DAYS[::7], values=np.round(DAYS[::7] % 5), fill=fills(7)[6], steps=True)
    zone = Zone(name="Storm", intervals=((40.0, 44.0), (300.0, 309.0)), colour=UNPLANNED, low=0.0, high=1.0)
    band = Band(name="Nine in ten", x=DAYS, low=usual / 200, high=usual / 150, colour=THROTTLED)
    return Chart(
        name="over-time",
        finding="The shutdown kept 1.13 Mt of Kazakh oil in the ground, most of it in the thirty days "
        "in which two of three moorings were shut",
        subject="Crude oil: exports by route, 7-day mean, one-sided at the edges of closures",
        context="Two of three moorings shut, March to May 2022. Reference run: 2022 with ordinary weather",
        x=TimeAxis(start=START, days=365.0),
        panels=(
            Panel(
                name="Exports",
                unit="kt/day",
                marks=(*layers, reference, limit),
                y=NumberAxis(second=Scale(title="Mb/d, at 7.92 bbl/t", factor=0.00792)),
            ),
            Panel(
                name="Difference",
                unit="kt/day",
                marks=tuple(signed),
                height=90.0,
                signed=True,
                above="more",
                below="less",
            ),
            Panel(name="Tankers", unit="number", marks=(steps, zone, band), height=80.0, integer=True),
        ),
        closures=(
            Closure(name="Boycott: China–Europe (25% refuse)", intervals=((60.0, 365.0),), boycott=True),
            Closure(name="SPM-1: storm damage", intervals=((80.0, 111.0),)),
            Closure(name="SPM-2 <i>inspection</i>", intervals=((82.0, 100.0),)),
            Closure(name="CPC planned stop", intervals=((165.0, 168.0), (220.0, 223.0)), planned=True),
            Closure(name="Kashagan overhaul (planned)", intervals=((156.0, 205.0),), planned=True),
            Closure(name="Tengiz repairs", intervals=((213.0, 243.0),), planned=True),
            Closure(name="Karachaganak maintenance", intervals=((255.0, 280.0),), planned=True),
        ),
        note="Other & _all_: China, Rail to Batumi, Aktau–Baku.",
    )


def rows() -> Chart:
    names = (
        "Legs of the middle corridor",
        "China → Aktau",
        "Aktau → Baku $x$ at Alat",
        "Baku_Poti",
        "<b>Sea</b>",
    )
    heading = np.array([np.nan, 1, 1, 1, 1])
    moving = Bars(name="moving", lengths=heading * [0, 5.5, 1.0, 2.2, 4.9], fill=fills(1)[0])
    waiting = Bars(name="waiting for a path", lengths=heading * [0, 1.5, 11.0, 0.4, 6.0], fill=fills(4)[3])
    total = np.nansum([moving.lengths, waiting.lengths], axis=0)
    marks = Dots(name="Reference run", x=total[1:] * 0.8, y=np.arange(1.0, 5.0), colour=INK, marker="D")
    texts = [Text(x=x, y=n, text=f"{x:.1f} days", behind_bar=True) for n, x in enumerate(total) if n]
    panel = Panel(
        marks=(moving, waiting, marks, *texts),
        rows=tuple(Row(name=name, heading=n == 0) for n, name in enumerate(names)),
        x=NumberAxis(label="Mean days", low=0.0),
    )
    return _plain("rows", "A box spends 11 of its 24 days waiting at Aktau", panel)


def tornado() -> Chart:
    lower, upper = np.array([-0.27, 0.22, -0.06]), np.array([0.36, -0.16, 0.24])
    marks = (
        Zone(name="better side", intervals=((-1.3, 0.0),), colour="#009E73", low=-0.4, high=0.4, opacity=0.1),
        Bars(name="smaller", lengths=lower, fill=fills(1)[0], errors=np.full(3, 0.2), place="upper"),
        Bars(name="larger", lengths=upper, fill=fills(2)[1], errors=np.full(3, 0.3), place="lower"),
        Limit(name="", at=0.0, stroke=Stroke(INK), axis="x"),
        Dots(
            name="variant",
            x=np.array([0.5, -0.5]),
            y=np.array([0.0, 1.2]),
            colour=LESS,
            marker="s",
            x_errors=np.array([0.2, np.nan]),
            hollow=(True, False),
        ),
        Text(x=0.9, y=0.0, text="4.8 to 7.2 h"),
    )
    panel = Panel(
        marks=marks,
        rows=tuple(Row(name=name) for name in ("SPM-1: approach", "Tank farm: reserve", "Storms")),
        x=NumberAxis(label="Difference in output lost", unit="Mt"),
    )
    return _plain("tornado", "How long a tanker takes to approach matters most", panel)


def heat() -> Chart:
    x, y = np.array([0.0, 2.0, 4.0]), np.array([0.0, 15.0, 30.0])
    panels = []
    for n in range(3):
        values = 1000.0 * (1 + np.add.outer(y / 8, -x / 3) + n)
        marks = (
            Heat(
                name="Output lost",
                unit="kt",
                better="less",
                x=x,
                y=y,
                values=values,
                low=-400.0,
                high=6800.0,
                decimals=0,
            ),
            Contour(
                name="breaks even at 2,000 kt",
                lines=((np.array([0.5, 1.0, 3.5]), np.array([1.0, 8.0, 14.0])),),
            ),
            Dots(
                name="scenario", x=np.array([2.5]), y=np.array([5.0]), colour=INK, marker="X", hollow=(True,)
            ),
        )
        panels.append(
            Panel(
                name=f"{8 + 2 * n} kt/h",
                marks=marks,
                x=NumberAxis(label="Reserve", unit="days", ticks={value: f"{value:g}" for value in x}),
                y=NumberAxis(label="Length", unit="days", ticks={value: f"{value:g}" for value in y}),
            )
        )
    return _plain("heat", "Four days of reserve make up for a fortnight's closure", *panels, abreast=3)


def scattered() -> Chart:
    rng = np.random.default_rng(3)
    x, y = rng.uniform(0, 10, 40), rng.uniform(0, 5, 40)
    heat = Heat(
        name="Output lost",
        unit="Mt",
        better="more",
        x=x,
        y=y,
        values=x * y,
        low=0.0,
        high=50.0,
        is_grid=False,
    )
    return _plain(
        "scattered", "Both numbers matter", Panel(marks=(heat,), y=NumberAxis(label="Rate", unit="kt/h"))
    )


def curves() -> Chart:
    lengths = np.array([1.0, 5.0, 10.0, 20.0, 30.0, 60.0])
    losses = {"CPC": 1.0, "Tengiz–Novorossiysk": 0.98, "Kropotkin": 0.96, "Atyrau–Samara": 0.3}
    lines = [
        Line(
            name=name,
            x=lengths,
            values=height * lengths**1.3,
            stroke=stroke,
            errors=lengths / 3,
            marker="o",
            label_at_end=True,
        )
        for (name, height), stroke in zip(losses.items(), strokes(4), strict=True)
    ]
    context = Line(name="", x=lengths, values=lengths * 0.1, stroke=Stroke("#888888"), width=0.9)
    paths = Paths(
        name="replications",
        paths=tuple((lengths, lengths * n) for n in (1.1, 1.7, 2.3)),
        stroke=Stroke("#0072B2", "dot"),
    )
    axis = NumberAxis(
        label="Days shut", low=0.0, high=60.0, ticks={length: f"{length:g}" for length in lengths}
    )
    panel = Panel(name="Output lost", unit="kt", marks=(context, paths, *lines), x=axis)
    empty = Panel(name="Curtailed", unit="kt", marks=(), empty="Nothing was curtailed", height=60.0, x=axis)
    return _plain("curves", "The CPC terminal hurts most", panel, empty)


def _plain(name: str, finding: str, *panels: Panel, abreast: int = 1) -> Chart:
    return Chart(
        name=name,
        finding=finding,
        subject="Mean of 12 replications, the same random streams at all points",
        context="Two of three moorings shut, March to May 2022",
        x=NumberAxis(),
        panels=panels,
        abreast=abreast,
    )


CHARTS = [over_time(), rows(), tornado(), heat(), scattered(), curves()]
