"""Starts the action server (`python -m actions`), or checks a shop's database (`python -m actions check-shop`)."""

import logging
import os
import sys

from actions.check_shop import report
from actions.server import create_app
from actions.settings import SHOP, read_settings


def main() -> None:
    """Serve on loopback until stopped.

    One process: a killed worker of Sanic's would leave its port held and nobody behind it.
    """
    logging.basicConfig(stream=sys.stdout, level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    logging.getLogger("rasa_sdk").setLevel(logging.WARNING)
    logging.getLogger("sanic.root").setLevel(logging.WARNING)
    settings = read_settings()
    app = create_app(settings)
    app.run(host="127.0.0.1", port=settings.port, single_process=True, access_log=False, motd=False)


if __name__ == "__main__":
    if sys.argv[1:] == ["check-shop"]:
        sys.exit(report(os.environ.get("SHOP_DATABASE_URL", SHOP)))
    main()
