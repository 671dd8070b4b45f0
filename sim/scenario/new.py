"""New scenarios to edit: a commented file and a copy of the network's tables."""

from __future__ import annotations

import json
import shutil
from datetime import date
from pathlib import Path

from sim.errors import fail
from sim.network.elements import Berth, Shipper
from sim.network.freight.elements import Demand, Quay
from sim.network.network import Network
from sim.scenario.reading import load
from sim.scenario.shipped import find, shipped_folder

MAX_NAME = 100  # letters; results are named after it, and file systems take some 250

TEMPLATE = """\
# A scenario of your own. It holds all that {base} holds; what you write here comes on top.
# Check it:  chokepoint check {name}/{name}.toml
# Run it:    chokepoint run {name}/{name}.toml --reference {base}

title = {title}
extends = {extends}

# The tables next to this file are a copy: open them in a spreadsheet and edit any capacity.
# Cells may carry units, such as 67 Mt/yr, 1.4 Mb/d, 12000 t/h; every row names its source, or `assumed`.
network = "network"

# start = {start}
# end = {end}
# seed = {seed}          # another seed is another year's weather
# cargo = [{cargo}]          # the cargoes that the run moves; without this line, those of {base}

# A closure cuts elements to a share of themselves between two dates. Take the # away to use it.
#
# [[closure]]
# element = "{element}"      # an id, a pattern such as "{place}.*", "country:RU", "tag:cpc", or a place's id
# from = {since}
# until = {until}
# remaining = 0                          # the share that stays open: 0.5, or "50 %"
# recovery = {{ shape = "linear", days = 7 }}   # or {{ shape = "steps", steps = [[3, 0.5], [10, 1.0]] }}
# announced_until = {until}           # when shippers believe it ends
# planned = false                        # true: known in advance, as maintenance is
# label = "My closure"
# cause = "what happened"
# source = "assumed"                     # or an id of network/sources.csv
# note = "why you assume it"

{boycott}# A change gives a field of an element another value, from the start or from a date on.
#
# [[change]]
# element = "{element}"
# field = "rate"
# value = "{value}"
# from = {since}
# source = "assumed"
# reason = "why you assume it"
"""


BOYCOTT = """\
# A boycott: a share of those who send dry cargo refuses every corridor that uses an element.
#
# [[boycott]]
# element = "{line}"          # a pattern as for closures, such as "country:RU" or "corridor:north"
# demand = "{demand}"         # who refuses: an id or a pattern; without this line, all
# share = "25 %"
# premium = "300 USD/{unit}"             # and, or instead: what they add to its cost for the risk
# from = {since}
# until = {until}             # without this line, it stays
# label = "My boycott"
# source = "assumed"
# note = "why you assume it"

"""


def new(name: str, base: str, where: Path) -> Path:
    """Write the folder `where`/`name` with a scenario that extends `base`, and return its file.

    Raises `InputError` when the folder exists or `base` is no scenario.
    """
    if not name.replace("-", "").replace("_", "").isalnum() or len(name) > MAX_NAME:
        message = f"a name is letters, digits, - and _, at most {MAX_NAME} of them"
        raise fail(message, key="NAME", value=name)
    folder = where / name
    if folder.exists():
        raise fail("exists already", file=folder, advice="choose another name")
    path = find(base, "scenarios")
    scenario = load(path)
    middle = scenario.start + (scenario.end - scenario.start) / 4
    dates = {"since": middle, "until": middle + (scenario.end - scenario.start) / 12}
    own = path.stem if path.parent == shipped_folder() else path.resolve().as_posix()
    text = TEMPLATE.format(
        name=name,
        base=own,
        extends=in_quotes(own),
        title=in_quotes(f"{scenario.title}, edited"),
        start=scenario.start,
        end=scenario.end,
        seed=scenario.seed,
        cargo=", ".join(f'"{id}"' for id in scenario.cargo),
        boycott=_boycott(scenario.network, **dates),
        **_example(scenario.network),
        **dates,
    )
    try:
        folder.mkdir(parents=True)
        (folder / "network").mkdir()
        for table in sorted(Path(scenario.network.folder).glob("*.csv")):
            shutil.copyfile(table, folder / "network" / table.name)
        file = folder / f"{name}.toml"
        file.write_text(text, encoding="utf-8")
    except OSError as error:
        raise fail(f"cannot write here: {error.strerror}", file=folder) from None
    return file


def in_quotes(text: str) -> str:
    """Return a text in TOML quotes, which take all that JSON's do."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _example(network: Network) -> dict[str, str]:
    """The example of a closure and a change: a berth or quay, else a shipper or demand."""
    berths: list[Berth | Quay] = [*network.berths.values(), *network.quays.values()]
    senders: list[Shipper | Demand] = [*network.shippers.values(), *network.demands.values()]
    element = (berths or senders)[0]
    value = "9000 t/h" if network.cargoes[element.cargo].unit == "t" else "50 TEU/h"
    place = element.origin if isinstance(element, Demand) else element.place
    return {"element": element.id, "place": place, "value": value}


def _boycott(network: Network, **dates: date) -> str:
    """The example of a boycott, for a network with corridors."""
    for corridor in network.corridors.values():
        for demand in network.demands.values():
            ends = (corridor.origin, corridor.destination, corridor.cargo)
            if (demand.origin, demand.destination, demand.cargo) == ends:
                unit = network.cargoes[demand.cargo].unit
                return BOYCOTT.format(line=corridor.lines[0], demand=demand.id, unit=unit, **dates)
    return ""
