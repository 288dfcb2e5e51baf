"""Run the command line with ``python -m geoconflict``."""

from geoconflict.cli import main

if __name__ == "__main__":
    main()
