"""One file of computed values for each case type, named as the case type."""
