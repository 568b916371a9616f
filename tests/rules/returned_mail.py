"""Mails as servers return them, after the shapes of Postfix, Exim and Exchange; and what is no return."""

KEY = "0123456789abcdef0123456789abcdef"
_OURS = f"""From: Tracker <npt@force.example>
To: Ann Example <ann@town.example>
Subject: News
Message-ID: <{KEY}@force.example>
Auto-Submitted: auto-generated
"""

POSTFIX = f"""Return-Path: <>
Date: Mon, 16 Nov 2026 10:00:05 +0000 (GMT)
From: MAILER-DAEMON@relay.example (Mail Delivery System)
Subject: Undelivered Mail Returned to Sender
To: npt@force.example
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="4A1B.1763287205/relay.example"

This is a MIME-encapsulated message.

--4A1B.1763287205/relay.example
Content-Description: Notification
Content-Type: text/plain; charset=us-ascii

This is the mail system at host relay.example.

<ann@town.example>: host mx.town.example[192.0.2.7] said: 550 5.1.1
    <ann@town.example>: Recipient address rejected: User unknown (in reply to RCPT TO command)

--4A1B.1763287205/relay.example
Content-Description: Delivery report
Content-Type: message/delivery-status

Reporting-MTA: dns; relay.example
X-Postfix-Queue-ID: 4A1B
X-Postfix-Sender: rfc822; npt@force.example
Arrival-Date: Mon, 16 Nov 2026 10:00:00 +0000 (GMT)

Final-Recipient: rfc822; ann@town.example
Original-Recipient: rfc822;ann@town.example
Action: failed
Status: 5.1.1
Remote-MTA: dns; mx.town.example
Diagnostic-Code: smtp; 550 5.1.1 <ann@town.example>: Recipient address rejected:
    User unknown

--4A1B.1763287205/relay.example
Content-Description: Undelivered Message Headers
Content-Type: text/rfc822-headers

Received: from npt.force.example (localhost [127.0.0.1])
{_OURS}
--4A1B.1763287205/relay.example--
"""

EXIM = f"""Return-path: <>
Envelope-to: npt@force.example
X-Failed-Recipients: ann@town.example
Auto-Submitted: auto-replied
From: Mail Delivery System <Mailer-Daemon@relay.example>
To: npt@force.example
References: <{KEY}@force.example>
Content-Type: multipart/report; report-type=delivery-status; boundary=1763287205-eximdsn-804289383
MIME-Version: 1.0
Subject: Mail delivery failed: returning message to sender

--1763287205-eximdsn-804289383
Content-type: text/plain; charset=us-ascii

This message was created automatically by mail delivery software.

A message that you sent could not be delivered to one or more of its
recipients. This is a permanent error. The following address(es) failed:

  ann@town.example
    retry timeout exceeded

--1763287205-eximdsn-804289383
Content-type: message/delivery-status

Reporting-MTA: dns; relay.example

Action: failed
Final-Recipient: rfc822;ann@town.example
Status: 4.4.7
--1763287205-eximdsn-804289383
Content-type: message/rfc822

Return-path: <npt@force.example>
{_OURS}
What is new.
--1763287205-eximdsn-804289383--
"""

OLD_EXIM = f"""Return-path: <>
X-Failed-Recipients: ann@town.example
From: Mail Delivery System <Mailer-Daemon@relay.example>
To: npt@force.example
Subject: Mail delivery failed: returning message to sender

This message was created automatically by mail delivery software.

The following address(es) failed:

  ann@town.example
    SMTP error from remote mail server after RCPT TO:<ann@town.example>:
    host mx.town.example [192.0.2.7]: 550 5.2.1 The mailbox is disabled

------ This is a copy of the message, including all the headers. ------

Return-path: <npt@force.example>
{_OURS}
What is new.
"""

EXCHANGE = f"""From: <postmaster@town.example>
To: <npt@force.example>
Date: Mon, 16 Nov 2026 10:00:09 +0000
Content-Type: multipart/report; report-type=delivery-status;
\tboundary="9B095B5ADSN=_01DC57_MX1.town.example"
X-MS-Exchange-Message-Is-Ndr:
Content-Language: en-GB
Message-ID: <a1b2c3d4-0000-4444-8888-123456789abc@MX1.town.example>
In-Reply-To: <{KEY.upper()}@force.example>
Subject: Undeliverable: News
MIME-Version: 1.0

--9B095B5ADSN=_01DC57_MX1.town.example
Content-Type: multipart/alternative; differences=Content-Type;
\tboundary="c1a0c1a0"

--c1a0c1a0
Content-Type: text/plain; charset="utf-8"
Content-Transfer-Encoding: quoted-printable

Delivery has failed to these recipients or groups:

--c1a0c1a0
Content-Type: text/html; charset="utf-8"

<p>Delivery has failed</p>

--c1a0c1a0--

--9B095B5ADSN=_01DC57_MX1.town.example
Content-Type: message/delivery-status

Reporting-MTA: dns;MX1.town.example
Received-From-MTA: dns;relay.example
Arrival-Date: Mon, 16 Nov 2026 10:00:08 +0000

Original-Recipient: rfc822;ann@town.example
Final-Recipient: rfc822;ann@town.example
Action: failed
Status: 5.7.1
Diagnostic-Code: smtp;550 5.7.1 RESOLVER.RST.NotAuthorized; not authorized
X-Display-Name: Ann Example

--9B095B5ADSN=_01DC57_MX1.town.example
Content-Type: message/rfc822

{_OURS}
What is new.
--9B095B5ADSN=_01DC57_MX1.town.example--
"""

DELAYED = POSTFIX.replace("Action: failed", "Action: delayed").replace("Status: 5.1.1", "Status: 4.4.1")
OF_ANOTHER = POSTFIX.replace(KEY, "20261116.4711")
ABSENCE = f"""From: Ann Example <ann@town.example>
To: npt@force.example
Subject: Automatic reply: News
Auto-Submitted: auto-replied
In-Reply-To: <{KEY}@force.example>

I am away until 550 other things are done.
"""
REPLY = f"""From: Ann Example <ann@town.example>
To: npt@force.example
Subject: Re: News
References: <{KEY}@force.example>
Content-Type: multipart/mixed; boundary=b

--b
Content-Type: text/plain

550 times thank you
--b
Content-Type: message/rfc822

{_OURS}
--b--
"""
CUT_SHORT = POSTFIX[: POSTFIX.index("Diagnostic-Code")]
