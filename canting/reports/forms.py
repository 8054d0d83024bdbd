"""What is typed for the notes."""

from django import forms
from django.utils.translation import gettext_lazy as _

from canting.reports.rules.notes import MOST_SIGNS


class NoteForm(forms.Form):
    """The text of one section; empty lines part paragraphs."""

    text = forms.CharField(
        label=_("Text of this section"),
        required=False,
        max_length=MOST_SIGNS,
        widget=forms.Textarea(attrs={"rows": 14}),
        help_text=_("It stands in the notes of this year and of later years until it is changed."),
    )
