"""Scenarios read from their files, with policies and settings on top."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from pathlib import Path

from sim.errors import Faults, InputError
from sim.network.checks import check
from sim.network.freight.legs import corridor_elements
from sim.network.network import Network
from sim.network.reading import read_tables
from sim.scenario.apply import apply_stated
from sim.scenario.boycotts import boycotts
from sim.scenario.cargo import Carried, check_cargo, part_of
from sim.scenario.changes import event_advice
from sim.scenario.closures import disturbances
from sim.scenario.element_changes import (
    StatedChange,
    dated_change,
    day_from,
    field_of,
    in_force,
    locate_changes,
    provenance_of,
    with_standing,
)
from sim.scenario.events import Boycott, DatedChange
from sim.scenario.history import history
from sim.scenario.merging import Merged, merge
from sim.scenario.naming import run_name, run_title
from sim.scenario.overlays import find_policies, policy_changes, read_settings, separated
from sim.scenario.provenance import Provenance, check_sources
from sim.scenario.request import call_request
from sim.scenario.scenario import Scenario, with_digests
from sim.scenario.shipped import find
from sim.scenario.situation import Horizon, Situation, day_of


@dataclass(frozen=True, slots=True)
class _Statements:
    """All that a scenario's files, policies and settings state."""

    merged: Merged
    policies: tuple[Path, ...]
    changes: tuple[StatedChange, ...]

    @property
    def cargo(self) -> tuple[str, ...] | None:
        cargo: tuple[str, ...] | None = self.merged.settings.get("cargo")
        return cargo

    def split(self) -> tuple[list[StatedChange], list[StatedChange]]:
        """The changes of elements that closures and boycotts are resolved with, and those to follow.

        A multiple, and what is stated of its field after it, follows.
        """
        early: list[StatedChange] = []
        late: list[StatedChange] = []
        multiples: set[tuple[str, str]] = set()
        for stated in self.changes:
            if stated.item.is_factor:
                multiples.add(field_of(stated))
            is_early = stated.item.target.kind == "element" and field_of(stated) not in multiples
            (early if is_early else late).append(stated)
        return early, late


def load(scenario: str | Path, policies: Sequence[str | Path] = (), settings: Sequence[str] = ()) -> Scenario:
    """Read a scenario, with policies and then settings on top.

    A scenario or policy is a path or the name of a shipped file, a setting a change such as
    `element.field=value` or `closure:LABEL.days=20` (see `change_grammar`). Raises `InputError` with all
    faults found.
    """
    faults = Faults()
    path = _find(scenario, faults)
    more_policies, other_settings = separated(settings)
    statements = _statements(path, [*policies, *more_policies], other_settings, faults)
    situation = _situation(statements, faults)
    if path is None or situation is None:
        raise InputError(faults)
    faults.raise_any()
    merged = statements.merged
    names = tuple(file.stem for file in statements.policies)
    files = (*merged.files.values(), *statements.policies)
    tables = sorted(Path(situation.network.folder).glob("*.csv"))
    return Scenario(
        name=run_name(path.stem, names, other_settings),
        title=run_title(merged.settings["title"], names, other_settings),
        description=merged.settings.get("description", ""),
        seed=merged.settings.get("seed", 0),
        policies=names,
        settings=tuple(other_settings),
        files=tuple(map(str, files)),
        digests=with_digests({}, [*files, *tables]),
        request=call_request(
            "sim.load",
            scenario=Path(scenario).name,
            policies=[Path(policy).name for policy in policies],
            settings=[*settings],
        ),
        **{spec.name: getattr(situation, spec.name) for spec in fields(situation)},
    )


def _find(name: str | Path, faults: Faults) -> Path | None:
    path = None
    with faults.collecting():
        path = find(str(name), "scenarios")
    return path


def _statements(
    path: Path | None, policies: Sequence[str | Path], settings: Sequence[str], faults: Faults
) -> _Statements:
    merged = merge(path, faults) if path else Merged()
    for key in ("network", "start", "end") if path and not faults else ():
        if key not in merged.settings:
            faults.add("neither this scenario nor what it extends gives it", file=path, key=key)
    files = find_policies(policies, faults)
    cargo = merged.settings.get("cargo")
    of_policies = policy_changes(files, cargo, faults)
    changes = (*merged.changes, *of_policies, *read_settings(settings, faults))
    return _Statements(merged, tuple(files), changes)


def _situation(statements: _Statements, faults: Faults) -> Situation | None:
    """The network and events that statements describe; None when there is no network or horizon."""
    merged = statements.merged
    horizon = _horizon(merged, faults)
    network = _network(merged, faults)
    if network is None or horizon is None:
        return None
    _check_changes(network, statements.changes, horizon, faults)
    before = len(faults)
    early, late = statements.split()
    early = [stated for stated in early if not _is_of_event(stated, network, merged, faults)]
    now, later = _by_day(network, early, statements.cargo, horizon)
    standing, dated = _changed(network, now, later, horizon, faults)
    is_sound = len(faults) == before
    carried = _carried(standing, early, statements, faults)
    closed = disturbances(standing, merged.closures, carried, horizon, faults)
    refused: tuple[Boycott, ...] = ()
    if merged.boycotts and is_sound:
        used = corridor_elements(standing)
        refused = boycotts(standing, used, merged.boycotts, carried, horizon, faults)
    situation = Situation(
        start=horizon.start,
        end=horizon.end,
        network=carried.network,
        disturbances=closed,
        dated=tuple(change for change in dated if carried.has(change.element)),
        boycotts=refused,
        cargo=carried.cargo,
        provenance={**_of_run(merged), **provenance_of(now)},
    )
    for stated in late:
        with faults.collecting():
            situation = apply_stated(situation, [stated])
    return situation


def _of_run(merged: Merged) -> dict[tuple[str, str], Provenance]:
    """The files that the keys of a run come from, as fields of no element."""
    return {
        ("", key): replace(origin.provenance("", ""), line=origin.at(key)["line"])
        for key, origin in merged.origins.items()
        if key in ("start", "end", "seed", "cargo")
    }


def _horizon(merged: Merged, faults: Faults) -> Horizon | None:
    start, end = merged.settings.get("start"), merged.settings.get("end")
    if start is None or end is None:
        return None
    if end <= start:
        where = merged.origins["end"].at("end")
        advice = f"it starts on {start}"
        faults.add("the run ends before it starts", value=end.isoformat(), advice=advice, **where)
        return None
    return Horizon(start, end)


def _network(merged: Merged, faults: Faults) -> Network | None:
    folder = merged.settings.get("network")
    if folder is None:
        return None
    where = merged.origins["network"].at("network")
    try:
        return read_tables(folder)
    except InputError as error:
        located = (replace(f, value=folder.name, **where) if f.file == folder else f for f in error.faults)
        faults.extend(InputError(located))
    return None


def _check_changes(
    network: Network, changes: Sequence[StatedChange], horizon: Horizon, faults: Faults
) -> None:
    """Collect changes without a good source, and those of a scenario or setting later than its run.

    A policy is for any scenario, so a date of it after a run is no fault.
    """
    check_sources(network, [stated for stated in changes if not stated.is_setting], faults)
    for stated in changes:
        since = stated.item.since
        end = horizon.end if stated.is_setting else stated.end
        if since and end and day_of(since, end) >= 0:
            where = stated.origin.at("from")
            advice = f"the run ends on {end}"
            faults.add("takes hold after the run", value=since.isoformat(), advice=advice, **where)


def _is_of_event(stated: StatedChange, network: Network, merged: Merged, faults: Faults) -> bool:
    """Return whether a change names a closure or boycott as if it were an element, which is a fault."""
    target = stated.item.target
    if target.name in network.ids():
        return False
    closures = [closure.item.label or closure.item.cause for closure in merged.closures]
    boycotts = [boycott.item.label or boycott.item.cause for boycott in merged.boycotts]
    advice = event_advice(target, closures, boycotts)
    if advice:
        where = stated.origin.at("element")
        faults.add("no element has this id", value=target.name, advice=advice, **where)
    return bool(advice)


def _by_day(
    network: Network, changes: Sequence[StatedChange], cargo: Sequence[str] | None, horizon: Horizon
) -> tuple[list[StatedChange], list[StatedChange]]:
    """The changes that hold when the run begins, and those that come during it, in order.

    History comes first, so that a scenario or policy has the last word from its date on. History
    during the run is left out for elements that the run's cargoes do not need.
    """
    changes = in_force(changes, horizon)
    needed = {*part_of(network, cargo).ids()}
    past = [
        stated
        for stated in history(network, changes, horizon)
        if day_from(stated, horizon) <= 0 or field_of(stated)[0] in needed
    ]
    stated = [*past, *changes]
    now = [one for one in stated if day_from(one, horizon) <= 0]
    later = [one for one in stated if 0 < day_from(one, horizon) < horizon.days]
    return now, sorted(later, key=lambda one: day_from(one, horizon))


def _changed(
    network: Network,
    now: Sequence[StatedChange],
    later: Sequence[StatedChange],
    horizon: Horizon,
    faults: Faults,
) -> tuple[Network, tuple[DatedChange, ...]]:
    """Network at the start of the run, checked, and the changes during the run.

    Of several changes of one field on one day the last holds.
    """
    before = len(faults)
    standing = with_standing(network, now, faults)
    dated: dict[tuple[float, str, str], DatedChange] = {}
    for stated in later:
        with faults.collecting(), stated.origin.locating():
            dated[(day_from(stated, horizon), *field_of(stated))] = dated_change(standing, stated, horizon)
    if len(faults) == before:
        with faults.collecting():
            check(standing, locate_changes(standing, now))
    return standing, tuple(dated.values())


def _carried(
    standing: Network, changes: Sequence[StatedChange], statements: _Statements, faults: Faults
) -> Carried:
    """The part of the network that the run carries; changes of other elements are faults."""
    cargo = statements.cargo
    origins = statements.merged.origins
    if cargo is not None and not check_cargo(standing, cargo, origins["cargo"], faults):
        cargo = None
    carried = Carried(standing, cargo)
    for stated in changes:
        id = stated.item.target.name
        if id in standing.ids():
            own = cargo if stated.is_setting else stated.cargo
            carried.present([id], own, id, "element", stated.origin, faults)
    return carried
