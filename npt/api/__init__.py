"""The interface for programs, /api/v1/: the figures that the command line prints, and duty pushed and pulled.

A program shows a *token*, made for an account, and may do what the account may. A *push* is an array of rows
sent under an idempotency key: all of it is saved or nothing, and the same push again has the same answer.
"""
