"""What neighbourhood policing staff have been trained in, who has checked it, and who is due.

A *programme* is a course of one or more *modules*, kept by a force. A member is *registered* for it,
completes its modules one by one, and has each of them *verified* internally by somebody else; where the
programme has an awarding body, an *external* verification can then be asked for and granted. A programme says
which roles need it, within how many days of taking up the role one registers, after how long without a step a
registration has *stalled*, and for how many months a verification is valid; from these follows who is *due*.

Source: HMIC, Bedfordshire Police inspection report, September 2008: 202 staff registered for the introductory
certificate in neighbourhood management, 18 of them with all seven modules internally verified, 8 who asked
for a record of achievement and external verification; sessions on the SARA model, on SPARK problem records
and on recording abstractions in the duty management system. The names of the modules, and all periods, are
ours: the report gives none, and a force may change them.
"""
