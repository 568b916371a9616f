"""What is said of abstraction by those it concerns: members report it, managers judge it.

What a member *reports* of themselves counts once a supervisor accepts it. A manager says at *review*
whether an abstraction could have been avoided, and reads what the neighbourhoods *lost* by it.

The HMIC report of 2008 wants every deployment away from the neighbourhood recorded and the rate managed;
who reports it and who judges it are our own rules.
"""
