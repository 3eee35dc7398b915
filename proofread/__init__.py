"""Reads the writers' files before anything is made of them: what is wrong, where, and what to do, in plain words."""
