"""The desk: front door, record, queue and push of Baton."""
