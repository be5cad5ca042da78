"""What every door shares: addresses, guards, forms, rendering."""
