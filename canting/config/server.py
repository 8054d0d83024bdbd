"""`canting run`: bring the database up to date, then serve pages and back up once a day."""

import argparse
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from io import StringIO
from types import FrameType

import django
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection

FIRST_PORT = 8000
LAST_PORT = 8099
STOP_SECONDS = 10
BACKUP_CHECK_SECONDS = 3600


def main(arguments: Sequence[str]) -> int:
    """Serve until Ctrl-C or SIGTERM; the answer is the exit status."""
    options = read_options(arguments)
    port = options.port or first_free_port(options.host)
    django.setup()
    try:
        call_command("upgrade", verbosity=0)
    except CommandError as refusal:
        sys.exit(str(refusal))
    call_command("collectstatic", verbosity=0, interactive=False)
    if options.demo:
        call_command("demo", if_empty=True)
    sys.stdout.write(f"\nCanting is at {address(options.host, port)}  (stop with Ctrl-C)\n")
    sys.stdout.flush()
    signal.signal(signal.SIGTERM, leave)
    with child(server_command(options.host, port, options.workers)) as server:
        try:
            return serve(server)
        except KeyboardInterrupt:
            return 0


def serve(server: subprocess.Popen[bytes]) -> int:
    """Wait for the server's end; meanwhile once an hour see to the day's backup."""
    while True:
        if connection.vendor == "sqlite":
            call_command("backup", daily=True, stdout=StringIO())
            connection.close()
        try:
            return server.wait(timeout=BACKUP_CHECK_SECONDS)
        except subprocess.TimeoutExpired:
            continue


def read_options(arguments: Sequence[str]) -> argparse.Namespace:
    """The options of `canting run`."""
    parser = argparse.ArgumentParser(prog="canting run", description=__doc__)
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (%(default)s)")
    parser.add_argument("--port", type=int, help=f"default: the first free one from {FIRST_PORT}")
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1, help="(%(default)s)")
    parser.add_argument(
        "--demo", action="store_true", help="fill an empty database with the demonstration"
    )
    return parser.parse_args(arguments)


def first_free_port(host: str, first: int = FIRST_PORT, last: int = LAST_PORT) -> int:
    """The first port in the range that nobody listens on; exits with a sentence when none is."""
    for port in range(first, last + 1):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((host, port))
            except OSError:
                continue
            return port
    sys.exit(f"No port from {first} to {last} is free. Name one with --port.")


def address(host: str, port: int) -> str:
    """What to type into the browser."""
    return f"http://{'localhost' if host in {'127.0.0.1', '0.0.0.0'} else host}:{port}/"


def server_command(host: str, port: int, workers: int) -> list[str]:
    """One process a core and one thread in each, which is the quickest for plain Django."""
    return [
        *(sys.executable, "-m", "granian", "canting.config.wsgi:application"),
        *("--interface", "wsgi", "--host", host, "--port", str(port)),
        *("--workers", str(workers), "--blocking-threads", "1"),
        *("--log-level", "warning"),
    ]


@contextmanager
def child(command: list[str]) -> Iterator[subprocess.Popen[bytes]]:
    """A process that ends with us: asked first, so that it can stop its own workers."""
    # In a session of its own, Ctrl-C reaches it through us, once.
    process = subprocess.Popen(command, start_new_session=True)
    try:
        yield process
    finally:
        process.terminate()
        try:
            process.wait(timeout=STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def leave(_signal: int, _frame: FrameType | None) -> None:
    """Turn SIGTERM into Ctrl-C, so that the server is stopped in order."""
    raise KeyboardInterrupt
