"""Accounts: signing in and out, sessions kept on the server, passwords, and what was sent too late.

An account is a way into the system; it is not a member, and it holds no role until one is granted on a unit.
"""
