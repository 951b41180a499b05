"""The parts of the benchmark's runner: preparation, engines, measuring and the report."""
