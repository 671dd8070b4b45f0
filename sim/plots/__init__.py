"""How a run looks, as matplotlib figures; nothing here computes what is not drawn.

Each plot takes a record and, if wanted, the axes to draw on, and returns the axes:
`throughput.throughput`, `tank.tank_level`, `curtailment.curtailment`, `queue.queue`,
`map.network_map`, and `overlay.throughput_overlay` for several records.
`figures.write_figures` writes the standard ones.
"""
