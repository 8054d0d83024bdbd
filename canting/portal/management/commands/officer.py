"""`canting officer USERNAME --name NAME --region CODE`: a sign-in for the regency's office.

The officer sees the figures of the cooperatives of the region (such as 35.13), never their people.
The password is asked for, or taken from CANTING_PASSWORD.
"""

import getpass
import os
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import IntegrityError

from canting.cooperatives.services import create_user


class Command(BaseCommand):
    help = "Make a sign-in for an officer of the cooperative office of a region."

    def add_arguments(self, parser: CommandParser) -> None:
        """Who, and which region."""
        parser.add_argument("username")
        parser.add_argument("--name", required=True)
        parser.add_argument("--region", required=True, help="region code, such as 35.13")

    def handle(self, *args: Any, **options: Any) -> None:
        """Make the user; the second factor is set up at the first sign-in."""
        password = os.environ.get("CANTING_PASSWORD") or getpass.getpass("Kata sandi: ")
        try:
            validate_password(password)
            create_user(
                username=options["username"],
                full_name=options["name"],
                password=password,
                officer_of=options["region"],
            )
        except ValidationError as refusal:
            raise CommandError(" ".join(refusal.messages)) from refusal
        except IntegrityError as taken:
            raise CommandError(f"Nama pengguna “{options['username']}” sudah dipakai.") from taken
        self.stdout.write(f"{options['username']} → /dinas/ ({options['region']})")
