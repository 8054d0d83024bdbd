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
