"""Starts Rasa without TensorFlow, which it imports always and the bot never uses: 6 s and 400 MB less.

Rasa's neural components subclass and annotate with TensorFlow's names while they are imported, nothing more. Here those
names are empty classes. To use a neural component in bot/config.yml nothing needs to be done: `leave_out` then does
nothing. `CARE_BOT_TENSORFLOW=1` loads TensorFlow in any case.
"""

from __future__ import annotations

import os
import sys
from abc import ABCMeta
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from pathlib import Path
from types import ModuleType
from typing import Any, Optional

import yaml

PACKAGES = {"tensorflow", "tensorflow_addons", "tensorflow_hub", "tensorflow_text", "keras"}
NEURAL = {"DIETClassifier", "ResponseSelector", "TEDPolicy", "UnexpecTEDIntentPolicy", "ConveRTFeaturizer",
          "LanguageModelFeaturizer"}
"""Rasa's own components that compute with TensorFlow."""


class _Names(ABCMeta):
    """Every attribute of an empty class is an empty class."""

    def __getattr__(cls, name: str) -> type:
        if name.startswith("__"):
            raise AttributeError(name)
        return Empty


class Empty(metaclass=_Names):
    """Stands for whatever TensorFlow has; can be named and subclassed but not made."""

    def __new__(cls, *_: Any, **__: Any) -> Any:
        raise RuntimeError(f"{cls.__name__}: TensorFlow was left out at the start; set CARE_BOT_TENSORFLOW=1")


class _Module(ModuleType):
    __path__: list = []

    def __getattr__(self, name: str) -> type:
        if name.startswith("__"):
            raise AttributeError(name)
        return Empty


class _Finder(MetaPathFinder, Loader):
    def find_spec(self, name: str, path: Any = None, target: Any = None) -> Optional[ModuleSpec]:
        return ModuleSpec(name, self, is_package=True) if name.split(".")[0] in PACKAGES else None

    def create_module(self, spec: ModuleSpec) -> ModuleType:
        return _Module(spec.name)

    def exec_module(self, module: ModuleType) -> None:
        """Nothing to run."""


def wanted(config: Path) -> bool:
    """Whether a configuration names a component that computes with TensorFlow. A broken file is reported later."""
    if os.environ.get("CARE_BOT_TENSORFLOW") == "1":
        return True
    try:
        content = yaml.safe_load(config.read_text(encoding="utf-8"))
        parts = [*(content.get("pipeline") or []), *(content.get("policies") or [])]
    except (OSError, UnicodeDecodeError, yaml.YAMLError, AttributeError, TypeError):
        return False
    return any(str(part.get("name")).split(".")[-1] in NEURAL for part in parts if isinstance(part, dict))


def leave_out(config: Path) -> bool:
    """Leaves TensorFlow out unless the configuration wants it or it is there already; before Rasa is imported.

    Returns:
        Whether it was left out.
    """
    if "tensorflow" in sys.modules or wanted(config):
        return False
    sys.meta_path.insert(0, _Finder())
    return True
