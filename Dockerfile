# syntax=docker/dockerfile:1
# The service in a container: locked dependencies with their hashes, no tools to build with in what
# runs, not root, and a file system that may be read-only but for /data and /tmp.
# For a build that can be repeated give the digest too: --build-arg PYTHON=python:3.13-slim@sha256:…
ARG PYTHON=python:3.13-slim

FROM ${PYTHON} AS tools
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
WORKDIR /source
COPY requirements.lock ./
RUN python -m venv /tools && /tools/bin/pip install --require-hashes -r requirements.lock
COPY pyproject.toml README.md LICENSE ./
COPY src src
COPY api api
COPY indicators indicators
COPY templates templates
COPY examples examples
RUN /tools/bin/python -m build --wheel --no-isolation --outdir /wheels .

FROM ${PYTHON} AS installed
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
COPY requirements-service.lock /tmp/
RUN python -m venv /opt/impactmonitor \
    && /opt/impactmonitor/bin/pip install --require-hashes -r /tmp/requirements-service.lock
COPY --from=tools /wheels /wheels
RUN /opt/impactmonitor/bin/pip install --no-deps --no-index /wheels/*.whl \
    && /opt/impactmonitor/bin/python -m compileall -q /opt/impactmonitor/lib

FROM ${PYTHON}
RUN groupadd --gid 10001 impactmonitor \
    && useradd --uid 10001 --gid 10001 --no-create-home --shell /usr/sbin/nologin impactmonitor \
    && install -d -o 10001 -g 10001 -m 0700 /data
COPY --from=installed /opt/impactmonitor /opt/impactmonitor
ENV PATH=/opt/impactmonitor/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    IMPACTMONITOR_DATABASE_URL=sqlite:////data/impactmonitor.db
USER 10001:10001
WORKDIR /data
VOLUME /data
EXPOSE 8000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=15s --timeout=5s --start-period=30s --retries=3 \
    CMD ["python", "-c", "import urllib.request as u; u.urlopen('http://127.0.0.1:8000/readyz', timeout=4)"]
ENTRYPOINT ["impactmonitor"]
CMD ["serve", "--host", "0.0.0.0"]
