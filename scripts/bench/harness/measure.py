"""Runs a command and measures it with what the kernel counts for the process and its children."""
import os
import shutil
import subprocess
import time


class Failure(Exception):
    """A command that failed, or an answer that is wrong."""


class Measured:
    """Wall-clock and CPU seconds, the largest process' peak memory in MB, and what the command printed."""

    def __init__(self, wall, cpu, memory, printed):
        self.wall, self.cpu, self.memory, self.printed = wall, cpu, memory, printed


def pinned(cores):
    """The prefix that keeps a command on the cores; empty where there is no taskset."""
    return ["taskset", "-c", cores] if shutil.which("taskset") else []


def run(command, cores, log, input_file=None):
    """Runs the command and waits for it; its standard error goes to the log.

    The runner itself stays small: a child's peak includes that of the process that forked it until the new program starts.
    """
    with open(log, "wb") as errors, open(input_file or os.devnull, "rb") as given:
        start = time.perf_counter()
        process = subprocess.Popen([*pinned(cores), *command], stdin=given, stdout=subprocess.PIPE, stderr=errors)
        printed = process.stdout.read()
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        process.stdout.close()
    if process.returncode != 0:
        with open(log, encoding="utf-8", errors="replace") as errors:
            raise Failure(f"{os.path.basename(command[0])} ended with {process.returncode}: {errors.read()[-2000:]}")
    # Linux counts in KB, macOS in bytes.
    unit = 1e6 if os.uname().sysname == "Darwin" else 1e6 / 1024
    return Measured(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / unit, printed.decode())
