"""Shipped scenarios and policies, in a checkout or installed from a wheel."""

from __future__ import annotations

from pathlib import Path

from sim.errors import InputError, fail, nearest

PACKAGE = Path(__file__).resolve().parent.parent
OTHER_KIND = {"scenarios": "policies", "policies": "scenarios"}
KINDS = {"scenarios": "scenario", "policies": "policy"}


def shipped_folder() -> Path:
    """Return the folder of shipped scenarios: inside the installed package, or next to it in a checkout."""
    installed = PACKAGE / "shipped"
    return installed if installed.is_dir() else PACKAGE.parent / "scenarios"


def shipped(kind: str) -> dict[str, Path]:
    """Return the shipped files by name; `kind` is "scenarios" or "policies"."""
    folder = shipped_folder() / "policies" if kind == "policies" else shipped_folder()
    return {path.stem: path for path in sorted(folder.glob("*.toml"))}


def find(name: str, kind: str, folder: Path | None = None) -> Path:
    """Return the file that a name means: a path, or a shipped name.

    A folder with the name of a shipped one, such as that of its results, does not count.
    Raises `InputError` with the nearest name among shipped files and those in the same folder.
    """
    if not name.strip():
        raise fail(f"should be the name of a {KINDS[kind]}, or its file", value=name)
    paths = [place / name for place in ([folder] if folder else []) + [Path()]]
    for path in paths:
        if _exists(path) and not path.is_dir():
            return path
    names = shipped(kind)
    stem = name.removesuffix(".toml")
    if stem in names:
        return names[stem]
    if stem in shipped(OTHER_KIND[kind]):
        raise fail(f"this is a {KINDS[OTHER_KIND[kind]]}, a {KINDS[kind]} was expected", value=name)
    for path in paths:
        if _exists(path):
            raise _folder(path)
    around = (folder or Path()) / name
    near = nearest(Path(name).stem, [*names, *_stems(around.parent)])
    message = f"no such {KINDS[kind]}, neither a file nor a shipped one"
    raise fail(message, value=name, advice=near or f"shipped: {', '.join(names)}")


def _folder(path: Path) -> InputError:
    inside = path / f"{path.name}.toml"
    advice = f"did you mean {inside}?" if is_file(inside) else ""
    return fail("this is a folder, a file was expected", file=path, advice=advice)


def is_file(path: Path) -> bool:
    """Return whether a path, however odd, leads to a file."""
    try:
        return path.is_file()
    except (OSError, ValueError):
        return False


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except (OSError, ValueError):
        return False


def _stems(folder: Path) -> list[str]:
    try:
        return [path.stem for path in folder.glob("*.toml")]
    except (OSError, ValueError):
        return []
