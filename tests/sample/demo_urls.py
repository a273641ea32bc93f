"""The addresses of a demo: the project's, and the ready links."""

from django.urls import path

from coproduction import urls as project
from sessions_app.views import demo

urlpatterns = [*project.urlpatterns]
if not any(getattr(pattern, "name", None) == "demo" for pattern in urlpatterns):
    urlpatterns.append(path("demo/<slug:role>/", demo.enter, name="demo"))
handler404, handler500 = project.handler404, project.handler500
