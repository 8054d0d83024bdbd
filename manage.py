"""Django's own entry, for those who know it; `canting` is the same."""

from canting.config.cli import main

if __name__ == "__main__":
    main()
