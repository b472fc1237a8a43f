"""The law as data: packs, parameters by date, and the judging of a case."""
