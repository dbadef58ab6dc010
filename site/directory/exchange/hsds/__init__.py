"""HSDS 3.1, the Human Services Data Specification of Open Referral: its objects, its tables, and back.

What HSDS has no field for travels in attributes whose terms are ours, so that nothing is lost on the way.
"""
