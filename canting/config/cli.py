"""The console command `canting`: `run` serves, every other word is a management command."""

import os
import sys

import django
from django.core.management import call_command, execute_from_command_line
from django.core.management.base import CommandError

from canting.config import server

# Words that people type into an installation that does not exist yet: they make its tables.
FIRST_WORDS = frozenset({"demo", "new"})
# What is imported into a room above the members' has its own command behind the same words.
IMPORTS = {"stock": "import_stock"}


def main() -> None:
    """Run the command named on the command line."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "canting.config.settings")
    if sys.argv[1:2] == ["run"]:
        sys.exit(server.main(sys.argv[2:]))
    if sys.argv[1:2] == ["import"] and (named := IMPORTS.get("".join(sys.argv[2:3]))):
        sys.argv[1:3] = [named]
    if FIRST_WORDS & set(sys.argv[1:2]) and not {"-h", "--help"} & set(sys.argv):
        django.setup()
        try:
            call_command("upgrade", verbosity=0)
        except CommandError as refusal:
            sys.exit(str(refusal))
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
