"""What the product costs, always against a bare reference in the same run (`make bench`)."""
