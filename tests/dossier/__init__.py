"""The dossier: what a story adds up to, assembled and printed."""
