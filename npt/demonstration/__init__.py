"""The demonstration force: Bedfordshire as published in 2008, believed to be today.

Its structure, strengths and establishments are those of the HMIC report of September 2008; its places are
real, its people, rosters and abstractions invented. It is made as rows of the files that `npt import` reads,
so that it comes in through the same door as real records. One seed and one day always make the same force.
"""
