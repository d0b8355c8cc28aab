/** The base that `src/testing/journeys/prepare-django-base.sh` makes of Debian's packages. */
export const DJANGO_BASE = 'platform-journey-django:bookworm';

const PLATFORM_YAML = `project: notes
network: { azs: 2 }
databases: { main: { databaseName: notes, acu: { min: 0, max: 1 } } }
secrets: { app: { keys: { SECRET_KEY: { generate: { length: 50 } } } } }
services:
  web:
    image: { context: . }
    port: 8000
    health: { path: /health }
    http: { certificate: none, insecure: true }
    uses: [db.main]
    secrets: { SECRET_KEY: secret.app#SECRET_KEY }
migrations: { run: service.web, up: [python3, manage.py, migrate, --noinput] }
`;

const SETTINGS = `import os
SECRET_KEY = os.environ["SECRET_KEY"]
ALLOWED_HOSTS = ["*"]
ROOT_URLCONF = "notes.urls"
INSTALLED_APPS = ["notes"]
USE_TZ = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
DATABASES = {"default": {
    "ENGINE": "django.db.backends.postgresql",
    "HOST": os.environ["DATABASE_HOST"],
    "PORT": os.environ["DATABASE_PORT"],
    "NAME": os.environ["DATABASE_NAME"],
    "USER": os.environ["DATABASE_USER"],
    "PASSWORD": os.environ["DATABASE_PASSWORD"],
    "OPTIONS": {"sslmode": "require"},
}}
`;

const URLS = `import json
from django.http import HttpResponse
from django.urls import path
from notes.models import Note
VERSION = "one"
def answer(value): return HttpResponse(json.dumps(value), content_type="application/json")
urlpatterns = [
    path("health", lambda request: HttpResponse("ok")),
    path("notes", lambda request: answer({"version": VERSION, "notes": list(Note.objects.values_list("text", flat=True))})),
]
`;

const MIGRATION = `from django.db import migrations, models
class Migration(migrations.Migration):
    initial = True
    dependencies = []
    operations = [migrations.CreateModel("Note", [
        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False)),
        ("text", models.TextField()),
    ])]
`;

const MANAGE = `import os, sys
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "notes.settings")
from django.core.management import execute_from_command_line
execute_from_command_line(sys.argv)
`;

const DOCKERFILE = `FROM ${DJANGO_BASE}
ENV PYTHONUNBUFFERED=1
WORKDIR /app
COPY . .
EXPOSE 8000
# It handles no signals of its own; an interrupt ends it at once.
STOPSIGNAL SIGINT
CMD ["python3", "manage.py", "runserver", "--noreload", "0.0.0.0:8000"]
`;

/** A Django application with one table, as small as it can be and still be one. */
export const djangoProject = (): Record<string, string> => ({
  'platform.yaml': PLATFORM_YAML,
  Dockerfile: DOCKERFILE,
  '.dockerignore': '.platform\n.git\n',
  '.gitignore': '.platform/\n.env.*\n',
  'manage.py': MANAGE,
  'notes/__init__.py': '',
  'notes/settings.py': SETTINGS,
  'notes/urls.py': URLS,
  'notes/models.py': 'from django.db import models\nclass Note(models.Model):\n    text = models.TextField()\n',
  'notes/migrations/__init__.py': '',
  'notes/migrations/0001_initial.py': MIGRATION,
});
