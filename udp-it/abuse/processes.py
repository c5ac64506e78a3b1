"""Processes, and strace, which makes their system calls fail."""
import contextlib, os, pathlib, signal, subprocess, tempfile

from checks import LeftOut, require, until

STARTED = []


def start(command, **streams):
    process = subprocess.Popen(command, **streams)
    STARTED.append(process)
    return process


def run(*command):
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)


@contextlib.contextmanager
def injected(process, *faults, task=None):
    """Makes calls of a running process, or of its task, fail. At the end, the yielded list has these calls."""
    trace, failed = tempfile.NamedTemporaryFile("r"), []
    options = [word for fault in faults for word in ("-e", "inject=" + fault)]
    target = ["-p", task] if task else ["-f", "-p", str(process.pid)]
    strace = start(["strace", "-qq", "-o", trace.name, *options, *target], stderr=subprocess.DEVNULL)
    until(lambda: is_traced(process, task) or strace.poll() is not None, 10, "strace does not attach")
    if strace.poll() is not None:
        raise LeftOut("strace may not attach to a process here")
    try:
        yield failed
    finally:
        strace.send_signal(signal.SIGINT)
        strace.wait()
    failed += [line for line in trace if "(INJECTED)" in line]
    require(failed, f"{faults} was not injected")


def is_traced(process, task):
    tasks = [task] if task else os.listdir(f"/proc/{process.pid}/task")
    return all("TracerPid:\t0\n" not in pathlib.Path(f"/proc/{process.pid}/task/{each}/status").read_text()
               for each in tasks)
