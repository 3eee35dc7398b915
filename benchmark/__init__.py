"""What Baton manages on this machine: `make benchmark` prints it. Figures are compared within one run, never judged."""
