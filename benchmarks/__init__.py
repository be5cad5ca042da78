"""How fast the site is beside a bare one: ratios, no verdict. `python -m benchmarks` takes about a minute."""
