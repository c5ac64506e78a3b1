"""Checks readme.py with samples: python3 .ci/readme-test.py"""
import os, pathlib, select, signal, subprocess, sys, tempfile, unittest

README = pathlib.Path(__file__).resolve().with_name("readme.py")
SERVER = "<!-- ci: background web until ready -->\n```sh\nexec 3>alive; echo $$ | tee pid >&3; echo ready; exec cat fifo\n```\n"


class ReadmeTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        os.mkfifo(self.folder / "fifo")  # reading from it never ends
        os.mkfifo(self.folder / "alive")  # we read its end when the last process that has opened it ends
        self.alive = os.open(self.folder / "alive", os.O_RDONLY | os.O_NONBLOCK)
        self.addCleanup(os.close, self.alive)

    def start(self, markdown, limit):
        (self.folder / "A.md").write_text(markdown)
        return subprocess.Popen([sys.executable, README, "A.md"], cwd=self.folder, stdout=subprocess.PIPE, text=True,
                                env={**os.environ, "README_LIMIT": str(limit)})

    def check(self, passed, failed, *blocks, limit=60):
        process = self.start("\n\n".join(blocks), limit)
        output = process.communicate()[0]
        self.assertEqual(output.splitlines()[-1], f"{passed} passed, {failed} failed", output)
        self.assertEqual(process.returncode, 1 if failed else 0, output)
        return output

    def next_sign(self):
        self.assertTrue(select.select([self.alive], [], [], 30)[0], "still alive")
        try:
            return os.read(self.alive, 100)
        except BlockingIOError:  # no end after all: a process has just opened it
            return self.next_sign()

    def assert_ended(self):
        self.assertTrue(self.next_sign(), "never alive")
        while self.next_sign():
            pass

    def test_file(self):
        self.check(2, 0, "<!-- ci: file made/here.txt -->\n```java\nclass A {}\n```", "```sh\ngrep -x 'class A {}' made/here.txt\n```")

    def test_commands(self):
        output = self.check(2, 0, "# Title", "```sh\ntouch made # here\nfalse || true\n```", "- item\n  ```sh\n  cat <<E | grep -x x\n  x\n  E\n  ```",
                            "```java\nfalse\n```", "```text\nfalse\n```", "```\nfalse\n```", "````md\n```sh\nfalse\n```\n````")
        self.assertIn("ok A.md:3 touch made # here\n", output)
        self.assertTrue((self.folder / "made").exists())

    def test_failing_commands(self):
        for script in "false\ntrue", "false | true", "echo $unset_variable", "exit 3":
            output = self.check(1, 1, f"```sh\necho said; echo it >&2\n{script}\n```", "```sh\ntrue\n```")
            self.assertRegex(output, r"FAIL A.md:1 echo said; .*\n(    .*\n)+    said\n    it\n")

    def test_time_limit(self):
        self.assertIn("did not end", self.check(0, 1, "```sh\nexec 3>alive; echo >&3; cat fifo\n```", limit=1))
        self.assert_ended()
        self.check(0, 1, "```sh\nsetsid cat fifo &\n```", limit=1)  # has left the process group, but keeps the output open
        os.close(os.open(self.folder / "fifo", os.O_WRONLY))
        self.check(1, 0, "```sh\nexec >&- 2>&-; sleep 0.1\n```")

    def test_left_behind(self):
        self.check(1, 0, "```sh\nexec 3>alive; echo >&3; cat fifo >/dev/null 2>&1 &\n```")
        self.assert_ended()

    def test_status(self):
        self.check(1, 0, "<!-- ci: status 3 -->\n```sh\nexit 3\n```")
        self.check(0, 2, "<!-- ci: status 3 -->\n```sh\nexit 4\n```", "<!-- ci: status 3 -->\n```sh\ntrue\n```")

    def test_stdin(self):
        self.check(2, 0, "<!-- ci: stdin a; b\\nc -->\n```sh\n[ \"$(cat)\" = $'a; b\\nc' ]\n```", "```sh\n[ -z \"$(cat)\" ]\n```")

    def test_prints(self):
        block = "<!-- ci: prints -->\n```sh\nprintf 'one 1\\n\\n  (two) 2 3\\n'; echo other >&2\n```\n"
        self.check(1, 0, block, "thus:\n```text\none ...\n\n  (two) ... 3\n```")
        for text in "one 1", "one 1\n\n  (two) 2 3\nmore", "one 2\n\n  (two) 2 3", "one...2 3", "one 1\n\n(two) 2 3", "":
            self.assertIn("    other\n", self.check(0, 1, block, f"```text\n{text}\n```"))
        self.check(0, 1, block)
        self.check(0, 1, block, "```java\n...\n\n...\n```", "```text\n...\n\n...\n```")

    def test_joined(self):
        self.check(1, 0, "<!-- ci: stdin a\\n; status 2; prints -->\n```sh\ncat; exit 2\n```", "```text\na\n```")

    def test_skip(self):
        self.assertIn("skip A.md:2 false (takes long; really)", self.check(0, 0, "<!-- ci: skip takes long; really -->\n```sh\nfalse\n```"))

    def test_unknown(self):
        for comment in "sikp it", "status x", "background web", "stop web", "status 3; prints; background web until ready":
            self.check(0, 1, f"<!-- ci: {comment} -->\n```sh\nexit 3\n```")
        self.check(1, 1, "<!-- ci: status 3 -->", "```sh\ntrue\n```")
        self.check(0, 1, "<!-- ci: status 3 -->\n```java\n```")

    def test_background(self):
        self.check(2, 0, SERVER, "```sh\nkill -0 $(cat pid)\n```", "<!-- ci: stop web -->")
        self.assert_ended()
        self.check(4, 0, SERVER, "<!-- ci: stop web -->", "```sh\n! kill -0 $(cat pid)\n```", SERVER, "```sh\nkill -0 $(cat pid)\n```")
        self.assert_ended()
        self.check(1, 1, SERVER, "```sh\nfalse\n```")
        self.assert_ended()

    def test_background_is_read_and_stopped_gently(self):
        for end in "<!-- ci: stop web -->", "The end.":
            self.check(2, 0, "<!-- ci: background web until ready; stdin ready\\n -->\n```sh\ntrap 'touch gently; exit' TERM\ncat >&2\n"
                       "seq 100000\necho >fifo\nwhile :; do read -r <fifo; done\n```", "```sh\ncat fifo\n```", end)
            (self.folder / "gently").unlink()

    def test_background_failures(self):
        self.assertIn("did not print: never", self.check(0, 1, SERVER.replace("until ready", "until never"), limit=1))
        self.assert_ended()
        self.check(0, 1, "<!-- ci: background web until never -->\n```sh\necho ready\n```")
        self.check(1, 1, SERVER, SERVER)
        # It stays a zombie until the stop, since nobody else waits for it.
        output = self.check(2, 1, "<!-- ci: background web until ready -->\n```sh\necho $$ >pid; echo ready; exit 3\n```",
                            "```sh\nuntil grep -q State:.Z /proc/$(cat pid)/status; do :; done\n```", "<!-- ci: stop web -->")
        self.assertIn("had ended with status 3", output)

    def test_interrupted(self):
        for number in signal.SIGINT, signal.SIGTERM:
            process = self.start(SERVER + "\n```sh\nexec 3>alive; echo second >&3; cat fifo\n```\n```sh\n```\n", 60)
            while b"second" not in self.next_sign():
                pass
            process.send_signal(number)
            self.assertIn("(interrupted)", process.communicate()[0])
            self.assertEqual(process.returncode, 1)
            while self.next_sign():
                pass


if __name__ == "__main__":
    unittest.main()
