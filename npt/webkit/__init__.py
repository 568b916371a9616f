"""The web floor: pages with declared routes, forms, the GOV.UK bridge, filters, error pages, extensions."""
