"""The loop: due → fetch → evidence → extract → decide → store; and import and rebuild by the same path.

Exchanges and import items come in, outcomes and derived rows go out through the store.
May import everything below it (fetch, evidence, storage, sources and the pure packages).
"""
