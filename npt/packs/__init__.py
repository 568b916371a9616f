"""Packs: the month of a BCU or force to hand round, as a PDF to print, a workbook with charts, or plain rows.

All three have the figures of the review, and so has `/api/v1/measures`. Source: ours.
"""
