"""Runs commands for compare.py from a small process of its own.

The kernel counts a parent's memory as its child's until the child has become another program, so a
parent that holds numpy would show in every peak. Reads one JSON list of words per line; answers
each with seconds, peak memory, exit status, and the files that hold what was printed.
"""

import json
import os
import sys
import time


def launch(command):
    start = time.perf_counter()
    out, err = (os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC) for path in sys.argv[1:3])
    actions = [(os.POSIX_SPAWN_DUP2, out, 1), (os.POSIX_SPAWN_DUP2, err, 2)]
    pid = os.posix_spawn(command[0], command, os.environ, file_actions=actions)
    _, status, usage = os.wait4(pid, 0)
    os.close(out)
    os.close(err)
    seconds = time.perf_counter() - start
    return [seconds, usage.ru_maxrss / 1024, os.waitstatus_to_exitcode(status)]


for line in sys.stdin:
    print(json.dumps(launch(json.loads(line))), flush=True)
