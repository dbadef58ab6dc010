"""Opinions of councils and what becomes of them."""
