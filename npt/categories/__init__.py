"""What matters to people, and what happens to them: one list of categories for the whole product.

Incidents, problems and what people say in the street are sorted by the same list, so that what is reported,
what is worked on and what people talk about can be laid beside each other. A force may add to the list,
rename its categories and close them; what is recorded stays. Which categories ship is ours.
"""
