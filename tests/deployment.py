"""`python -m tests.deployment`: Django's deployment checks on the production settings, warnings included."""

import subprocess
import sys

from tests.environment import python_environment

PRODUCTION = {
    "DJANGO_SETTINGS_MODULE": "config.settings.production",
    "SECRET_KEY": "only-to-run-the-checks-and-long-enough-to-pass-them-0123456789",
    "PUBLIC_URL": "https://diapason.example",
    "REDIS_URL": "redis://127.0.0.1:6379/0",
}


def main() -> int:
    """The exit code of `manage.py check --deploy`."""
    command = [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"]
    return subprocess.run(command, env=python_environment(**PRODUCTION), check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
