"""Runs the commands of Markdown files, so that what they say stays true.

Usage: [README_LIMIT=SECONDS] python3 .ci/readme.py FILE...

Each fenced block `sh` runs as one `bash -euo pipefail` in the current directory.
A comment on the line directly above it changes how; "; " joins several:
  <!-- ci: status N -->                    it must exit with N instead of 0
  <!-- ci: stdin TEXT -->                  its standard input, where \\n ends a line
  <!-- ci: prints -->                      its stdout is the next fenced block, a `text`;
                                           in it, ... stands for any text within a line
  <!-- ci: skip REASON -->                 it does not run
  <!-- ci: file PATH -->                   it does not run; its text is written to that file
                                           (any kind of block)
  <!-- ci: background NAME until TEXT -->  it keeps running after it has printed a line with
                                           TEXT, within a third of the limit (60 s) ...
  <!-- ci: stop NAME -->                   ... until this line without a block, or the end of
                                           the file, sends it SIGTERM
"""
import collections, contextlib, os, pathlib, re, signal, subprocess, sys, tempfile, textwrap, threading

KINDS = {"status": r"(\d+)", "stdin": "(.*)", "prints": "()", "skip": "(.+)", "background": r"(\S+ until .+)", "file": r"(\S+)"}
BLOCK = re.compile(r"""(?mx)
    ^ (?: [ ]* <!--[ ]*ci:[ ]* (?P<above>.*?) [ ]*--> [ ]* \n )?
      (?P<indent>[ ]*) (?P<fence>```+|~~~+) [ ]* (?P<info>[^`\n]*?) [ ]* \n
      (?P<body>(?s:.*?)) (?: ^ [ ]* (?P=fence)[`~]* [ ]* $ | \Z )
    | ^ [ ]* <!--[ ]*ci:[ ]* (?P<alone>.*?) [ ]*--> [ ]* $""")
LIMIT = float(os.environ.get("README_LIMIT", 60))
counts = collections.Counter()
started = []  # all processes
running = {}  # the background blocks by name: process, thread that reads its output, output


def unindented(block):
    return re.sub(rf"(?m)^ {{0,{len(block['indent'])}}}", "", block["body"])


def send(process, number):
    with contextlib.suppress(ProcessLookupError, PermissionError):  # it has ended already; macOS reports a PermissionError then
        os.killpg(process.pid, number)


def interrupt():
    counts["interrupted"] += 1
    for process in started:
        if process.returncode is None:
            send(process, signal.SIGKILL)


def stop(comment, output):
    assert comment.startswith("stop ") and comment[5:] in running, "neither above a block nor the stop of a running one"
    process, reader, printed = running.pop(comment[5:])
    status = process.poll()
    send(process, signal.SIGTERM)
    reader.join(LIMIT / 3)  # the output ends when the last process ends; bash itself may end before
    late = reader.is_alive()
    send(process, signal.SIGKILL)
    process.wait()
    output += printed
    assert not late, "did not end after SIGTERM"
    assert not status, f"had ended with status {status}"


def run(block, following, output):
    """Returns the reason if the block is to be skipped."""
    found = {}
    for part in re.split(rf"; (?=(?:{'|'.join(KINDS)})\b)", block["above"]) if block["above"] is not None else ():
        kind, _, rest = part.partition(" ")
        match = re.fullmatch(KINDS.get(kind, "(?!)"), rest)
        assert match and (block["info"] == "sh" or kind == "file"), f"does not fit this block: {part}"
        found[kind] = match[1]
    if "file" in found:
        pathlib.Path(found["file"]).parent.mkdir(parents=True, exist_ok=True)
        pathlib.Path(found["file"]).write_text(unindented(block), "utf-8")
        return
    if "skip" in found:
        return found["skip"]
    prints, (name, _, until) = "prints" in found, found.get("background", "").partition(" until ")
    assert not name or not (prints or "status" in found), "in the background, neither prints nor status can be known"
    assert name not in running, f"{name} runs already"
    assert not prints or following and following["info"] == "text", "no text block follows"
    with tempfile.TemporaryFile() as stdin, tempfile.TemporaryFile() as stderr:
        stdin.write(found.get("stdin", "").replace("\\n", "\n").encode())  # a file, since a pipe would break if the block does not read it
        stdin.seek(0)
        # A new session, so that the process group has all processes of the block and no others.
        process = subprocess.Popen(["bash", "-euo", "pipefail", "-c", unindented(block)], start_new_session=True, stdin=stdin,
                                   stdout=subprocess.PIPE, stderr=stderr if prints else subprocess.STDOUT)
        started.append(process)
        if counts["interrupted"]:
            send(process, signal.SIGKILL)
        decided, limit = threading.Event(), LIMIT / 3 if name else LIMIT

        def read():  # to the end: a full pipe would stall the block
            for line in process.stdout:
                if b"[warning][perf,memops]" not in line:  # of a JVM that starts at the same time as another
                    output.append(line)
                if name and until.encode() in line:
                    decided.set()
            decided.set()

        reader = threading.Thread(target=read, daemon=True)
        reader.start()
        ended = decided.wait(limit)
        if name and any(until.encode() in line for line in output):
            running[name] = process, reader, output
            return
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(limit if ended else 0)
        send(process, signal.SIGKILL)  # also ends what the block has left running
        status, printed = process.wait(), b"".join(output).decode(errors="replace")
        stderr.seek(0)
        output += stderr
    assert not counts["interrupted"], "interrupted"
    assert not name, f"did not print: {until}"
    assert ended and status != -signal.SIGKILL, f"did not end within {limit:g} s"
    assert status == int(found.get("status", 0)), f"exit status {status}"
    if prints:  # colours do not count, nor blanks at the ends of lines, which editors remove
        expected, printed = (re.sub(r"(?m)\x1b\[[0-9;]*m|[ \t\r]+$", "", text).rstrip("\n") for text in (unindented(following), printed))
        pattern = "[^\n]*".join(map(re.escape, expected.split("...")))
        assert re.fullmatch(pattern, printed), "did not print the text below the block"


def report(where, script, act, *arguments):
    verdict, output = "ok", []
    try:
        reason = act(*arguments, output)
        verdict = "skip" if reason else "ok"
    except AssertionError as failure:
        verdict, reason = "FAIL", failure
    if act is run or verdict == "FAIL":  # a stop that works does not count as a block
        counts[verdict] += 1
        print(verdict, where, script.partition("\n")[0] + (f" ({reason})" if reason else ""), flush=True)
    if verdict == "FAIL":
        shown = f"{script.rstrip()}\n--- output:\n{b''.join(output).decode(errors='replace')}"
        print(textwrap.indent(shown.rstrip(), "    "), flush=True)


# Signals wake a thread. An exception could come after a process has started and before it is in the list of those started.
# A signal handler would run too late, since the main thread may just have begun to wait.
woken, wake = os.pipe()
os.set_blocking(wake, False)
signal.set_wakeup_fd(wake)
for number in signal.SIGINT, signal.SIGTERM, signal.SIGHUP:
    signal.signal(number, lambda *_: None)
threading.Thread(target=lambda: os.read(woken, 1) and interrupt(), daemon=True).start()
try:
    for file in sys.argv[1:] or sys.exit(__doc__):
        text = pathlib.Path(file).read_text("utf-8")
        blocks = [*BLOCK.finditer(text), None]
        for block, following in zip(blocks, blocks[1:]):
            where = f"{file}:{text.count(chr(10), 0, max(block.start(), block.start('fence'))) + 1}"
            if counts["interrupted"]:
                break
            if block["alone"] is not None:
                report(where, block["alone"], stop, block["alone"])
            elif block["info"] == "sh" or block["above"] is not None:
                report(where, unindented(block), run, block, following)
        for name in [*running]:
            report(f"{file}:end", f"stop {name}", stop, f"stop {name}")
    print(f"{counts['ok']} passed, {counts['FAIL']} failed")
    sys.exit(counts["FAIL"] + counts["interrupted"] > 0)
finally:
    interrupt()
