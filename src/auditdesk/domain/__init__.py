"""What a case is, as frozen values without input or output."""
