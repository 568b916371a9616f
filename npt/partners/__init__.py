"""Partner agencies: who works beside the police, in which groups, and what is shared with whom.

An agency (a council, a fire service, a housing association) owns problems and actions beside the police;
crime and disorder reduction partnerships (CDRPs) are its groups. Agencies are dated and have successors like
units: in April 2009 two unitary councils replaced the county and its districts. All forces know the same
ones. A share is a record, and a scope of its own: it opens one matter to one agency at one level until it
ends, and what could be seen on any day is told by the shares themselves.
"""
