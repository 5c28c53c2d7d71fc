"""Loa: from YAML campaigns to a public website and every printed piece. Start reading at `build.py`."""
