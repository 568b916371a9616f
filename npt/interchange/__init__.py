"""Exchange with other systems.

A *profile* is what another system calls things: its columns, its codes of reasons and teams, how it writes
a date and time and in which zone. With it a file of that system is read like one of ours. A *calendar* of
another system is read as the shifts of one member. The other way, records leave in the layout in which
London's police publish theirs.
"""
