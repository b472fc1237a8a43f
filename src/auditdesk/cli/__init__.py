"""The command line, the other face of the operations."""
