"""Mounts: the product, staff accounts, language choice."""

from django.urls import include, path

urlpatterns = [
    path("", include("sessions_app.urls")),
    path("", include("eaa.urls")),
    path("accounts/", include("allauth.urls")),
    path("i18n/", include("django.conf.urls.i18n")),
]
handler400 = "sessions_app.views.errors.not_understood"
handler404 = "sessions_app.views.errors.not_found"
handler500 = "sessions_app.views.errors.trouble"
