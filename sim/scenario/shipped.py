"""Where the shipped scenarios and policies are, in place or installed from a wheel."""

from __future__ import annotations

from pathlib import Path

from sim.errors import fail, nearest

PACKAGE = Path(__file__).resolve().parent.parent


def shipped_folder() -> Path:
    """The folder of shipped scenarios: inside the installed package, or beside it in a checkout."""
    installed = PACKAGE / "shipped"
    return installed if installed.is_dir() else PACKAGE.parent / "scenarios"


def shipped(kind: str) -> dict[str, Path]:
    """Shipped files by name; `kind` is "scenarios" or "policies"."""
    folder = shipped_folder() / "policies" if kind == "policies" else shipped_folder()
    return {path.stem: path for path in sorted(folder.glob("*.toml"))}


def find(name: str, kind: str, beside: Path | None = None) -> Path:
    """The file that a user means: a path as it stands, or the name of a shipped one.

    Raises `InputError` with the nearest known name.
    """
    for folder in ([beside] if beside else []) + [Path()]:
        if (folder / name).exists():
            return folder / name
    known = shipped(kind)
    found = known.get(name.removesuffix(".toml"))
    if found is None:
        what = "policy" if kind == "policies" else "scenario"
        advice = nearest(Path(name).stem, known) or f"shipped: {', '.join(known)}"
        raise fail(f"no such {what}, neither a file nor a shipped one", value=name, advice=advice)
    return found
