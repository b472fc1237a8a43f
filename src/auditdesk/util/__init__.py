"""Ground floor: files, clocks, hashes, texts and faults; knows nothing of cases."""
