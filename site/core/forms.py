"""Every form of the product is drawn with our components, never with Django's defaults."""

from django.forms.renderers import TemplatesSetting


class FormRenderer(TemplatesSetting):
    """Renders fields, errors and widgets from `templates/django/forms/`."""
