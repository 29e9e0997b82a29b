#!/usr/bin/env python
import os
import sys

from django.core.management import execute_from_command_line

from townsportal.installation import prepare


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "townsportal.settings")
    prepare(sys.argv[1] if len(sys.argv) > 1 else "help")
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
