FROM python:3.13-slim
WORKDIR /app
ENV PYTHONUNBUFFERED=1
COPY requirements.txt .
RUN pip install --no-cache-dir -r requirements.txt gunicorn
COPY . .
EXPOSE {{port}}
USER nobody
CMD ["gunicorn", "--bind", "0.0.0.0:{{port}}", "{{module}}.wsgi:application"]
