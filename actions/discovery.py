"""Which actions there are: a new subject is a new file in this folder and nothing else."""

import importlib
import pkgutil

import actions
from actions.turn import TurnAction


def all_actions() -> list[type[TurnAction]]:
    """Each action of each module beside this one."""
    for module in pkgutil.iter_modules(actions.__path__, "actions."):
        if not module.name.endswith("__"):
            importlib.import_module(module.name)
    return TurnAction.all_actions()
