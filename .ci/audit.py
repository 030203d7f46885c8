"""Audits the locked packages for known vulnerabilities with pip-audit.

Fails on a vulnerability and on a package that was skipped while others were audited. When the service that knows the
advisories cannot be reached at all, says loudly that nothing was audited, and does not fail.
"""

import json
import subprocess
import sys


def main() -> int:
    command = [
        sys.executable,
        "-m",
        "pip_audit",
        "--strict",
        "--disable-pip",
        "--format",
        "json",
        "--progress-spinner",
        "off",
    ]
    strict = subprocess.run([*command, "-r", "requirements.lock"], capture_output=True, text=True, timeout=600)
    if strict.returncode == 0:
        audited = json.loads(strict.stdout)["dependencies"]
        print(f"pip-audit --strict: {len(audited)} packages audited, none vulnerable, none skipped")
        return 0
    command.remove("--strict")
    report = subprocess.run([*command, "-r", "requirements.lock"], capture_output=True, text=True, timeout=600)
    try:
        packages = json.loads(report.stdout)["dependencies"]
    except ValueError:
        return not_audited(strict.stderr)
    skipped = [package["name"] for package in packages if "skip_reason" in package]
    vulnerable = [package for package in packages if package.get("vulns")]
    if len(skipped) == len(packages):
        return not_audited(strict.stderr)
    for package in vulnerable:
        print(f"VULNERABLE {package['name']} {package['version']}: {', '.join(v['id'] for v in package['vulns'])}")
    for name in skipped:
        print(f"SKIPPED {name}: not audited while others were")
    return 1


def not_audited(reason: str) -> int:
    last = reason.strip().splitlines()[-1] if reason.strip() else "no reason given"
    print(f"NOT AUDITED: no package was checked, for the advisory service cannot be reached. pip-audit said: {last}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
