"""What people fill in about workshops. Forms check shapes; services check rules."""
