"""How an explanation looks: colours that are never alone (letter, line style and words say the same), dark mode, print.

The same rules serve the page that stands alone and the page of an archive.
"""

from __future__ import annotations

import base64
import hashlib
from typing import Final

PAGE: Final = """
:root{color-scheme:light dark;--x-paper:#fff;--x-ink:#1a1a1a}
body{font:1rem/1.5 Georgia,"Times New Roman",serif;max-width:72rem;margin:0 auto;padding:1.5rem 1rem;
background:var(--x-paper);color:var(--x-ink)}
@media (prefers-color-scheme:dark){:root{--x-paper:#14161a;--x-ink:#e9e7e2}}
"""

COPY: Final = """
.x{--x-text:#1b6e3a;--x-text-bg:#eef7f0;--x-note:#7a3e9d;--x-note-bg:#f7f0fb;--x-beside:#0b5cad;
--x-beside-bg:#edf4fc;
--x-out:#5f5f5f;--x-out-bg:transparent;--x-new:#8f4a00;--x-new-bg:#fdf4e7;--x-line:#bdbdbd;overflow-wrap:anywhere}
@media (prefers-color-scheme:dark){.x{--x-text:#7fd39a;--x-text-bg:#15251a;--x-note:#d3a6ee;--x-note-bg:#251a2c;
--x-beside:#8dc0f5;
--x-beside-bg:#142232;--x-out:#a3a3a3;--x-new:#f0b46a;--x-new-bg:#2b2113;--x-line:#555}}
.x table{border-collapse:collapse;margin:.5rem 0;font-size:.9rem}
.x caption{text-align:left;font:.85rem/1.5 system-ui,sans-serif;font-weight:bold}
.x td,.x th{padding:.1rem .8rem .1rem 0;text-align:left;vertical-align:top;font-weight:inherit}
.x-legend{list-style:none;padding:0;margin:1rem 0;display:grid;gap:.25rem;font:.85rem/1.5 system-ui,sans-serif}
.x-legend li{padding:.15rem .6rem}
.x-block{display:grid;grid-template-columns:minmax(9rem,16rem) 1fr;gap:.2rem 1rem;padding:.3rem .6rem;
margin:.3rem 0}
.x-block p{margin:0}
.x-why{font:.75rem/1.45 system-ui,sans-serif}
.x-why code{font:inherit;text-decoration:underline dotted}
.x-mark{display:inline-block;min-width:1.3em;text-align:center;border:1px solid currentColor;border-radius:.2em}
.x-text{border-left:.4rem solid var(--x-text);background:var(--x-text-bg)}
.x-note{border-left:.4rem double var(--x-note);background:var(--x-note-bg)}
.x-beside{border-left:.4rem ridge var(--x-beside);background:var(--x-beside-bg)}
.x-field{border-left:.4rem groove var(--x-beside);background:var(--x-beside-bg)}
.x-out{border-left:.4rem dotted var(--x-out);background:var(--x-out-bg)}
.x-new{border-left:.4rem dashed var(--x-new);background:var(--x-new-bg)}
.x-text .x-why,.x-text>.x-mark{color:var(--x-text)}.x-note .x-why,.x-note>.x-mark{color:var(--x-note)}
.x-beside .x-why,.x-beside>.x-mark{color:var(--x-beside)}
.x-field .x-why,.x-field>.x-mark{color:var(--x-beside)}
.x-out .x-why,.x-out>.x-mark{color:var(--x-out)}
.x-new .x-why,.x-new>.x-mark{color:var(--x-new)}
.x-out .x-words{color:var(--x-out);font-size:.85rem}
.x-is-held{outline:2px dashed var(--x-new)}
.x-h1{font-size:1.6rem;line-height:1.2;font-weight:bold}.x-h2{font-size:1.3rem;font-weight:bold}
.x-h3,.x-h4,.x-h5,.x-h6{font-weight:bold}
.x-fold{margin:.3rem 0}
.x-fold>summary{font:.8rem/1.6 system-ui,sans-serif;color:var(--x-out);cursor:pointer;padding:.1rem .6rem}
.x-box{margin:.3rem 0}
.x-label{font:.75rem/1.4 system-ui,sans-serif;margin:0;padding:.1rem .6rem;color:var(--x-out)}
.x-article{border:2px solid var(--x-text);padding:.2rem .4rem}.x-article>.x-label{color:var(--x-text);
font-weight:bold}
.x-furniture{border:1px dotted var(--x-out);padding:.2rem .4rem}
.x-as-ul,.x-as-ol,.x-as-blockquote,.x-as-figure{margin-left:1rem}
@media (max-width:40rem){.x-block{grid-template-columns:1fr}}
@media (forced-colors:active){.x-block,.x-legend li{border-color:CanvasText}}
"""


def policy(style: str) -> str:
    """A content security policy that allows this inline style and nothing else."""
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    return f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
