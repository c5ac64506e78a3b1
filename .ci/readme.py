"""Runs the commands of Markdown files, so that what they say stays true.

Usage: [README_LIMIT=SECONDS] python3 .ci/readme.py FILE...

Each fenced block `sh` runs as one `bash -euo pipefail` in the current directory.
A comment on the line directly above refines it, several are joined with "; ":
  <!-- ci: status N -->                    it must exit with N instead of 0
  <!-- ci: stdin TEXT -->                  standard input, where \\n is a line's end
  <!-- ci: prints -->                      the next fenced block, a `text`, is its stdout;
                                           there ... stands for any text within a line
  <!-- ci: skip REASON -->                 it does not run
  <!-- ci: background NAME until TEXT -->  it runs on once a line with TEXT came, which
                                           may take a third of the limit (60 s) ...
  <!-- ci: stop NAME -->                   ... until this, on its own, or the file's end
"""
import collections, contextlib, os, pathlib, re, signal, subprocess, sys, tempfile, threading

KINDS = {"status": r"(\d+)", "stdin": "(.*)", "prints": "()", "skip": "(.+)", "background": r"(\S+ until .+)"}
BLOCK = re.compile(r"""(?mx)
    ^ (?: [ ]* <!--[ ]*ci:[ ]* (?P<above>.*?) [ ]*--> [ ]* \n )?
      (?P<indent>[ ]*) (?P<fence>```+|~~~+) [ ]* (?P<info>[^`\n]*?) [ ]* \n
      (?P<body>(?s:.*?)) (?: ^ [ ]* (?P=fence)[`~]* [ ]* $ | \Z )
    | ^ [ ]* <!--[ ]*ci:[ ]* (?P<alone>.*?) [ ]*--> [ ]* $""")
LIMIT = float(os.environ.get("README_LIMIT", 60))
running = {}  # the background blocks by name: process, reader of its output, output


def send(process, number):
    with contextlib.suppress(ProcessLookupError, PermissionError):  # ended already; macOS says the latter
        os.killpg(process.pid, number)


def stop(name, output):
    process, reader, printed = running[name]
    status = process.poll()
    send(process, signal.SIGTERM)
    reader.join(LIMIT / 3)  # its output ends with the last of its processes, bash itself may end before
    late = reader.is_alive()
    send(process, signal.SIGKILL)
    process.wait()
    output += printed
    del running[name]
    assert not late, "did not end after SIGTERM"
    assert not status, f"had ended with status {status}"


def text_of(block):
    return re.sub(rf"(?m)^ {{0,{len(block['indent'])}}}", "", block["body"])


def run(block, following, output):
    """Returns the reason if the block is to be skipped; what turns out untrue is an AssertionError."""
    found = {}
    for part in re.split(rf"; (?=(?:{'|'.join(KINDS)})\b)", block["above"]) if block["above"] is not None else ():
        kind, _, rest = part.partition(" ")
        match = re.fullmatch(KINDS.get(kind, "(?!)"), rest)
        assert match and block["info"] == "sh", f"does not fit this block: {part}"
        found[kind] = match[1]
    if "skip" in found:
        return found["skip"]
    prints, (name, _, until) = "prints" in found, found.get("background", "").partition(" until ")
    assert not name or not (prints or "status" in found), "in the background, neither prints nor status can be known"
    assert name not in running, f"{name} runs already"
    assert not prints or following and following["info"] == "text", "no text block follows"
    with tempfile.TemporaryFile() as stdin, tempfile.TemporaryFile() as stderr:
        stdin.write(found.get("stdin", "").replace("\\n", "\n").encode())  # a pipe would break if not read
        stdin.seek(0)
        # In a session of its own, so that its process group holds all of it and nothing else.
        process = subprocess.Popen(["bash", "-euo", "pipefail", "-c", text_of(block)], start_new_session=True, stdin=stdin,
                                   stdout=subprocess.PIPE, stderr=stderr if prints else subprocess.STDOUT)
        timer = threading.Timer(LIMIT / 3 if name else LIMIT, send, (process, signal.SIGKILL))  # ends the loop, too
        timer.start()
        try:
            for line in process.stdout:
                output.append(line)
                if name and until.encode() in line:
                    reader = threading.Thread(target=output.extend, args=(process.stdout,), daemon=True)
                    reader.start()  # as a full pipe would stall the block
                    running[name] = process, reader, output
                    return None
            printed, status = b"".join(output).decode(errors="replace"), process.wait()
            stderr.seek(0)
            output += stderr
        finally:
            timer.cancel()
            if name not in running:
                send(process, signal.SIGKILL)  # also what the block has left behind
                process.wait()
    assert not name, f"did not print: {until}"
    assert status != -signal.SIGKILL, f"did not end within {LIMIT:g} s"
    assert status == int(found.get("status", 0)), f"exit status {status}"
    if prints:  # whatever the ends of lines, where editors remove blanks
        expected, printed = (re.sub(r"(?m)[ \t\r]+$", "", text).rstrip("\n") for text in (text_of(following), printed))
        pattern = "[^\n]*".join(map(re.escape, expected.split("...")))
        assert re.fullmatch(pattern, printed), "did not print the text below the block"


def check(file, counts):
    def report(line, script, act, *arguments):
        output, verdict = [], "ok"
        try:
            reason = act(*arguments, output)
            verdict = "skip" if reason else "ok"
        except AssertionError as failure:
            verdict, reason = "FAIL", failure
        if act is stop and verdict == "ok": return
