"""The addresses of sockets."""

from django.urls import path

from sessions_app.live.socket import console_socket, group_socket, room_socket, screen_socket, thread_socket

websocket_urlpatterns = [
    path("live/room/<int:pk>/", room_socket),  # type: ignore[arg-type]
    path("live/console/<int:pk>/", console_socket),  # type: ignore[arg-type]
    path("live/screen/<int:pk>/", screen_socket),  # type: ignore[arg-type]
    path("live/thread/<int:pk>/", thread_socket),  # type: ignore[arg-type]
    path("live/group/<int:pk>/", group_socket),  # type: ignore[arg-type]
]
