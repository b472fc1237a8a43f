"""Qt models over what the operations answer."""
