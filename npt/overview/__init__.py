"""Composed pages: what a person needs to do now, and what stands around every page.

They stand above the features and join them; a feature never knows that it is shown here.
"""
