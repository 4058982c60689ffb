# Two steps: one that builds, and a small one that runs. Only the finished environment crosses over.

FROM python:3.13-slim AS build
ENV UV_PROJECT_ENVIRONMENT=/srv/venv \
    UV_PYTHON=/usr/local/bin/python3 \
    UV_PYTHON_DOWNLOADS=never \
    UV_COMPILE_BYTECODE=1 \
    UV_LINK_MODE=copy
WORKDIR /build
COPY .ci/bootstrap.py .ci/bootstrap.py
RUN python3 .ci/bootstrap.py
# Dependencies first: they change seldom, and this layer is kept while only our code changes.
COPY pyproject.toml uv.lock ./
RUN .tools/uv sync --locked --no-dev --no-install-project
COPY app app
COPY bot bot
COPY routing routing
COPY models models
RUN .tools/uv sync --locked --no-dev --no-editable

FROM python:3.13-slim
RUN useradd --uid 10001 --no-create-home --home-dir /srv --shell /usr/sbin/nologin pekanbaru \
    && install --directory --owner=pekanbaru --group=pekanbaru /srv/data
COPY --from=build /srv/venv /srv/venv
ENV PATH=/srv/venv/bin:$PATH \
    PYTHONUNBUFFERED=1
# Not /app: a working directory shadows what is installed, and `app` is one of our packages.
WORKDIR /srv
USER pekanbaru
VOLUME /srv/data
EXPOSE 8000
HEALTHCHECK --interval=15s --timeout=5s --start-period=20s --retries=3 \
    CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8000/healthz', timeout=4)"]
CMD ["pekanbaru-smart", "serve", "--host", "0.0.0.0", "--port", "8000"]
