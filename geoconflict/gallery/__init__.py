"""A site of several casebooks as plain files: pages, pictures, a list, a feed and a sitemap.

``site`` writes it.
"""

from geoconflict.gallery.site import write_gallery

__all__ = ["write_gallery"]
