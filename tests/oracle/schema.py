"""Holds files of an office against the schemas that editors use, with a validator that is not ours: schema.py SCHEMAS FILE...

Prints a JSON object: for each file, what the schema has against it, as a list of texts.
"""

import datetime
import json
import pathlib
import sys
import tomllib

import jsonschema


def plain(value):
    """A TOML value as editors hand it to a validator: a day is a text."""
    if isinstance(value, dict):
        return {key: plain(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [plain(inner) for inner in value]
    if isinstance(value, (datetime.date, datetime.time)):
        return value.isoformat()
    return value


def front_matter(text: str) -> str:
    lines = text.splitlines()
    return "\n".join(lines[1 : lines.index("+++", 1)])


def main() -> None:
    schemas = {}
    for path in pathlib.Path(sys.argv[1]).glob("*.json"):
        schema = json.loads(path.read_text("utf-8"))
        jsonschema.Draft7Validator.check_schema(schema)
        checker = jsonschema.FormatChecker()
        schemas[path.stem] = jsonschema.Draft7Validator(schema, format_checker=checker)
    said = {}
    for name in sys.argv[2:]:
        path = pathlib.Path(name)
        text = path.read_text("utf-8")
        kind = {"parties.toml": "parties", "sideletter.toml": "settings"}.get(path.name, "agreement")
        toml = front_matter(text) if kind == "agreement" else text
        faults = schemas[kind].iter_errors(plain(tomllib.loads(toml)))
        said[name] = [f"{fault.json_path}: {fault.message}" for fault in faults]
    print(json.dumps(said))


if __name__ == "__main__":
    main()
