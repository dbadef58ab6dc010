"""data·inclusion, schema v1: the national exchange format of services, one flat line per structure and per service.

It has no languages, no capacity, no scheme and one place per service: what it cannot say is not exported to it.
"""
