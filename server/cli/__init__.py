"""The `handsel` command: one module per group of commands, none of which decides anything of the domain."""
