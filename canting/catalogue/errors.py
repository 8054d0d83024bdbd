"""Every way the catalogue can refuse."""

from django.utils.translation import gettext_lazy as _

from canting.kernel.errors import DomainError


class CodeTaken(DomainError):
    code = "catalogue.code_taken"
    message = _(
        "The item code %(number)s already belongs to %(name)s. Choose another, or leave it empty."
    )


class NameTaken(DomainError):
    code = "catalogue.name_taken"
    message = _("There is already an item “%(name)s” (%(number)s). Use it, or add what differs.")


class NameNeeded(DomainError):
    code = "catalogue.name_needed"
    message = _("An item needs a name, for example Mori primissima.")


class UnknownKind(DomainError):
    code = "catalogue.unknown_kind"
    message = _(
        "“%(kind)s” is no kind of item. Choose cloth, wax, dye, tool, product or by-product."
    )


class UnknownUnit(DomainError):
    code = "catalogue.unknown_unit"
    message = _(
        "%(item)s is kept in %(base)s and has no unit “%(unit)s”. "
        "Use one of %(known)s, or say on the item's page how many %(base)s one %(unit)s holds."
    )


class BadFactor(DomainError):
    code = "catalogue.bad_factor"
    message = _(
        "One %(unit)s of %(item)s cannot hold %(factor)s %(base)s. Write a number above zero, "
        "for example 16,002."
    )


class FixedUnit(DomainError):
    code = "catalogue.fixed_unit"
    message = _("One %(unit)s is always %(factor)s %(base)s; it cannot be set for one item.")


class NoPrice(DomainError):
    code = "catalogue.no_price"
    message = _(
        "%(item)s has no price on the list “%(list)s”%(grade)s on %(date)s. "
        "Write it under Daftar harga with a date from which it holds."
    )


class BadPrice(DomainError):
    code = "catalogue.bad_price"
    message = _("The price %(price)s of %(item)s cannot be used: a price is above Rp0.")


class UnknownList(DomainError):
    code = "catalogue.unknown_list"
    message = _("There is no price list “%(list)s”. Choose one of %(known)s.")


class BadGrade(DomainError):
    code = "catalogue.bad_grade"
    message = _("“%(grade)s” is no grade. Write A, B or C, or leave it empty for every grade.")


class BadNorm(DomainError):
    code = "catalogue.bad_norm"
    message = _("The norm of %(item)s for %(product)s cannot be %(quantity)s. Write 0 or more.")


class NotAProduct(DomainError):
    code = "catalogue.not_a_product"
    message = _("%(item)s is no product; only a product has a norm of material per piece.")


class NotAMaterial(DomainError):
    code = "catalogue.not_a_material"
    message = _("%(item)s is no material; a norm counts cloth, wax, dye or tools.")


class BadRows(DomainError):
    code = "catalogue.bad_rows"
    message = _("Nothing was saved: %(count)s rows need care. The first: %(first)s")


class BannedItem(DomainError):
    code = "catalogue.banned_item"
    message = _(
        "%(item)s is banned since %(since)s (%(by)s). Take another, send it back to the supplier, "
        "or count it out of the store."
    )


class BanNeedsSource(DomainError):
    code = "catalogue.ban_needs_source"
    message = _("Say by which rule or decision %(item)s is banned.")


class NotASubstitute(DomainError):
    code = "catalogue.not_a_substitute"
    message = _(
        "%(other)s cannot stand in for %(item)s: both must be materials of the same kind, kept in "
        "the same unit."
    )


class RecipeNeedsLines(DomainError):
    code = "catalogue.recipe_needs_lines"
    message = _("Write at least the dye itself, with how much of it.")


class RecipeTaken(DomainError):
    code = "catalogue.recipe_taken"
    message = _("There is a recipe called “%(name)s” already. Give this one another name.")


class BadRange(DomainError):
    code = "catalogue.bad_range"
    message = _(
        "Of %(item)s between %(least)s and %(most)s cannot be: write amounts above zero, the "
        "lightest first."
    )


class TwiceInRecipe(DomainError):
    code = "catalogue.twice_in_recipe"
    message = _("%(item)s stands twice in the recipe. Write it once, with all of it.")


class BadMeasures(DomainError):
    code = "catalogue.bad_measures"
    message = _("“%(measures)s” is no amount to dye. Write one above zero, such as 2,4.")
