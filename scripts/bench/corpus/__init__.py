"""The parts of the benchmark's corpus: event templates, accounts with their actors, and the deliveries they make."""
