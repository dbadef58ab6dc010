"""Pages of Wagtail's admin about people, their roles and what they did."""
