"""What a start waits for."""

import subprocess
import sys

import pytest

SLOW = ["openpyxl", "docx", "telegram", "httpx", "rich.console", "pypinyin.phrases_dict"]


@pytest.fixture(scope="module")
def loaded():
    """The modules that are there once `serve` could begin to build."""
    script = "import sys, bot.cli, bot.serve; print(*sys.modules)"
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, check=True, text=True)
    return set(ran.stdout.split())


@pytest.mark.parametrize("module", SLOW)
def test_no_start_waits_for_a_library_that_it_may_not_need(loaded, module):
    assert module not in loaded


def test_signing_in_hashes_nothing_before_somebody_signs_in():
    script = "import petitions.people as p; print(p._nobodys.cache_info().currsize)"
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, check=True, text=True)
    assert ran.stdout.strip() == "0"
