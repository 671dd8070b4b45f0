"""A small sound network and scenario in files, to be spoilt one way per test, and what is then told."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from sim.errors import Fault, InputError
from sim.network import Network, read_network
from sim.scenario import Scenario, load

TABLES = {
    "sources": """id,title,url,date
atlas,An atlas,https://example.org,2020
report-2021,A report,https://example.org,2021
""",
    "cargoes": """id,name,unit,barrels_per_tonne,source,note
crude,Crude oil,t,7.9,atlas,
""",
    "places": """id,name,kind,country,latitude,longitude,route,price,berths_at_once,tags,source,note
well-field,Well,field,AA,46.15,53.4,,,,,atlas,
port,Port,terminal,BB,44.5,37.8,,,2,coast,atlas,
world,World,market,ZZ,36.5,28.25,Sea,0,,,atlas,
inland,Inland,market,BB,50.5,40.5,Land,-20 USD/t,,,atlas,
""",
    "links": """id,name,mode,origin,destination,cargo,country,length,capacity,tariff,via,tags,source,note
trunk,Trunk,pipeline,well-field,port,crude,BB,500 km,36.5 Mt/yr,5.5 USD/t,46.5 50.5;45.5 40.5,trunk,atlas,
spur,Spur,rail,well-field,inland,crude,AA,900,20 kt/day,12.5,,,atlas,
sea,Sea lane,sea,port,world,crude,ZZ,2000,,,,,atlas,
""",
    "stocks": """id,name,place,feeds,cargo,capacity,initial,throttle_at,release_at,reserve,tags,source,note
port.tanks,Tanks,port,sea,crude,800 kt,40 %,90 %,75 %,2.5 day,,atlas,
well.tanks,Well tanks,well-field,well,crude,50 kt,,,,,,atlas,
""",
    "berths": """\
id,name,place,lanes,work,cargo,rate,approach,cast_off,weather_limited,in_service,tags,source,note
port.spm1,One,port,sea,load,crude,12000 t/h,6 h,3.5 h,yes,yes,mooring,atlas,
port.spm2,Two,port,sea,load,crude,12000 t/h,6 h,3.5 h,yes,no,mooring,assumed; rate=atlas,as the first
""",
    "fleets": """id,name,lanes,cargo,load,vessels,speed,layover,lead,jitter,mix,tags,source,note
tanker,Tankers,sea,crude,85.5 kt,,,,5,0.5,,,atlas,
""",
    "shippers": """id,name,place,country,cargo,rate,restart,evacuation,tags,source,note
well,Well company,well-field,AA,crude,0.6 Mb/d,5,110 %,,atlas,
""",
    "contracts": """id,shipper,market,cargo,normal,surge,lag,ramp,source,note
well:world,well,world,crude,,,,,atlas,
well:inland,well,inland,crude,0,5 kt/day,7,21,atlas,
""",
    "weather": """id,place,month,storms,duration,source,note
port.weather-01,port,1,1.5,1.5,atlas,
port.weather-02,port,2,0.8,1,atlas,
""",
    "history": """id,element,field,since,until,value,source,note
trunk.2010,trunk,capacity,2010-01-01,2018-01-01,28 Mt/yr,report-2021,
""",
}
SCENARIO = """title = "A year"
network = "net"
start = 2022-01-01
end = 2023-01-01
seed = 7

[[closure]]
element = "port.spm1"
from = 2022-03-21
until = 2022-04-23
cause = "storm"
source = "report-2021"
"""
POLICY = """title = "A policy"

[[change]]
element = "trunk"
field = "capacity"
value = "40 Mt/yr"
source = "assumed"
reason = "a wider pipe"
"""


class Small:
    """The files of a small network (`net/*.csv`), a scenario (`year.toml`) and a policy (`wider.toml`)."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.tables = folder / "net"
        self.tables.mkdir()
        for name, text in TABLES.items():
            self.table(name).write_text(text, encoding="utf-8")
        self.write("year.toml", SCENARIO)
        self.write("wider.toml", POLICY)

    def table(self, name: str) -> Path:
        return self.tables / f"{name}.csv"

    def edit(self, file: str, *changes: tuple[str, str]) -> Path:
        """Put other words in place of some, each there exactly once, in a table (by name) or another file."""
        path = self.table(file) if file in TABLES else self.folder / file
        text = path.read_text(encoding="utf-8")
        for old, new in changes:
            assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {path.name}"
            text = text.replace(old, new)
        path.write_text(text, encoding="utf-8")
        return path

    def append(self, file: str, text: str) -> Path:
        path = self.table(file) if file in TABLES else self.folder / file
        path.write_text(path.read_text(encoding="utf-8") + text, encoding="utf-8")
        return path

    def write(self, file: str, text: str) -> Path:
        path = self.folder / file
        path.write_text(text, encoding="utf-8")
        return path

    def network(self) -> Network:
        return read_network(self.tables)

    def load(self, scenario: str = "year.toml", *policies: str, settings: tuple[str, ...] = ()) -> Scenario:
        return load(self.folder / scenario, [self.folder / name for name in policies], settings)

    def network_faults(self) -> list[Fault]:
        with pytest.raises(InputError) as caught:
            self.network()
        return list(caught.value.faults)

    def faults(
        self, scenario: str = "year.toml", *policies: str, settings: tuple[str, ...] = ()
    ) -> list[Fault]:
        with pytest.raises(InputError) as caught:
            self.load(scenario, *policies, settings=settings)
        return list(caught.value.faults)


def line_of(path: Path, words: str) -> int:
    """The line on which some words first stand."""
    return path.read_text(encoding="utf-8").split(words)[0].count("\n") + 1


def expect(
    faults: list[Fault], file: Path | None, at: str | int | None, key: str | None, value: Any, *words: str
) -> None:
    """That exactly one fault was found: its file, line (or words on it), key, value and words it says."""
    assert len(faults) == 1, "\n".join(map(str, faults))
    check(faults[0], file, at, key, value, *words)


def check(
    fault: Fault, file: Path | None, at: str | int | None, key: str | None, value: Any, *words: str
) -> None:
    line = line_of(file, at) if isinstance(at, str) and file is not None else at
    assert (fault.file, fault.line, fault.key, fault.value) == (file, line, key, value), str(fault)
    for word in words:
        assert word in f"{fault.message} — {fault.advice}"
