"""The sockets of this process: one hub, one feed per room, one bounded queue per client."""
