"""What every window stands on: colours, icons, languages, the worker, messages."""
