"""The directory of services: records, their places and hours, and what keeps them true."""
