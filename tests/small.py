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
    "cargoes": """id,name,unit,barrels_per_tonne,tonnes,source,note
crude,Crude oil,t,7.9,,atlas,
boxes,Containers,TEU,,12 t/TEU,report-2021,
ore,Ore in wagons,t,,,report-2021,
""",
    "places": """id,name,kind,country,latitude,longitude,route,price,berths_at_once,tags,source,note
well-field,Well,field,AA,46.15,53.4,,,,,atlas,
port,Port,terminal,BB,44.5,37.8,,,2,coast,atlas,
world,World,market,ZZ,36.5,28.25,Sea,0,,,atlas,
inland,Inland,market,BB,50.5,40.5,Land,-20 USD/t,,,atlas,
east,The east,region,EE,44,80,,,,,atlas,
lagoon,Lagoon,station,KK,43.6,51.2,,,,,atlas,
cape,Cape,station,DD,40,49.4,,,,,atlas,
gate,Gate,border,FF,52,31,,,,,atlas,
west,The west,region,WW,51,10,,,,,atlas,
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
    "lines": """\
id,name,mode,origin,destination,country,length,days,spread,paths,room,via,tags,source,note
plain,Over the plain,rail,east,lagoon,KK,3000 km,6 day,20 %,8 train/day,30,,,atlas,
narrows,Across the narrows,sea,lagoon,cape,KK,500,1,,,,,,atlas,
hill,Over the hill,rail,cape,west,DD,2000,5,,6,,,,atlas,
taiga,Through the taiga,rail,east,gate,FF,6000,9,,,,,,atlas,
crossing,Crossing,border,gate,west,FF,20,2,50 %,12,40,,gate,atlas,
ocean,Around,ocean,east,west,OO,20000,35,10 %,,,,,atlas,
""",
    "yards": """id,name,place,cargo,capacity,handling,tags,source,note
lagoon.yard,Lagoon yard,lagoon,boxes,500 TEU,12 h,,atlas,
cape.yard,Cape yard,cape,boxes,400 TEU,0.5,,atlas,
""",
    "quays": """\
id,name,place,lines,cargo,rate,approach,cast_off,weather_limited,in_service,tags,source,note
lagoon.pier,Lagoon pier,lagoon,narrows,boxes,20 TEU/h,2 h,1 h,,,pier,atlas,
cape.pier,Cape pier,cape,narrows,boxes,15 TEU/h,2 h,1 h,,,pier,atlas,
""",
    "services": """id,name,lines,cargo,load,longest_wait,vehicles,layover,tags,source,note
plain.train,Trains to the lagoon,plain,boxes,100 TEU,3 day,,,,atlas,
hill.train,Trains from the cape,hill,boxes,80 TEU,2,,,,atlas,
taiga.train,Trains north,taiga crossing,boxes,120 TEU,4,,,,atlas,
ore.train,Wagons north,taiga crossing,ore,3 kt,9,,,,atlas,
boat,Boats,narrows,boxes,200 TEU,5 day,2,1,,atlas,
""",
    "demands": """\
id,name,origin,destination,country,cargo,rate,lot,value_of_time,sensitivity,patience,tags,source,note
goods,Goods to the west,east,west,EE,boxes,90 TEU/day,10 TEU,50 USD/TEU/day,200 USD/TEU,30 day,,atlas,
ores,Ore to the west,east,west,EE,ore,500 t/day,60 t,1,10 USD/t,40,,atlas,
""",
    "corridors": """id,name,group,origin,destination,cargo,lines,rate,premium,source,note
over-the-narrows,Over the narrows,middle,east,west,boxes,plain narrows hill,3000 USD/FEU,100,atlas,
through-the-north,Through the north,north,east,west,boxes,taiga crossing,2500 USD/FEU,,atlas,
by-ocean,By the ocean,ocean,east,west,boxes,ocean,1000,,atlas,
ore-north,Ore through the north,north,east,west,ore,taiga crossing,60 USD/t,,atlas,
""",
    "prices": """id,marker,month,price,source,note
north.2021-12,north,2021-12,74.2 USD/bbl,atlas,
north.2022-01,north,2022-01,86.5,atlas,
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

    def change(self, element: str, field: str, value: str, more: str = "") -> None:
        """Have the policy change something more."""
        self.append(
            "wider.toml",
            f'\n[[change]]\nelement = "{element}"\nfield = "{field}"\nvalue = {value}\n'
            f'source = "atlas"\n{more}\n',
        )

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


def shortened(small: Small) -> Small:
    """End the runs of the small network after five months."""
    small.edit("year.toml", ("end = 2023-01-01", "end = 2022-06-01"))
    return small


def line_of(path: Path, words: str) -> int:
    """The line on which some words first stand."""
    return path.read_text(encoding="utf-8").split(words)[0].count("\n") + 1


def expect(
    faults: list[Fault], file: Path | None, at: str | int | None, key: str | None, value: Any, *words: str
) -> None:
    """Assert that the only fault has this file, line (or words on it), key, value and words."""
    assert len(faults) == 1, "\n".join(map(str, faults))
    check(faults[0], file, at, key, value, *words)


def check(
    fault: Fault, file: Path | None, at: str | int | None, key: str | None, value: Any, *words: str
) -> None:
    line = line_of(file, at) if isinstance(at, str) and file is not None else at
    assert (fault.file, fault.line, fault.key, fault.value) == (file, line, key, value), str(fault)
    for word in words:
        assert word in f"{fault.message} — {fault.advice}"
