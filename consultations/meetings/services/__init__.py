"""Every write of meetings. Nothing with legal life is deleted."""
