"""How a run looks, as matplotlib figures; nothing here computes what is not drawn.

Each plot takes a record and, if wanted, the axes to draw on, and returns the axes. Of oil:
`throughput.throughput`, `tank.tank_level`, `curtailment.curtailment`, `queue.queue`,
`map.network_map`, and `overlay.throughput_overlay` for several records. Of boxes and wagons:
`corridors.corridors`, `crossings.crossings`, `transit.transit`, `days.days`,
`space_time.space_time`, `yards.yards`, `use.use`, `outcome.outcome`, `map.freight_map`, and
`beside.corridors_overlay`. `figures.write_figures` writes the standard ones.
"""
