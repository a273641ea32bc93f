"""The addresses of a demo: the project's, the ready links, and the page of components."""

from django.urls import path

from coproduction import urls as project
from sessions_app.views import components, demo

urlpatterns = [*project.urlpatterns]
if not any(getattr(pattern, "name", None) == "demo" for pattern in urlpatterns):
    urlpatterns += [
        path("components/", components.components, name="components"),
        path("demo/<slug:role>/", demo.enter, name="demo"),
    ]
handler404, handler500 = project.handler404, project.handler500
