"""Speaks with the extract child of devon-indexer: what the tests of hostile documents and of the corpus share."""
import os
import socket
import struct
import subprocess
import tempfile

import harness

INDEXER = os.path.join(harness.BUILD, "devon-indexer")
# enum extract_type of indexer/extract.h, by the extension of a file
TYPES = {"pdf": 0, "docx": 1, "xlsx": 2, "pptx": 3, "odt": 4, "ods": 4, "odp": 4, "rtf": 5, "txt": 6, "csv": 6,
         "md": 6}
REFUSED, FAILED, EXTRACTED = 3, 4, 65


def receive(s):
    """One frame as (kind, text), or None when the child is gone."""
    def exactly(n):
        got = b""
        while len(got) < n:
            piece = s.recv(n - len(got))
            if not piece:
                return None
            got += piece
        return got
    head = exactly(4)
    frame = head and exactly(struct.unpack("<I", head)[0])
    return frame and (frame[0], frame[5:].decode("utf-8"))


class Child:
    """One child with one file, a path or bytes."""

    def __init__(self, file):
        ours, theirs = socket.socketpair()
        self.socket = ours
        ours.settimeout(60)
        if isinstance(file, bytes):
            with tempfile.TemporaryFile() as f:
                f.write(file)
                f.seek(0)
                self.start(f, theirs)
        else:
            with open(file, "rb") as f:
                self.start(f, theirs)
        self.ready = receive(ours)

    def start(self, file, theirs):
        # The child takes its socket by number; Python's pass_fds keeps the number.
        self.process = subprocess.Popen([INDEXER, "--fd", str(theirs.fileno()), "extract"], stdin=file,
                                        pass_fds=[theirs.fileno()], stderr=subprocess.DEVNULL)
        theirs.close()

    def ask(self, kind, type_number):
        self.socket.sendall(struct.pack("<IBI", 5, kind, type_number))
        return receive(self.socket)

    def __enter__(self):
        return self

    def __exit__(self, *what):
        self.socket.close()
        self.process.wait(30)


def extract(file, extension):
    """("text", words), ("refused", why), ("failed", what) or ("lost", "")."""
    try:
        with Child(file) as child:
            answer = child.ask(64, TYPES[extension])
    except (BrokenPipeError, ConnectionResetError):
        answer = None
    if answer is None:
        return "lost", ""
    return {EXTRACTED: "text", REFUSED: "refused", FAILED: "failed"}[answer[0]], answer[1]
