"""W in Ciw: facilities are nodes with servers for all, custody stages are customer classes.

Ciw keeps a record of every service, and the daily counts are read off those at the end. It looks at
everybody in the system after every event, so keep the stock small.
"""

from __future__ import annotations

import ciw
import numpy as np
import w
from numpy.typing import NDArray

FACILITIES = range(1, 11)
RECEPTION, AWAY = 11, 12
NODES = 12
EXIT = -1
REMAND, SENTENCED, FOUND = CLASSES = ("remand", "sentenced", "found")


class LeastFull(ciw.routing.NodeRouting):
    """To the facility with the lowest occupied / capacity."""

    def __init__(self, capacity: tuple[int, ...]) -> None:
        self.capacity = dict(zip(FACILITIES, capacity, strict=True))

    def next_node(self, ind: ciw.Individual) -> ciw.Node:
        nodes = self.simulation.nodes
        lowest = min(FACILITIES, key=lambda i: nodes[i].number_of_individuals / self.capacity[i])
        return nodes[lowest]


class Onward(ciw.routing.NodeRouting):
    """After a stage: a sentence in the same facility, a return in a while, or out."""

    def next_node(self, ind: ciw.Individual) -> ciw.Node:
        if ind.previous_class != ind.customer_class:
            return self.node
        returning = ciw.random_choice([True, False], [w.RETURNING, 1 - w.RETURNING])
        return self.simulation.nodes[AWAY if returning else EXIT]


def network(stock: int) -> ciw.Network:
    none = [None] * NODES

    def at_reception(value: object) -> list[object]:
        return [value if node == RECEPTION else None for node in range(1, NODES + 1)]

    def everywhere(stay: ciw.dists.Distribution) -> list[ciw.dists.Distribution]:
        at_once = ciw.dists.Deterministic(0.0)
        return [stay] * 10 + [at_once, ciw.dists.Exponential(1 / w.AWAY_MEAN)]

    same = {c: {d: float(c == d) for d in CLASSES} for c in CLASSES}
    tried = {REMAND: 1 - w.SENTENCED, SENTENCED: w.SENTENCED, FOUND: 0.0}
    anew = {c: {d: float(d == REMAND) for d in CLASSES} for c in CLASSES}
    capacity = w.capacities(stock)
    routing = ciw.routing.NetworkRouting(
        [Onward() for _ in FACILITIES] + [LeastFull(capacity), LeastFull(capacity)]
    )
    one, all_at_once = ciw.dists.Deterministic(1), ciw.dists.Sequential([stock])
    return ciw.create_network(
        arrival_distributions={
            REMAND: at_reception(ciw.dists.Exponential(w.admissions(stock))),
            SENTENCED: none,
            FOUND: at_reception(ciw.dists.Sequential([0.0, float("inf")])),
        },
        batching_distributions={
            REMAND: [one] * NODES,
            SENTENCED: [one] * NODES,
            FOUND: [all_at_once] * NODES,
        },
        service_distributions={
            REMAND: everywhere(ciw.dists.Lognormal(w.mu(w.REMAND_MEAN), w.SIGMA)),
            SENTENCED: everywhere(ciw.dists.Lognormal(w.mu(w.SENTENCE_MEAN), w.SIGMA)),
            FOUND: everywhere(ciw.dists.Exponential(1 / w.FOUND_MEAN)),
        },
        class_change_matrices=[{**same, REMAND: tried}] * 10 + [same, anew],
        routing={name: routing for name in CLASSES},
        number_of_servers=[float("inf")] * NODES,
    )


def run(stock: int, days: int, seed: int) -> w.Run:
    ciw.seed(seed)
    simulation = ciw.Simulation(network(stock))
    simulation.simulate_until_max_time(days)
    ended = [
        (record.node, record.customer_class, record.arrival_date, record.exit_date)
        for record in simulation.get_all_records()
        if record.node in FACILITIES
    ]
    still = [
        (node, person.customer_class, person.arrival_date, np.inf)
        for node in FACILITIES
        for person in simulation.nodes[node].all_individuals
    ]
    node, stage, since, until = (np.array(column) for column in zip(*ended, *still, strict=True))
    since, until = since.astype(float), until.astype(float)
    remand = stage == REMAND
    admitted = remand.sum()  # every admission, a first or a later one, begins with remand
    return w.Run(
        np.stack([_held(since, until, who, days) for who in (remand, ~remand)], axis=1),
        np.stack([_held(since, until, node == i, days) for i in FACILITIES], axis=1),
        int(admitted + len(ended)),
    )


def _held(
    since: NDArray[np.float64], until: NDArray[np.float64], who: NDArray[np.bool_], days: int
) -> NDArray[np.int64]:
    """People at the end of each day."""
    ends = np.arange(1, days + 1)
    come = np.searchsorted(np.sort(since[who]), ends, side="right")
    return come - np.searchsorted(np.sort(until[who]), ends, side="right")
