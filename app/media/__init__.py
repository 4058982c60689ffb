"""Citizens' photos: fetched through an allow-list, drawn anew without what they carried, shown by short-lived links."""
