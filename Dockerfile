# One image for web, worker, clock and migrations. docs/deploy.md says how it is used.

# The typeface: one package, pinned by package-lock.json.
FROM node:22-bookworm-slim AS face
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --ignore-scripts --no-audit --no-fund

FROM python:3.12-slim-bookworm
ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
WORKDIR /app
COPY requirements/base.txt requirements/
RUN pip install --require-hashes -r requirements/base.txt
COPY manage.py ./
COPY coproduction/ coproduction/
COPY eaa/ eaa/
COPY sessions_app/ sessions_app/
COPY templates/ templates/
COPY static/ static/
COPY locale/ locale/
COPY --from=face /app/node_modules/ node_modules/
# The key is only there because settings refuse to be read without one; nothing is signed with it.
RUN python -m coproduction.local.catalogues compile \
    && SECRET_KEY=only-for-collecting-files python manage.py collectstatic --no-input --verbosity 0 \
    && useradd --system --uid 10001 --no-create-home app \
    && install -d -o app -g app /srv/static \
    && install -d -o app -g app -m 700 /srv/exports
ENV EXPORT_FOLDER=/srv/exports
USER app
EXPOSE 8000
CMD ["python", "-m", "coproduction.serve", "--host", "0.0.0.0", "--port", "8000"]
