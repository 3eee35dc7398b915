"""A day of a centre of 500 reps in fast time; `benchmark/simulated_day.py` runs it."""
