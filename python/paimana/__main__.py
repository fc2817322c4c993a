"""`python -m paimana`: the command line without an installed script."""

from paimana.cli import main

if __name__ == "__main__":
    raise SystemExit(main())
