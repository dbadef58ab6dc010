"""From what was said to what was done: pages that read across every app below, and write nothing."""
