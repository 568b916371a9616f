"""The neighbourhood as its team knows it: who lives there, and which communities.

*Population* is people by self-defined ethnicity, each set of figures with its code system, source and date.
A *community* is a named group of a neighbourhood, with a kind, languages, its share of the population where
that is known, and dated *flags*: vulnerable, emerging, hard to reach. An emerging community is one that
somebody has seen arrive: a person says so, nothing works it out. Once in twelve months somebody *says* which
communities are vulnerable and which emerging, or signs that there are none; silence says nothing. A
*specialist contact* of a force or BCU is whom to ask about something, and is shown beside the communities
that call for it.

Source: HMIC, Bedfordshire Police inspection report, September 2008: its first recommendation asks that
neighbourhood profiles include vulnerable and emerging communities. Periods and forms are ours.
"""
