"""Work: the one register of actions, and the one mechanism of clocks, for every feature.

An *action* is something to be done by an *owner* (a member, the account of a partner, an agency) until a day,
for a *matter* such as a problem or a document, or for a unit alone. A *clock* runs from an instant to a limit
set by a rule (72 hours for a reply, three months for a priority), can be paused while somebody else has to
answer, and is *in breach* once it is past due and not ended. The HMIC report of 2008 found actions kept with
the paper that they came from, and promises without anybody who looked at the date: one register and one list
of breaches are our answer.
"""
