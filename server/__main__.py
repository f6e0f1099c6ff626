"""`python -m server` is the `handsel` command."""

import sys

if __name__ == "__main__":
    try:
        from server.cli.app import main

        main()
    except KeyboardInterrupt:
        sys.exit(130)
