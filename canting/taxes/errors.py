"""Every way a tax paper can be refused."""

from django.utils.translation import gettext_lazy as _

from canting.kernel.errors import DomainError


class BadTaxAmount(DomainError):
    code = "taxes.bad_amount"
    message = _("%(amount)s cannot be written here. Write an amount above zero.")


class MoreThanWithheld(DomainError):
    code = "taxes.more_than_withheld"
    message = _("Only %(left)s is still to be paid to the state; %(amount)s is too much.")


class DocumentNeeded(DomainError):
    code = "taxes.document_needed"
    message = _("Write the number and date of the document that says so.")


class NothingWithheld(DomainError):
    code = "taxes.nothing_withheld"
    message = _("Nothing withheld in %(month)s waits for a slip.")


class NoLongerStands(DomainError):
    code = "taxes.no_longer_stands"
    message = _("%(number)s was put right before and no longer stands.")


class SlipGivenOut(DomainError):
    code = "taxes.slip_given_out"
    message = _(
        "The tax of this paper stands on slip %(number)s, which was given out. Put that slip right "
        "first (only cancel it), then this paper."
    )


class OwnNumberNeeded(DomainError):
    code = "taxes.own_number_needed"
    message = _("A VAT payer has a tax number. Write the cooperative's own NPWP.")


class SlipNeeded(DomainError):
    code = "taxes.slip_needed"
    message = _("Write the number that stands on the buyer's slip.")


class NotVatPayer(DomainError):
    code = "taxes.not_vat_payer"
    message = _(
        "On %(day)s the cooperative is no VAT payer (PKP), so %(amount)s of VAT is part of the "
        "price. Write it there, or let the board state the registration under Pajak, Ketetapan."
    )


class FakturTwice(DomainError):
    code = "taxes.faktur_twice"
    message = _(
        "Tax invoice %(faktur)s of %(party)s stands on %(number)s. Open that one, or check the "
        "number."
    )


class InputVatUsed(DomainError):
    code = "taxes.input_vat_used"
    message = _(
        "The input VAT of %(number)s was set off with a payment to the state. Put that payment "
        "right first."
    )


class PaidToSupplier(DomainError):
    code = "taxes.paid_to_supplier"
    message = _(
        "We owe %(party)s less than the VAT of %(number)s: it was paid. Put that payment right first."
    )


class FakturNeeded(DomainError):
    code = "taxes.faktur_needed"
    message = _(
        "VAT of %(amount)s counts only with a tax invoice. Write its number, or write the VAT as "
        "part of the price."
    )
