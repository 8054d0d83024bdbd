"""The console command `canting`: `run` serves, every other word is a management command."""

import os
import sys

from django.core.management import execute_from_command_line

from canting.config import server


def main() -> None:
    """Run the command named on the command line."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "canting.config.settings")
    if sys.argv[1:2] == ["run"]:
        sys.exit(server.main(sys.argv[2:]))
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
