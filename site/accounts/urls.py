"""My account, my data, my second factor; allauth's own pages follow under the same address."""

from django.urls import path

from accounts import views

app_name = "accounts"
urlpatterns = [
    path("", views.home, name="home"),
    path("mes-donnees/", views.privacy, name="privacy"),
    path("mes-donnees/telecharger/", views.download_personal_data, name="download"),
    path("mes-donnees/effacer/", views.erase, name="erase"),
    path("mes-donnees/accords/<slug:purpose>/", views.change_consent, name="consent"),
    path("double-verification/", views.second_factor, name="second_factor"),
    path("2fa/totp/activate/", views.ActivateTOTP.as_view()),
    path("2fa/webauthn/add/", views.AddWebAuthn.as_view()),
    path("2fa/webauthn/reauthenticate/", views.ReauthenticateWebAuthn.as_view()),
    path("2fa/recovery-codes/download/", views.DownloadRecoveryCodes.as_view()),
    path("login/code/confirm/", views.ConfirmLoginCode.as_view()),
    path("password/reset/confirm/", views.ConfirmPasswordResetCode.as_view()),
    path("confirm-email/", views.ConfirmEmailCode.as_view()),
]
