#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs a program with its stderr on a terminal of 60 columns and passes on what it writes there and on stdout.

terminal.py [--interrupt-at TEXT] PROGRAM ARGUMENT...
Ends with the program's exit code. With --interrupt-at the program gets Ctrl+C's signal once TEXT has been on the terminal.
"""
import fcntl
import os
import pty
import signal
import struct
import subprocess
import sys
import termios

arguments = sys.argv[1:]
awaited = None
if arguments[0] == "--interrupt-at":
    awaited = arguments[1].encode()
    arguments = arguments[2:]
ours, theirs = pty.openpty()
fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 60, 0, 0))
program = subprocess.Popen(arguments, stderr=theirs)
os.close(theirs)
seen = b""
while True:
    try:
        piece = os.read(ours, 4096)
    except OSError:  # Linux: nobody has the terminal open any more
        break
    if not piece:
        break
    sys.stderr.buffer.write(piece)
    seen += piece
    if awaited and awaited in seen:
        program.send_signal(signal.SIGINT)
        awaited = None
sys.stderr.flush()
sys.exit(program.wait())
