"""Wagtail's listings and forms in front of our services."""

from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.http import HttpResponse
from wagtail.permission_policies import ModelPermissionPolicy


class LimitedPolicy(ModelPermissionPolicy):
    """Only some actions exist, whoever asks: what a service does not offer, no form does."""

    def __init__(self, model: Any, actions: frozenset[str]) -> None:
        super().__init__(model)
        self.actions = actions

    def user_has_permission(self, user: Any, action: str) -> bool:
        return action in self.actions and super().user_has_permission(user, action)


class ServiceViewMixin:
    """A create or edit view that writes through `call_service`; what the service refuses is said in the form."""

    form: Any
    request: Any

    def call_service(self, values: dict[str, Any]) -> Any:
        raise NotImplementedError

    def save_instance(self) -> Any:
        return self.call_service(self.form.cleaned_data)

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            return super().form_valid(form)  # type: ignore[misc]
        except ValidationError as error:
            for name, texts in _messages(error).items():
                form.add_error(name if name in form.fields else None, texts)
            self.produced_error_message = self.get_error_message()  # type: ignore[attr-defined]
            return self.form_invalid(form)  # type: ignore[attr-defined]


def _messages(error: ValidationError) -> dict[str, list[str]]:
    return error.message_dict if hasattr(error, "error_dict") else {NON_FIELD_ERRORS: error.messages}
