"""Starts the demo shop: `python -m demo`, on loopback, in a single process."""

import logging
import sys

from demo.server import create_app
from demo.settings import read_settings, with_secret


def main() -> None:
    """Serve until stopped."""
    logging.basicConfig(
        stream=sys.stdout, level=logging.WARNING, format="%(asctime)s %(levelname)s %(name)s %(message)s"
    )
    settings = with_secret(read_settings())
    app = create_app(settings)
    app.run(host=settings.host, port=settings.port, single_process=True, access_log=False, motd=False)


if __name__ == "__main__":
    main()
