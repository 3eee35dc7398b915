"""Become the supervisord that deploy/ sets up, with the desk alone in it, started by the words of the command line."""

from __future__ import annotations

import os
import sys
from dataclasses import replace

from deploy import programs
from deploy.places import DESK, DESK_PYTHON, SUPERVISORD_CONF
from deploy.settings import write_settings

if __name__ == "__main__":
    [desk] = [program for program in programs.BATON_PROGRAMS if program.name == "desk"]
    programs.BATON_PROGRAMS = (replace(desk, words=tuple(sys.argv[1:])),)
    programs.SHOP_PROGRAMS = ()
    write_settings()
    words = [str(DESK_PYTHON), str(DESK / "bin" / "supervisord"), "-c", str(SUPERVISORD_CONF)]
    os.execv(words[0], words)
