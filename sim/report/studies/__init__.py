"""The folders that studies leave behind, and what is drawn from them."""
