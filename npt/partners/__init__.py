"""Partner agencies: who works beside the police, in which groups, and what is shared with whom.

An agency (a council, a fire service, a housing association) owns problems and actions beside the police;
crime and disorder reduction partnerships (CDRPs) are its groups. Agencies are dated and have successors, as
units do: in April 2009 two unitary councils replaced the county and its districts. All forces have the same.
"""
