"""Health is judged by pure functions."""
