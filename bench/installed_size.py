"""How much disk a contender takes, in MiB."""

import importlib.metadata
import pathlib
import re
import subprocess

GPU = re.compile(r"^(nvidia|cuda|triton)", re.IGNORECASE)  # torch asks for them, a CPU never loads them


def of_folder(folder):
    return sum(p.stat().st_size for p in pathlib.Path(folder).rglob("*") if p.is_file()) / 2**20


def of_program(program):
    """The program, and the shared libraries that it loads beyond the C library."""
    listed = subprocess.run(["ldd", program], capture_output=True, text=True, check=True).stdout
    libraries = re.findall(r"=> (/\S+)", listed)
    own = [p for p in libraries if not re.match(r"(libc|libm|ld-linux.*)\.so", pathlib.Path(p).name)]
    return sum(pathlib.Path(p).stat().st_size for p in [program, *own]) / 2**20


def of_packages(names):
    """Packages with all that they need: (MiB, MiB of it that only a GPU uses)."""
    sizes = {name: of_package(name) for name in with_needs(names)}
    return sum(sizes.values()), sum(size for name, size in sizes.items() if GPU.match(name))


def of_package(name):
    files = importlib.metadata.files(name) or []
    paths = [pathlib.Path(file.locate()) for file in files]
    return sum(path.stat().st_size for path in paths if path.is_file()) / 2**20


def with_needs(names):
    from packaging.requirements import Requirement

    found, waiting = set(), list(names)
    while waiting:
        name, _, extras = waiting.pop().lower().replace("_", "-").partition("[")
        extras = extras.rstrip("]").split(",") if extras else []
        if f"{name}{extras}" in found:
            continue
        try:
            requires = importlib.metadata.requires(name) or []
        except importlib.metadata.PackageNotFoundError:
            continue
        found.add(f"{name}{extras}")
        for text in requires:
            need = Requirement(text)
            environments = [{"extra": extra} for extra in ["", *extras]]
            if need.marker is None or any(need.marker.evaluate(e) for e in environments):
                waiting.append(need.name + (f"[{','.join(need.extras)}]" if need.extras else ""))
    return {name.partition("[")[0] for name in found}
