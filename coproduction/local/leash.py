"""Runs one program that must not outlive whoever started it: leash.py PARENT_PID SIGNAL USER PROGRAM [ARGUMENT ...].

A separate small program because the kernel's "tell me when my parent dies" has to be asked for between fork and exec,
after the user has been changed. USER is "-" to stay who we are. Only Linux can do it; elsewhere the next start
cleans up.
"""

import ctypes  # imported before the user changes: Python itself may be out of that user's reach
import os
import pwd
import sys

PR_SET_PDEATHSIG = 1


def main(parent: str, death_signal: str, user: str, *command: str) -> None:
    libc = ctypes.CDLL(None)
    if user != "-":
        account = pwd.getpwnam(user)
        os.setgroups([])
        os.setgid(account.pw_gid)
        os.setuid(account.pw_uid)
    if sys.platform == "linux":
        libc.prctl(PR_SET_PDEATHSIG, int(death_signal), 0, 0, 0)
        if os.getppid() != int(parent):
            sys.exit("whoever started this program has gone")
    try:
        os.execvp(command[0], command)  # noqa: S606 - no shell is the point
    except OSError as error:
        sys.exit(f"{command[0]}: {error.strerror}")


if __name__ == "__main__":
    main(*sys.argv[1:])
