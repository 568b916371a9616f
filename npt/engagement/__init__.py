"""Whom the teams hear: contacts in the street, patrols, five a day, and the mix of voices.

A *contact* is a conversation with somebody: what matters to them, which community or ethnic group they belong
to as far as they said, and whether they want an answer. A *patrol* is time spent in a neighbourhood on foot,
cycle and so on. *Five a day* is how many people each officer and PCSO asks on a duty day that they mostly
spend in their neighbourhood; a day on which somebody signs that they asked nobody is not the same as one of
which nothing is recorded. The *mix* lays those who were heard beside those who live there.

Source: HMIC, Bedfordshire Police inspection report, September 2008: officers and PCSOs of C division ask five
people a day. When a day is expected, what is late, and how long words are kept, is ours.
"""
