"""A site of several casebooks as plain files: pages, pictures, a list, a feed and a sitemap."""

from geoconflict.gallery.site import write_gallery

__all__ = ["write_gallery"]
