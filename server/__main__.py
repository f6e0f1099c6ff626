"""`python -m server` is the `handsel` command."""

from server.cli.app import main

if __name__ == "__main__":
    main()
