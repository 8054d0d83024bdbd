"""Every way the cooperative's house can refuse."""

from django.utils.translation import gettext_lazy as _

from canting.kernel.errors import DomainError


class KeyMissing(DomainError):
    code = "cooperatives.key_missing"
    message = _("This form is too old to be sent. Open the page again; what you typed is kept.")


class KeyReused(DomainError):
    code = "cooperatives.key_reused"
    message = _(
        "This form was sent before with other contents, and that first one holds. "
        "Open the page again to write a second one."
    )


class SlugTaken(DomainError):
    code = "cooperatives.slug_taken"
    message = _(
        "The short name “%(slug)s” is taken or reserved. Choose another, for example %(hint)s."
    )


class BadSlug(DomainError):
    code = "cooperatives.bad_slug"
    message = _(
        "“%(slug)s” cannot be a short name: use 2 to 40 small letters, digits and dashes, "
        "for example batik-rengganis."
    )


class UnknownParameter(DomainError):
    code = "cooperatives.unknown_parameter"
    message = _("There is no parameter “%(name)s”.")


class SourceNeeded(DomainError):
    code = "cooperatives.source_needed"
    message = _("Say by which law or decision “%(name)s” changes, for example RAT 28-03-2026.")


class LicenceNeeded(DomainError):
    code = "cooperatives.licence_needed"
    message = _(
        "%(act)s needs a savings-and-loan licence, which this cooperative has not entered. "
        "The board enters its number under Parameters."
    )


class BadUpload(DomainError):
    code = "cooperatives.bad_upload"
    message = _(
        "The file “%(name)s” was not taken: %(why)s Send a photo (JPG, PNG, WebP) or a PDF up to 8 MB."
    )


class PartyTaken(DomainError):
    code = "cooperatives.party_taken"
    message = _(
        "The number %(number)s already belongs to %(name)s. Leave it empty to get the next free one."
    )


class LinkUsed(DomainError):
    code = "cooperatives.link_used"
    message = _(
        "This link was used before or is too old. Ask the cooperative for a new one; "
        "if you have a PIN already, sign in with your number and PIN."
    )


class PinsDiffer(DomainError):
    code = "cooperatives.pins_differ"
    message = _("The two PINs are not the same. Type the same six digits twice.")


class WeakPin(DomainError):
    code = "cooperatives.weak_pin"
    message = _(
        "This PIN is easy to guess or is not six digits. Choose six digits that are no row "
        "(123456), no repetition (000000, 121212) and no year of birth."
    )


class WrongPin(DomainError):
    code = "cooperatives.wrong_pin"
    message = _(
        "The number or the PIN is not right. Look at your member number (for example A-0117) and "
        "try again. If you forgot the PIN, ask the cooperative for a new link."
    )


class PinLocked(DomainError):
    code = "cooperatives.pin_locked"
    message = _(
        "The PIN was wrong five times, so this sign-in rests for 15 minutes. Wait, or ask the "
        "cooperative for a new link: with it you set a new PIN at once."
    )


class PasswordNeeded(DomainError):
    code = "cooperatives.password_needed"
    message = _(
        "%(name)s has a task that moves money or power, so the way in is user name, password "
        "and second factor, not a PIN."
    )


class OnlyBoardMay(DomainError):
    code = "cooperatives.only_board_may"
    message = _("Only the board gives or takes the role %(role)s. Ask a member of the board.")


class LastOfBoard(DomainError):
    code = "cooperatives.last_of_board"
    message = _("%(name)s is the last one of the board here. Give the role to someone else first.")


class RoleOfMembers(DomainError):
    code = "cooperatives.role_of_members"
    message = _("A member signs in by her own link. Hand it out under Sign-in links.")


class UsernameTaken(DomainError):
    code = "cooperatives.username_taken"
    message = _("The sign-in name “%(username)s” is taken. Choose another, for example %(hint)s.")


class OfOtherHouses(DomainError):
    code = "cooperatives.of_other_houses"
    message = _("%(name)s works for others too and renews the password alone, under Account.")
