"""How an explanation looks: the names and colours of roles, and its style sheet."""

ROLES = {
    "heading": "heading",
    "paragraph": "paragraph",
    "list_item": "list item",
    "table_cell": "table cell",
    "boxed": "boxed text",
    "quotation": "quotation",
    "footnote": "footnote",
    "running_head": "running head",
    "contents": "contents",
}
"""Each role with the words that a person reads."""

# Dark enough for white words on them.
_COLOURS = {
    "heading": "#1d4ed8",
    "paragraph": "#525b66",
    "list_item": "#00703c",
    "table_cell": "#6d28d9",
    "boxed": "#a04100",
    "quotation": "#b3155f",
    "footnote": "#0b6570",
    "running_head": "#6b6b6b",
    "contents": "#7a5a00",
}
_OF_ROLES = "".join(
    f".chip.r-{role}{{background:{colour}}}svg .r-{role}{{stroke:{colour};--c:{colour}}}"
    for role, colour in _COLOURS.items()
)

CSS = (
    """
:root{color-scheme:light;--ink:#0b0c0c;--quiet:#505a5f;--line:#d5d8da}
*{box-sizing:border-box}
body{margin:0;font:16px/1.45 system-ui,"Segoe UI",Roboto,"Liberation Sans",Arial,sans-serif;
color:var(--ink);background:#f5f6f7}
header,main{max-width:1680px;margin:0 auto;padding:0 28px}
header{padding-top:28px}
h1{font-size:30px;line-height:1.2;margin:0 0 6px;overflow-wrap:anywhere}
h2{font-size:21px;margin:0 0 12px}
h3{font-size:16px;margin:18px 0 6px}
p{margin:0 0 8px;max-width:75ch}
.title{font-size:19px;color:var(--quiet)}
.notices{margin:10px 0;padding:12px 16px 12px 34px;background:#fff7e0;border-left:5px solid #b7791f;
max-width:80ch}
section{background:#fff;border:1px solid var(--line);border-radius:6px;padding:20px 22px;
margin:20px 0}
.legend{display:flex;flex-wrap:wrap;gap:8px;list-style:none;padding:0;margin:0 0 10px}
.chip{display:inline-block;color:#fff;font-size:13px;font-weight:600;line-height:1;
padding:5px 8px;border-radius:4px;font-variant-numeric:tabular-nums}
.note,.quiet{color:var(--quiet);font-size:13.5px}
.beside{display:grid;grid-template-columns:minmax(360px,40%) minmax(0,1fr);gap:26px;
align-items:start}
figure{position:sticky;top:14px;margin:0;border:1px solid var(--line);background:#fff}
figure img{display:block;width:100%;height:auto}
figure svg{position:absolute;inset:0;width:100%;height:100%;overflow:visible}
svg rect{fill:none;stroke-width:1.1}
svg .r-footnote rect,svg .r-running_head rect{stroke-dasharray:3 2}
svg .taken rect:first-child{fill:var(--c);fill-opacity:.16;stroke-width:1.8}
svg .again rect:first-child{fill:var(--c);fill-opacity:.07}
svg .missed rect:first-child{stroke-dasharray:5 2;fill:#b7791f;fill-opacity:.1}
svg rect.badge,svg g rect.badge:nth-child(2){fill:var(--c);fill-opacity:1;stroke:none}
svg text{fill:#fff;stroke:none;font:700 7px/1 system-ui,Arial,sans-serif;text-anchor:middle}
table{border-collapse:collapse;width:100%;font-size:14.5px}
caption{text-align:left;font-weight:600;padding-bottom:6px}
th,td{text-align:left;vertical-align:top;padding:7px 10px 7px 0;border-top:1px solid var(--line);
overflow-wrap:anywhere}
thead th{white-space:nowrap;border-top:0;border-bottom:2px solid var(--ink);font-size:13.5px}
.blocks{table-layout:fixed}
.blocks th:nth-child(1){width:60px}
.blocks .chip{white-space:nowrap;padding:5px 6px}
.blocks thead th:nth-child(2){width:19%}
.blocks thead th:nth-child(4){width:30%}
.blocks .quiet{font-size:12.5px;line-height:1.3}
.blocks tr.taken td,.blocks tr.taken th{background:#e8f5ee}
.blocks tr.missed td,.blocks tr.missed th{background:#fff7e0}
.blocks tr th:first-child{padding-left:8px}
.runs tr.missed td:last-child{color:#7a4a00}
.runs tr.taken td:last-child{color:#005a30;font-weight:600}
.runs td:nth-child(2){width:26%}
.runs td:nth-child(3){width:16%}
.runs td:nth-child(6){width:18%}
.figure{white-space:nowrap;font-variant-numeric:tabular-nums;font-weight:600}
.label{display:inline-block;border:1px solid var(--quiet);border-radius:3px;padding:0 5px;
font-size:13px;font-weight:600}
.votes{list-style:none;margin:0;padding:0;font-size:14px}
.vote{display:inline-block;min-width:48px;font-variant-numeric:tabular-nums;font-weight:600}
.vote.for{color:#005a30}.vote.contra{color:#a3000f}
dl.here{margin:0;font-size:14.5px}dt{font-weight:600;margin-top:6px}dd{margin:2px 0 0 0}
a{color:#1a4fa3}a:focus{outline:3px solid #ffdd00;background:#ffdd00;color:var(--ink)}
tr:target td,tr:has(th:target) td,tr:has(th:target) th{background:#fff3b0}
@media (max-width:960px){.beside{grid-template-columns:minmax(0,1fr)}figure{position:relative}}
@media print{body{background:#fff;font-size:12px}section{border:0;padding:0;break-inside:auto}
.sheet{break-before:page}figure{position:relative}th,td{padding:3px 6px 3px 0}tr{break-inside:avoid}
*{print-color-adjust:exact;-webkit-print-color-adjust:exact}}
"""
    + _OF_ROLES
)
