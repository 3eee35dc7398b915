"""What Rasa loads: the private channel, the understanding of texts, the rendering of answers. Runs on Python 3.10."""
