"""Texts written together: by several people at once, versioned, suggested upon and commented."""
