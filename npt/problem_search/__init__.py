"""The search over all problems, and problems like one: what is found, nobody finds who may not open it."""
