"""What each language writes otherwise than Django: see `FORMAT_MODULE_PATH`."""
