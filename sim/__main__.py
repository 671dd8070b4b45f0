"""`python -m sim` is `chokepoint`."""

from sim.cli import main

main()
