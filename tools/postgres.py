"""A PostgreSQL server that lives as long as one command: for tests and measurements, not for data.

`python -m tools.postgres COMMAND...` runs the command with CANTING_DATABASE_URL pointing at it;
without a command it prints that line and keeps the server until Ctrl-C.
"""

import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import psycopg

INSTALL = "sudo apt-get install -y --no-install-recommends postgresql"
START_SECONDS = 60
INITDB = ("-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync")
# Nothing of a test outlives the command, so nothing needs to reach the disk (-F: no fsync).
HASTY = ("-F", "-c", "synchronous_commit=off", "-c", "full_page_writes=off")
SERVER = ("-c", "listen_addresses=127.0.0.1", "-c", "max_connections=60")


class NoServer(RuntimeError):
    """PostgreSQL's server programs are not on this machine, or the server did not start."""


def server_programs() -> Path | None:
    """The folder with initdb and postgres, newest version first; None when there is none."""
    folders = [Path(found).resolve().parent for found in [shutil.which("initdb")] if found]
    debian = Path("/usr/lib/postgresql")
    versions = [path for path in debian.glob("*/bin") if path.parent.name.isdigit()]
    folders += sorted(versions, key=lambda path: int(path.parent.name), reverse=True)
    if pg_config := shutil.which("pg_config"):
        answer = subprocess.run(
            [pg_config, "--bindir"], capture_output=True, text=True, check=False
        )
        folders.append(Path(answer.stdout.strip()))
    for folder in folders:
        if (folder / "initdb").exists() and (folder / "postgres").exists():
            return folder
    return None


def unprivileged(folder: Path) -> dict[str, Any]:
    """How to start a process that may own the server: root may not, so `folder` is handed on."""
    if os.geteuid() != 0:
        return {}
    for name in ("postgres", "nobody"):
        with suppress(KeyError):
            account = pwd.getpwnam(name)
            os.chown(folder, account.pw_uid, account.pw_gid)
            return {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}
    raise NoServer("PostgreSQL refuses to run as root, and there is no user postgres or nobody.")


def free_port() -> int:
    """A TCP port of 127.0.0.1 that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def make_role_and_database(port: int, server: subprocess.Popen[Any], log: Path) -> None:
    """Wait for the server, then make the role: no superuser, since those walk past row security."""
    deadline = time.monotonic() + START_SECONDS
    while True:
        try:
            address = f"postgresql://postgres@127.0.0.1:{port}/postgres"
            with psycopg.connect(address, autocommit=True) as connection:
                connection.execute("CREATE ROLE canting LOGIN CREATEDB")
                connection.execute("CREATE DATABASE canting OWNER canting")
            return
        except psycopg.OperationalError as error:
            if server.poll() is not None or time.monotonic() > deadline:
                last = log.read_text(errors="replace")[-2000:]
                raise NoServer(f"PostgreSQL did not start:\n{last}") from error
            time.sleep(0.1)


@contextmanager
def temporary_cluster(*, durable: bool = False) -> Iterator[str]:
    """Start a cluster in a temporary folder, yield its database URL, remove it whatever happens.

    A durable one waits for the disk at every commit, as a real one does: for measurements.
    """
    programs = server_programs()
    if programs is None:
        raise NoServer(f"PostgreSQL's server is not installed. To bring it: {INSTALL}")
    folder = Path(tempfile.mkdtemp(prefix="canting-postgres-"))
    try:
        owner = unprivileged(folder) | {"cwd": folder}
        data, log, port = folder / "data", folder / "log", free_port()
        subprocess.run(
            [programs / "initdb", "-D", data, "-U", "postgres", *INITDB],
            check=True,
            stdout=subprocess.DEVNULL,
            **owner,
        )
        with log.open("wb") as output:
            command = [str(programs / "postgres"), "-D", str(data), "-k", str(folder)]
            command += ["-p", str(port), *SERVER, *(() if durable else HASTY)]
            server: subprocess.Popen[Any] = subprocess.Popen(
                command,
                stdout=output,
                stderr=output,
                start_new_session=True,  # Ctrl-C reaches us first, and we stop it in order
                **owner,
            )
        try:
            make_role_and_database(port, server, log)
            yield f"postgres://canting@127.0.0.1:{port}/canting"
        finally:
            server.send_signal(signal.SIGINT)
            try:
                server.wait(timeout=20)
            except subprocess.TimeoutExpired:
                server.kill()
                server.wait()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def stop_on_terminate() -> None:
    """Turn SIGTERM into an ordinary exit, so that `finally` removes the cluster."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))


def main() -> int:
    """Run the command given with the database's address, or hold the server until Ctrl-C."""
    stop_on_terminate()
    try:
        with temporary_cluster() as url:
            if command := sys.argv[1:]:
                environment = os.environ | {"CANTING_DATABASE_URL": url}
                return subprocess.run(command, env=environment, check=False).returncode
            sys.stdout.write(f"CANTING_DATABASE_URL={url}\n")
            sys.stdout.flush()
            with suppress(KeyboardInterrupt):
                signal.pause()
            return 0
    except NoServer as refusal:
        sys.stderr.write(f"{refusal}\n")
        return 1


if __name__ == "__main__":
    sys.exit(main())
