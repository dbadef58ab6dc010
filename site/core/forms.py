"""Every form of the product is drawn with our components, never with Django's defaults."""

from django.forms.renderers import TemplatesSetting


class FormRenderer(TemplatesSetting):
    """Renders forms and fields from `templates/django/forms/`; widgets keep Django's templates,
    which Wagtail's admin shares."""

    form_template_name = "django/forms/form.html"
    field_template_name = "django/forms/field.html"
