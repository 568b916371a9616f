"""What a team writes down of its neighbourhood, so that whoever comes next knows it: the profile.

Some *parts* are written by people: what the neighbourhood is, its key locations, where demand comes from,
signal crimes, what lies behind the figures of crime. Each of them has versions: who wrote it and when, any
two side by side, an old one put back as a new one. Other parts are live, drawn from records when the page is
opened: they belong to other rooms, and the page is put together in `npt.overview`. A profile has an *owner*
and a *review date*: within twelve months somebody signs that it is still right.

Source: HMIC, Bedfordshire Police inspection report, September 2008, which looks for profiles that are kept up
to date. The twelve months are ours.
"""
