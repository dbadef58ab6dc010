"""Following by e-mail or feed what became of something public."""
