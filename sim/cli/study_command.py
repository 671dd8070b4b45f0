"""Options and steps that all commands of studies share."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from inspect import Parameter, Signature, signature
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, cast, get_type_hints

import typer

from sim.cli.app import app, request_of
from sim.cli.options import (
    Address,
    NumberOfWorkers,
    Out,
    Plots,
    Policies,
    Seed,
    Settings,
    store_in,
    workers_of,
)
from sim.cli.printing import busy, new_console, plain, print_report, progress

if TYPE_CHECKING:
    from sim.report.study_report import StudyReport
    from sim.scenario.request import Request
    from sim.studies.plan import Results, RunOptions, StudyPlan


@dataclass(frozen=True, slots=True, kw_only=True)
class StudyOptions:
    """Values of the options that all commands of studies have, and the request."""

    request: Request
    policy: list[str]
    set: list[str]
    replications: int
    seed: int | None
    workers: int
    cluster: str | None
    out: Path
    plots: bool

    @contextmanager
    def running(self, total: int) -> Iterator[RunOptions]:
        """Provide workers, store and a progress bar for up to `total` runs."""
        with workers_of(self.workers, self.cluster) as workers, progress(new_console(), total) as advance:
            yield {"workers": workers, "store": store_in(self.out), "progress": advance}

    def run(self, plan: StudyPlan[Results], replications: int | None = None) -> Results:
        """Run a study, by default with the replications requested, after printing the number of runs."""
        replications = replications or self.replications
        total = plan.count_runs(replications)
        new_console().print(f"{plain(plan.name)}: up to {total:,} run{'' if total == 1 else 's'}")
        with self.running(total) as options:
            return plan.run(replications, **options)

    def write(self, report: StudyReport) -> None:
        """Print a report and write its files."""
        from sim.report.study_files import write_study

        console = new_console()
        print_report(console, report)
        with busy(console, f"writing {report.name}"):
            target = write_study(report, self.out, self.plots)
        console.print(f"results in {plain(str(target))}/", soft_wrap=True)


Command = Callable[..., None]


def study_command(
    *, example: str, replications: int | None, runs: str = "Runs of each variant."
) -> Callable[[Command], Command]:
    """Return a decorator that adds a command with the options of `StudyOptions`.

    The function takes these as its first argument, `options`. A shared option that it declares itself is
    not added. `replications` is the default of the option of that name, described by `runs`.
    """
    count = typer.Option("--replications", "-n", min=1, help=runs)
    shared: dict[str, tuple[Any, Any]] = {
        "policy": (Policies, []),
        "set": (Settings, []),
        "replications": (Annotated[int, count], replications),
        "seed": (Seed, None),
        "workers": (NumberOfWorkers, 0),
        "cluster": (Address, None),
        "out": (Out, Path("results")),
        "plots": (Plots, True),
    }

    def register(function: Command) -> Command:
        hints = get_type_hints(function, include_extras=True)
        own = [each for each in signature(function).parameters.values() if each.name != "options"]
        added = {name: each for name, each in shared.items() if name not in {each.name for each in own}}

        def command(context: typer.Context, **values: Any) -> None:
            options = {name: default for name, (_, default) in shared.items()}
            options |= {name: values.pop(name) for name in added}
            function(StudyOptions(request=request_of(context), **options), **values)

        parameters = [
            _parameter("context", typer.Context),
            *(_parameter(each.name, hints[each.name], each.default) for each in own),
            *(_parameter(name, annotation, default) for name, (annotation, default) in added.items()),
        ]
        described = cast(Any, command)
        described.__signature__ = Signature(parameters)
        described.__annotations__ = {each.name: each.annotation for each in parameters}
        app.command(name=function.__name__, help=function.__doc__, epilog=f"Example: {example}")(command)
        return function

    return register


def _parameter(name: str, annotation: Any, default: Any = Parameter.empty) -> Parameter:
    return Parameter(name, Parameter.KEYWORD_ONLY, annotation=annotation, default=default)
