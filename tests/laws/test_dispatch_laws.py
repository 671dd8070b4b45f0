"""Laws of the dispatch, over generated problems, against networkx's maximum flow of the same problem."""

from __future__ import annotations

from dataclasses import dataclass
from math import inf

import networkx as nx
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from sim.engine.oil.dispatch import EPSILON, FlowPath, dispatch

ROUNDING = 1e-9  # of sums of a few dozen numbers below a thousand


@dataclass(frozen=True)
class Problem:
    """Problem for `dispatch`, and the same as a graph for networkx."""

    offers: tuple[float, ...]
    paths: tuple[FlowPath, ...]
    capacities: tuple[float, ...]
    edges: tuple[tuple[int, int], ...]  # of the graph, an edge for each of the first capacities
    entries: tuple[int, ...]  # the node at which each source enters it

    @property
    def rates(self) -> tuple[float, ...]:
        return dispatch(self.offers, self.paths, self.capacities)

    @property
    def total(self) -> float:
        return sum(self.rates)

    @property
    def most(self) -> float:
        """The maximum flow from all sources to node 0."""
        graph = nx.MultiDiGraph()
        graph.add_nodes_from([-1, 0])
        for edge, capacity in zip(self.edges, self.capacities, strict=False):
            graph.add_edge(*edge, capacity=capacity)
        for offer, entry in zip(self.offers, self.entries, strict=True):
            graph.add_edge(-1, entry, capacity=offer)
        # networkx takes no parallel edges: add them up
        simple = nx.DiGraph()
        simple.add_nodes_from(graph)
        for a, b, capacity in graph.edges(data="capacity"):
            standing = simple.get_edge_data(a, b, {"capacity": 0.0})["capacity"]
            simple.add_edge(a, b, capacity=standing + capacity)
        return float(nx.maximum_flow_value(simple, -1, 0))

    def loads(self) -> list[float]:
        """Return the flow through each capacity."""
        loads = [0.0] * len(self.capacities)
        for rate, path in zip(self.rates, self.paths, strict=True):
            for number in (*path.uses, *([] if path.limit is None else [path.limit])):
                loads[number] += rate
        return loads


quantities = st.one_of(
    st.sampled_from([0.0, 1.0, 5.0, 10.0, 100.0]), st.floats(0.0, 200.0, allow_subnormal=False)
)


@st.composite
def networks(draw: st.DrawFn) -> Problem:
    """Sources on a small acyclic graph of nodes 9 … 1 that drains into 0, with some of the paths as ways."""
    pairs = [(a, b) for a in range(1, 6) for b in range(a)]
    edges = draw(st.lists(st.sampled_from(pairs), min_size=1, max_size=9, unique=True))
    capacities = [draw(quantities) for _ in edges]
    graph = nx.DiGraph(edges)
    graph.add_nodes_from(range(6))
    offers, entries, paths = [], [], []
    for source in range(draw(st.integers(1, 5))):
        entry = draw(st.sampled_from(sorted({a for a, _ in edges})))
        edge_paths = list(nx.all_simple_edge_paths(graph, entry, 0))
        chosen = (
            draw(st.lists(st.sampled_from(edge_paths), max_size=4, unique_by=tuple)) if edge_paths else []
        )
        offers.append(draw(quantities))
        entries.append(entry)
        for path in chosen:
            limit = None
            if draw(st.booleans()):
                limit = len(capacities)
                capacities.append(draw(st.one_of(quantities, st.just(inf))))
            paths.append(FlowPath(source, tuple(edges.index(edge) for edge in path), limit))
    return Problem(tuple(offers), tuple(paths), tuple(capacities), tuple(edges), tuple(entries))


@st.composite
def in_trees(draw: st.DrawFn) -> Problem:
    """Sources whose only way runs through nested capacities to a common root."""
    parents = [draw(st.integers(0, node - 1)) for node in range(1, draw(st.integers(2, 7)))]
    edges = tuple((node, parent) for node, parent in enumerate(parents, 1))
    capacities = tuple(draw(quantities) for _ in edges)
    entries = tuple(draw(st.lists(st.integers(1, len(edges)), min_size=1, max_size=6)))
    paths = []
    for source, node in enumerate(entries):
        uses = []
        while node:
            uses.append(node - 1)
            node = parents[node - 1]
        paths.append(FlowPath(source, tuple(uses)))
    return Problem(tuple(draw(quantities) for _ in entries), tuple(paths), capacities, edges, entries)


@given(networks())
def test_no_capacity_and_no_offer_is_exceeded(problem: Problem) -> None:
    assert all(rate >= 0.0 for rate in problem.rates)
    for load, capacity in zip(problem.loads(), problem.capacities, strict=True):
        assert load <= capacity + EPSILON + ROUNDING
    for source, offer in enumerate(problem.offers):
        sent = sum(r for r, path in zip(problem.rates, problem.paths, strict=True) if path.source == source)
        assert sent <= offer + ROUNDING


@given(networks())
def test_the_total_is_never_above_the_maximum_flow(problem: Problem) -> None:
    assert problem.total <= problem.most + EPSILON * len(problem.capacities) + ROUNDING


@given(networks())
def test_nothing_that_could_flow_is_left_behind(problem: Problem) -> None:
    room = [c - load for c, load in zip(problem.capacities, problem.loads(), strict=True)]
    for source, offer in enumerate(problem.offers):
        mine = [n for n, path in enumerate(problem.paths) if path.source == source]
        if offer - sum(problem.rates[n] for n in mine) <= EPSILON + ROUNDING:
            continue
        for path in (problem.paths[n] for n in mine):
            places = (*path.uses, *([] if path.limit is None else [path.limit]))
            assert min(room[place] for place in places) <= EPSILON + ROUNDING


@given(networks())
def test_the_same_question_gets_the_same_answer(problem: Problem) -> None:
    assert problem.rates == problem.rates


@given(networks(), st.data())
def test_equals_get_equal_shares(problem: Problem, data: st.DataObject) -> None:
    """A twin of a source, with the same ways and limits of the same size, gets exactly as much on each."""
    assume(problem.paths)
    twin_of = data.draw(st.sampled_from(sorted({path.source for path in problem.paths})))
    paths, capacities = list(problem.paths), list(problem.capacities)
    pairs = []
    for number, path in enumerate(problem.paths):
        if path.source == twin_of:
            limit = None
            if path.limit is not None:
                limit = len(capacities)
                capacities.append(capacities[path.limit])
            pairs.append((number, len(paths)))
            paths.append(FlowPath(len(problem.offers), path.uses, limit))
    rates = dispatch((*problem.offers, problem.offers[twin_of]), paths, capacities)
    assert [rates[one] for one, _ in pairs] == [rates[other] for _, other in pairs]


@given(st.lists(st.floats(1.0, 200.0), min_size=1, max_size=6), st.floats(0.0, 1.0), st.floats(0.0, 1.0))
def test_one_binding_capacity_cuts_all_who_nominate_there_by_the_same_factor(
    offers: list[float], share: float, inner: float
) -> None:
    """Capacity 0 binds; 1 and 2 lie on the ways too and would let everything through."""
    binding = share * sum(offers)
    paths = [FlowPath(n, (0, 1 if n % 2 else 2)) for n in range(len(offers))]
    rates = dispatch(offers, paths, (binding, sum(offers) * (1 + inner), inf))
    for rate, offer in zip(rates, offers, strict=True):
        assert rate == pytest.approx(offer * share, rel=1e-12, abs=EPSILON)


@given(in_trees())
def test_on_in_trees_the_total_is_the_maximum_flow(problem: Problem) -> None:
    # a source or a capacity with less than EPSILON left counts as done
    done = EPSILON * (len(problem.capacities) + len(problem.offers))
    assert abs(problem.total - problem.most) <= done + ROUNDING


@given(in_trees(), st.data())
def test_on_in_trees_more_capacity_never_lowers_the_total(problem: Problem, data: st.DataObject) -> None:
    more = tuple(c + data.draw(st.one_of(st.just(0.0), quantities)) for c in problem.capacities)
    wider = Problem(problem.offers, problem.paths, more, problem.edges, problem.entries)
    assert wider.total >= problem.total - EPSILON * (len(more) + len(problem.offers)) - ROUNDING


def test_with_alternatives_a_new_link_to_the_better_way_can_lower_the_total_as_in_braess_paradox() -> None:
    """Known, and meant: a shipper does not give up its best way so that another may use it.

    A can use Z once a link lets it, and its own way; B has nothing but Z. Each sends 10, each way takes 10.
    """
    z, private, link = 0, 1, 2
    paths = [FlowPath(0, (link, z)), FlowPath(0, (private,)), FlowPath(1, (z,))]
    assert dispatch((10.0, 10.0), paths, (10.0, 10.0, 0.0)) == (0.0, 10.0, 10.0)
    assert dispatch((10.0, 10.0), paths, (10.0, 10.0, 10.0)) == (5.0, 5.0, 5.0)


def test_the_most_over_nominated_capacity_is_cut_first() -> None:
    """The branch cut to 5, 25 are nominated for the trunk's 24; the trunk first would give 5 and 19."""
    branch, trunk = 0, 1
    rates = dispatch((10.0, 20.0), [FlowPath(0, (branch, trunk)), FlowPath(1, (trunk,))], (5.0, 24.0))
    assert rates == pytest.approx((4.8, 19.2), rel=1e-12)


def test_a_contract_bounds_what_is_nominated_before_it_is_prorated() -> None:
    """A may send 30 of its 90: with B's 30 it asks for 60 of 30, and gets half of its contract."""
    rates = dispatch((90.0, 30.0), [FlowPath(0, (0,), limit=1), FlowPath(1, (0,))], (30.0, 30.0))
    assert rates == (15.0, 15.0)


def test_what_is_cut_on_the_best_way_is_nominated_on_the_next() -> None:
    rates = dispatch((10.0, 10.0), [FlowPath(0, (0,)), FlowPath(0, (1,)), FlowPath(1, (0,))], (10.0, 3.0))
    assert rates == (5.0, 3.0, 5.0)
