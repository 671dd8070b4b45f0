"""Parts of pictures that pages of studies still share."""
