"""Our functions beside independent packages that compute the same: `make test-oracle`."""
