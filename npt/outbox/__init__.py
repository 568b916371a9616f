"""The outbox: letters that wait in the database, senders that hand them to a mail server, what became of
each.

**Queueing.** A letter is queued in the transaction of what causes it, and so is there exactly if its cause
is:

    from npt.outbox.actions import queue
    from npt.outbox.rules import LetterFacts, Topic

    queue(session, LetterFacts(
        identity=f"newsletter-{newsletter.id}-{member.id}",  # queued once only, however often it is asked for
        to_address=member.email, to_name=member.name, subject="…", text="…",
        topic=Topic.NEWSLETTER, path=unit.path,
    ), now=now)

A topic says how often a person is written to (once a day, once a week), until when a letter is worth sending,
and why the person gets it; the sender adds that reason, and the link by which such emails are stopped.

**The daily letter.** A person gets one letter a day at most about their own work, whatever it is about. A
feature says what it has to say to whom, as parts:

    def daily_parts(session, *, today, addresses) -> list[DailyPart]:
        return [DailyPart(account_id=…, path=unit.path, subject="2 actions due", text="These actions are due:
        …")]

`npt remind` (`npt/commands/reminders.py`) collects the parts of every feature in the order of its
`CONTRIBUTORS` and gives them to `queue_daily(session, parts, now=now)`, which joins those of a person into
one letter: the subjects with "; " between, the texts one after the other under one greeting. A part holds no
greeting, no reason and no link to stop it. Whoever has a daily letter of today gets no other, so parts that
come later wait for tomorrow's. Accounts that are closed or want none are left out, here and again when the
letter goes.

**Sending.** `npt send` hands letters in, several at once if wanted. docs/decisions/17-never-twice.md says
what is promised: a letter is claimed, and the claim committed, before it is handed in; nobody else takes it,
not even when its sender dies, but then it is *uncertain*, and only a person has it sent again.

The words, rhythms and limits are ours.
"""
