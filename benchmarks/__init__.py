"""How fast the site is beside a bare one: ratios, no verdict. `python -m benchmarks` takes about a minute.

Beside that, by name: `scale` (the ranking at full size), `routing`, `attacks`, `evaluation` (the report in docs).
"""
