"""Every form of the product is drawn with our components, never with Django's defaults."""

from typing import Any

from django.forms.renderers import TemplatesSetting
from django.utils.translation import gettext_noop


class WhenAsked:
    """A field that another answer asks for, which the form or the service checks: never said to be optional, nor
    refused alone. Goes before the class of the field."""

    def validate(self, value: Any) -> None:
        if value:
            super().validate(value)  # type: ignore[misc]


class FormRenderer(TemplatesSetting):
    """Renders forms and fields from `templates/django/forms/`; widgets keep Django's templates,
    which Wagtail's admin shares."""

    form_template_name = "django/forms/form.html"
    field_template_name = "django/forms/field.html"


# Django's own messages, said again in plainer French by our catalogue: naming them here keeps them in it.
PLAINER = (
    gettext_noop("This field is required."),
    gettext_noop("Enter a whole number."),
    gettext_noop("Enter a number."),
    gettext_noop("Enter a valid date."),
    gettext_noop("Enter a valid email address."),
    gettext_noop("Enter a valid URL."),
    gettext_noop("Select a valid choice. %(value)s is not one of the available choices."),
    gettext_noop("Select a valid choice. That choice is not one of the available choices."),
    gettext_noop("Ensure this value is greater than or equal to %(limit_value)s."),
    gettext_noop("Ensure this value is less than or equal to %(limit_value)s."),
    gettext_noop("No file was submitted. Check the encoding type on the form."),
    gettext_noop("The submitted file is empty."),
)
