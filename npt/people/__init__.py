"""The people of neighbourhood policing: who they are, what they do, and where they are posted.

A *member* is an inspector, a sergeant, a constable (neighbourhood policing officer, NPO; some are
neighbourhood specialist officers, NSOs, who line-manage PCSOs), a police community support officer (PCSO), a
special constable or a volunteer. A *posting* assigns a member to a unit for a span of days, with a role, a
share of full time (*FTE*) and a kind: substantive, temporary, attachment, or that of a student officer. A
member is not an account: an *account* signs in, and a *grant* gives it a role on a unit and everything under
it.

Two groups have a ceiling on abstraction: *officers* 20%, *PCSOs* 5%.

Source: HMIC, Bedfordshire Police inspection report, September 2008, "Neighbourhoods are appropriately
staffed".
"""
