"""Every way the portal can refuse."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from canting.kernel.errors import DomainError


class NotEmpty(DomainError):
    code = "portal.not_empty"
    message = _(
        "This installation holds data already (%(what)s). A backup is restored into an empty place: "
        "set CANTING_HOME to a new folder and run the command again."
    )


class NotABackup(DomainError):
    code = "portal.not_a_backup"
    message = _("%(name)s is not a backup of Canting: %(why)s")


class BackupDamaged(DomainError):
    code = "portal.backup_damaged"
    message = _("The backup %(name)s does not match its own list: %(what)s. Nothing was restored.")


class BackupNeedsSqlite(DomainError):
    code = "portal.backup_needs_sqlite"
    message = _(
        "This installation keeps its data in PostgreSQL: back it up with pg_dump, and the folder %(files)s."
    )


class UpgradeFailed(DomainError):
    code = "portal.upgrade_failed"
    message = _(
        "The upgrade stopped at the step %(step)s (%(why)s). Your data are as they were before it, "
        "and the former version of Canting runs on them. A copy is kept in %(copy)s. Send this "
        "sentence to whoever helps you, and try the upgrade again with the next version."
    )


class UpgradeFailedOnServer(DomainError):
    code = "portal.upgrade_failed_on_server"
    message = _(
        "The upgrade stopped at the step %(step)s (%(why)s). That step changed nothing; the steps "
        "before it stand. To run the former version again, restore the dump taken before."
    )


class NoSuchCooperative(DomainError):
    code = "portal.no_such_cooperative"
    message = _("There is no cooperative “%(name)s”. Known are: %(known)s.")


class OpeningSigned(DomainError):
    code = "portal.opening_signed"
    message = _(
        "The opening was signed by %(name)s on %(date)s and stands. Put a mistake right with a "
        "journal entry, or with Betulkan on the paper."
    )


class OpeningDiffers(DomainError):
    code = "portal.opening_differs"
    message = _(
        "The opening cannot be signed: the two sides differ by %(amount)s. Look for the step "
        "that is missing, or where an amount was typed wrong."
    )


class OldBookDiffers(DomainError):
    code = "portal.old_book_differs"
    message = _(
        "The opening cannot be signed: %(what)s is %(here)s here and %(old)s in the old book."
    )


class OldBookMissing(DomainError):
    code = "portal.old_book_missing"
    message = _(
        "Type the total assets of the old book first, so that both can be compared before signing."
    )


class NothingOpened(DomainError):
    code = "portal.nothing_opened"
    message = _(
        "Nothing has been entered yet, so there is nothing to sign. Begin with cash and bank."
    )


class NotPrepared(DomainError):
    code = "portal.not_prepared"
    message = _("Somebody has to say first that the opening is ready to be signed.")


class SameSigner(DomainError):
    code = "portal.same_signer"
    message = _(
        "%(name)s prepared this opening, so somebody else signs it. Give a second manager or "
        "board member access under Officers."
    )


class DraftWaiting(DomainError):
    code = "portal.draft_waiting"
    message = _(
        "A table that was read from a sheet is not saved yet (%(step)s). Save it or drop it first."
    )


class WhoUnknown(DomainError):
    code = "portal.who_unknown"
    message = _("“%(typed)s” is not in the list of %(kind)s. Type the number or the full name.")


class WhoSeveral(DomainError):
    code = "portal.who_several"
    message = _("“%(typed)s” is the name of several: %(numbers)s. Type the number.")


class WhoDiffers(DomainError):
    code = "portal.who_differs"
    message = _("%(number)s is %(name)s, not “%(typed)s”. Put the number or the name right.")


class NothingRead(DomainError):
    code = "portal.nothing_read"
    message = _("No column of this sheet is known here. It has: %(found)s. Needed are: %(needed)s.")


class LabelElsewhere(DomainError):
    code = "portal.label_elsewhere"
    message = _(
        "The label %(label)s already stands for another cloth (%(item)s). Leave it empty to get a "
        "new one."
    )


class NameMissing(DomainError):
    code = "portal.name_missing"
    message = _(
        "A cooperative needs a name, and its first manager a full name and a name to sign in with."
    )


class UsernameTaken(DomainError):
    code = "portal.username_taken"
    message = _(
        "Somebody signs in as “%(username)s” already, with another password. Choose another name "
        "to sign in with, or type that person's password."
    )


class PasswordWeak(DomainError):
    code = "portal.password_weak"
    message = _("This password is too easy to guess: %(why)s Choose a sentence that you remember.")


class TooManyRows(DomainError):
    code = "portal.too_many_rows"
    message = _(
        "%(count)s rows are too many for one page (at most %(most)s). Enter the rest of the "
        "members with their savings through the import of members."
    )


class LastManager(DomainError):
    code = "portal.last_manager"
    message = _(
        "%(name)s is the only manager. Make somebody else manager first, then end this role."
    )


class NoticeEmpty(DomainError):
    code = "portal.notice_empty"
    message = _("Write in a sentence or two what the members should know.")


class NoticeTooLong(DomainError):
    code = "portal.notice_too_long"
    message = _(
        "The notice has %(count)s signs; a phone shows at most %(most)s at a glance. Shorten it."
    )


class NoticeIsOver(DomainError):
    code = "portal.notice_is_over"
    message = _("%(day)s has passed: nobody would see the notice. Choose today or a later day.")


class InvoiceOfTwo(DomainError):
    code = "portal.invoice_of_two"
    message = _("The invoice %(number)s stands here for %(names)s. An invoice has one buyer.")


class DownPaymentAlone(DomainError):
    code = "portal.down_payment_alone"
    message = _(
        "A down payment belongs to its order, so that the invoices use it. Leave it out here, and "
        "type it in the step “Open orders” with the order, in the column “Down payment received”."
    )


class UnbilledAlone(DomainError):
    code = "portal.unbilled_alone"
    message = _(
        "Cloth that was accepted but not invoiced has no invoice to be paid by. Write its invoice "
        "in the old book, and type it here as a claim on the buyer with the invoice's number."
    )


class AdvanceAlone(DomainError):
    code = "portal.advance_alone"
    message = _(
        "A production advance belongs to its contract: product, pieces, agreed price and share. "
        "Leave it out here and count its amount as cash of the first day; then write the contract "
        "under “Production advance” on that day, from the same cash place."
    )


class AdvancesBrought(DomainError):
    code = "portal.advances_brought"
    message = _(
        "The first day cannot move while down payments of the old book stand on it: %(numbers)s. "
        "Cancel them with Betulkan, move the day, then receive them again with their orders."
    )


# What a bare opening balance is told, by the role of its account.
ALONE: Mapping[str, type[DomainError]] = {
    "down_payment": DownPaymentAlone,
    "unbilled": UnbilledAlone,
    "advance_maker": AdvanceAlone,
}


class StepSaved(DomainError):
    code = "portal.step_saved"
    message = _(
        "“%(step)s” of the opening is saved already. Read the file on its page, where both are "
        "seen together."
    )


class AlreadyBooked(DomainError):
    code = "portal.already_booked"
    message = _(
        "“%(name)s” was booked already, by %(who)s on %(date)s, as old book %(number)s. Take that one "
        "back first if it must be booked anew."
    )


class NotBooked(DomainError):
    code = "portal.not_booked"
    message = _(
        "“%(name)s” does not stand as this act needs it: only a file that is booked can be taken back, "
        "and only one that is not can be thrown away. Open the list of old books to see how it stands."
    )


class NothingToBook(DomainError):
    code = "portal.nothing_to_book"
    message = _("Nothing of “%(name)s” is left to be booked: look at the rows that are left out.")


class RowRefused(DomainError):
    code = "portal.row_refused"
    message = _("Row %(row)s: %(why)s")


class UndoNeedsWhy(DomainError):
    code = "portal.undo_needs_why"
    message = _("Say in a few words why the old book is taken back: the reason stays beside it.")


class StillToAnswer(DomainError):
    code = "portal.still_to_answer"
    message = _(
        "Nothing is booked: %(count)s things are still to be answered. The first: %(first)s"
    )


class ControlMissing(DomainError):
    code = "portal.control_missing"
    message = _(
        "Type the total that the old book itself says (here %(here)s is read): it is compared before "
        "anything is booked."
    )


class ControlDiffers(DomainError):
    code = "portal.control_differs"
    message = _(
        "The old book says %(old)s, the rows to be booked add up to %(here)s: a difference of "
        "%(difference)s. Nothing is booked; look for the row or the figure."
    )


class CashDiffers(DomainError):
    code = "portal.cash_differs"
    message = _(
        "The old cash book begins with %(old)s, but %(place)s holds %(here)s here on that evening: a "
        "difference of %(difference)s. Put the opening of the cash right, or the row of the old book."
    )


class BelowNothing(DomainError):
    code = "portal.below_nothing"
    message = _(
        "Row %(row)s, %(column)s: %(name)s would stand at %(left)s. An earlier row is missing, or this "
        "one is too much: type it right, or leave it out."
    )


class OldBooksBooked(DomainError):
    code = "portal.old_books_booked"
    message = _(
        "The first day cannot move while old books are booked on it: %(names)s. Take them back, move "
        "the day, then book them again: what was answered about them is kept."
    )


class ChartUnread(DomainError):
    code = "portal.chart_unread"
    message = _(
        "The sheet has the columns %(found)s. A chart of accounts needs a column of codes (kode) and "
        "one of names (nama)."
    )


class CodeNotText(DomainError):
    code = "portal.code_not_text"
    message = _(
        "Row %(row)s, %(column)s: a spreadsheet made “%(value)s” of an account code, so its signs are "
        "lost. Make the column text, type the code again and bring the file once more."
    )
