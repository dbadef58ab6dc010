"""Reads of links: the story a receipt tells, the thread anyone can read, what no longer resolves."""

from consultations.lineage.selectors.checks import DeadLink, Row, compare, dead_links, gaps
from consultations.lineage.selectors.stories import Story, StoryStep, resolve, story
from consultations.lineage.selectors.threads import Entry, Group, Thread, consequences, thread_of

__all__ = [
    "DeadLink",
    "Entry",
    "Group",
    "Row",
    "Story",
    "StoryStep",
    "Thread",
    "compare",
    "consequences",
    "dead_links",
    "gaps",
    "resolve",
    "story",
    "thread_of",
]
