"""Write the import contracts that name existing modules into pyproject.toml, or compare them.

import-linter stops at a name that is not there, so the lists follow the files:
`python -m tools.layers` writes them, `python -m tools.layers --check` only compares.
"""

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MARK = (
    "# What follows names modules that exist and is written by tools/layers.py:"
    " do not edit by hand.\n"
)

# Highest first; each may import what stands below it.
DOMAINS = [
    "config", "portal", "oversight", "storefront", "reports", "treasury", "assets", "surplus",
    "governance", "settlement", "rounds", "lending", "quality", "production", "sales",
    "purchasing", "stock", "catalogue", "savings", "permits", "taxes", "members", "cash",
    "ledger", "cooperatives", "kernel",
]  # fmt: skip
WITHOUT_INNER_LAYERS = {"config", "kernel"}
INNER_LAYERS = [
    "(urls) | (public_urls)",
    "(views) | (api) | (admin) | (management) | (tasks) | (adapters)",
    "(listed)",
    "(doors)",
    "(forms)",
    "(old_books)",
    "(imports)",
    "(services)",
    "(frozen) | (exports)",
    "(papers) | (invariants)",
    "(closing)",
    "(statements)",
    "(selectors)",
    "(models)",
    "(rules) | (acts)",
    "(errors)",
]
MAY_READ_TABLES = [
    "selectors", "services", "statements", "invariants", "forms", "admin", "migrations",
]  # fmt: skip


def exists(domain: str, module: str) -> bool:
    """Whether a domain has this module, as a file or as a package."""
    folder = ROOT / "canting" / domain
    return (folder / f"{module}.py").is_file() or (folder / module / "__init__.py").is_file()


def toml_list(values: list[str]) -> str:
    """A list, one value a line, so that two branches seldom meet on one line."""
    return "[\n" + "".join(f'    "{value}",\n' for value in values) + "]"


def contract(name: str, kind: str, **settings: str) -> str:
    """One import-linter contract as TOML."""
    lines = ["[[tool.importlinter.contracts]]", f'name = "{name}"', f'type = "{kind}"']
    lines += [f"{key} = {value}" for key, value in settings.items()]
    return "\n".join(lines) + "\n"


def contracts() -> str:
    """All generated contracts, for the modules that exist now."""
    present = [domain for domain in DOMAINS if (ROOT / "canting" / domain / "__init__.py").exists()]
    layers = [domain if domain in present else f"({domain})" for domain in DOMAINS]
    inner = [domain for domain in present if domain not in WITHOUT_INNER_LAYERS]
    blocks = [
        contract(
            "Domains depend downwards only",
            "layers",
            containers='["canting"]',
            exhaustive="true",
            layers=toml_list(layers),
        )
    ]
    if inner:
        blocks.append(
            contract(
                "Inside a domain: door, action, table",
                "layers",
                containers=toml_list([f"canting.{domain}" for domain in inner]),
                exhaustive="true",
                exhaustive_ignores='["apps", "migrations", "demo"]',
                layers=toml_list(INNER_LAYERS),
            )
        )
    blocks += [
        contract(
            f"{domain}: tables are private",
            "protected",
            protected_modules=f'["canting.{domain}.models"]',
            allowed_importers=toml_list(
                [f"canting.{domain}.{name}" for name in MAY_READ_TABLES if exists(domain, name)]
            ),
        )
        for domain in inner
        if exists(domain, "models")
    ]
    return "\n".join(blocks)


def main() -> int:
    """Write the contracts, or with --check say whether they are up to date."""
    path = ROOT / "pyproject.toml"
    before = path.read_text(encoding="utf-8")
    kept, mark, _old = before.partition(MARK)
    if not mark:
        sys.exit(f"pyproject.toml has lost the line: {MARK}")
    after = f"{kept}{MARK}\n{contracts()}"
    if "--check" in sys.argv[1:]:
        if before != after:
            sys.stderr.write("The import contracts are behind the files. Run: make layers\n")
            return 1
        return 0
    path.write_text(after, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
