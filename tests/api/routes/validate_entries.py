"""Reads lines of {"schema": ..., "entries": [...]} and says of each entry whether it fits, as 0 or 1.

A schema that is none of JSON Schema 2020-12 is "none: why". Needs Debian's python3-jsonschema.
"""
import json
import sys

import jsonschema


def answer(line):
    case = json.loads(line)
    try:
        jsonschema.Draft202012Validator.check_schema(case["schema"])
    except jsonschema.SchemaError as error:
        return "none: " + error.message
    validator = jsonschema.Draft202012Validator(case["schema"])
    return "".join("1" if validator.is_valid(entry) else "0" for entry in case["entries"])


with open(sys.argv[1], encoding="utf-8") as lines:
    for line in lines:
        print(answer(line))
