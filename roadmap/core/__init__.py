"""What every feature stands on; knows no request and no feature."""
