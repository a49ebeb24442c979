/** The style of the page: light and dark as the reader's system says, black on white on paper. */

export const STYLE = `
:root{color-scheme:light dark;--page:#f6f7f9;--card:#fff;--text:#1c2128;--soft:#59636e;--line:#d8dee4;
--pre:#f1f3f5;--link:#0b5cad;--pass:#1a7f37;--fail:#b42318;--crash:#8e0b0b;--skip:#8a5a00;--undecided:#a01ca0;--none:#59636e}
@media (prefers-color-scheme:dark){:root{--page:#0f1318;--card:#171c23;--text:#e6e9ed;--soft:#9aa5b1;--line:#2d343d;
--pre:#0f1318;--link:#6cb2ff;--pass:#4cc26b;--fail:#ff7b72;--crash:#ff9a8f;--skip:#e3a83b;--undecided:#e58ae5;--none:#9aa5b1}}
*{box-sizing:border-box}
body{margin:0;background:var(--page);color:var(--text);font:15px/1.5 system-ui,sans-serif;overflow-wrap:anywhere}
main{max-width:70rem;margin:0 auto;padding:1.5rem 1rem 4rem}
h1{font-size:1.6rem;line-height:1.25;margin:0}
h2{font-size:1.15rem;margin:2.25rem 0 .75rem}
h3{font-size:1rem;margin:0}
a{color:var(--link)}
p{margin:.25rem 0}
code,pre,.id{font-family:ui-monospace,"DejaVu Sans Mono",monospace;font-size:.85em}
.soft,.id{color:var(--soft)}
.card{background:var(--card);border:1px solid var(--line);border-radius:8px;padding:.85rem 1rem;margin:0 0 .75rem}
.failure{border-left:4px solid var(--fail)}
.notice{border-left:4px solid var(--skip);margin-top:.75rem}
.counts{display:flex;flex-wrap:wrap;gap:.5rem;list-style:none;padding:0;margin:1rem 0 0}
.counts li{background:var(--card);border:1px solid var(--line);border-radius:8px;padding:.35rem .8rem}
.counts b{font-size:1.25rem;margin-right:.35rem}
.bar{display:flex;height:.6rem;border-radius:.3rem;overflow:hidden;margin:.75rem 0 0;gap:2px}
.bar i{min-width:3px;background:currentColor}
.pass{color:var(--pass)}.fail{color:var(--fail)}.crash{color:var(--crash)}.skip{color:var(--skip)}
.undecided{color:var(--undecided)}.none{color:var(--none)}
table{border-collapse:collapse;width:100%}
th,td{text-align:left;vertical-align:top;padding:.4rem .6rem;border-bottom:1px solid var(--line)}
th{font-size:.8rem;color:var(--soft);font-weight:600}
td.number{text-align:right;white-space:nowrap;font-variant-numeric:tabular-nums}
td.outcome{white-space:nowrap}
td.job{width:60%;min-width:10rem}
td.key{width:40%}
.scroll{overflow-x:auto}
pre{background:var(--pre);border:1px solid var(--line);border-radius:6px;padding:.6rem .75rem;margin:.5rem 0 0;
overflow-x:auto;white-space:pre-wrap;line-height:1.4}
pre i{font-style:normal;color:var(--fail)}
pre b,.cut{color:var(--skip);font-weight:600}
blockquote{margin:.5rem 0 0;padding-left:.75rem;border-left:3px solid var(--line);white-space:pre-wrap}
summary{cursor:pointer}
dl{display:grid;grid-template-columns:max-content 1fr;gap:.15rem 1rem;margin:.75rem 0 0}
dt{color:var(--soft)}dd{margin:0}
@media (max-width:40rem){dl{grid-template-columns:1fr}dd{margin-bottom:.4rem}td,th{padding:.35rem .3rem}
td.outcome{white-space:normal}.category{display:none}}
@media print{:root{--page:#fff;--card:#fff;--text:#000;--soft:#444;--line:#bbb;--pre:#fff;--link:#000;--pass:#1a7f37;
--fail:#b42318;--crash:#8e0b0b;--skip:#8a5a00;--undecided:#a01ca0;--none:#444}
body{font-size:10pt}main{max-width:none;padding:0}h2,h3{break-after:avoid}tr,.failure dl{break-inside:avoid}
.bar i,.card{print-color-adjust:exact}}
`;
