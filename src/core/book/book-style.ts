/** The book's style sheet: for screens, narrow ones, and paper. */
export const BOOK_STYLE = `:root { --ink: #1c2530; --soft: #556270; --line: #d8dee6; --paper: #fff; --ground: #f4f6f9; --lead: #12457f; --mark: #fff1b8; }
* { box-sizing: border-box; }
html { scroll-padding-top: 4.5rem; }
body { margin: 0; color: var(--ink); background: var(--ground); font: 16px/1.75 "Noto Sans CJK SC", "Source Han Sans SC", "PingFang SC", "Microsoft YaHei", sans-serif; }
a { color: var(--lead); text-underline-offset: 0.2em; }
a:focus-visible, summary:focus-visible, .scroll:focus-visible, main:focus-visible { outline: 3px solid #1668c7; outline-offset: 2px; }
main:focus { outline: none; }
code, .number { font-family: ui-monospace, "SFMono-Regular", Consolas, "Noto Sans Mono CJK SC", monospace; font-size: 0.92em; overflow-wrap: anywhere; }
.skip { position: absolute; left: -999rem; padding: 0.5rem 1rem; background: var(--paper); z-index: 2; }
.skip:focus { left: 0.5rem; top: 0.5rem; }
.top { position: sticky; top: 0; z-index: 1; background: #0f2c4d; color: #fff; }
.top .inner { max-width: 78rem; margin: 0 auto; padding: 0.4rem 1.25rem; display: flex; flex-wrap: wrap; align-items: center; gap: 0.25rem 2rem; }
.book-title { margin: 0; font-weight: 600; letter-spacing: 0.04em; }
.top ul { display: flex; flex-wrap: wrap; gap: 0.25rem; margin: 0; padding: 0; list-style: none; }
.top a { display: block; padding: 0.25rem 0.7rem; border-radius: 4px; color: #e3ecf7; text-decoration: none; }
.top a:hover { background: #1d4470; }
.top a[aria-current] { background: #fff; color: #0f2c4d; font-weight: 600; }
main { max-width: 78rem; margin: 0 auto; padding: 1.5rem 1.25rem 3rem; }
h1 { margin: 0 0 0.5rem; font-size: 1.7rem; line-height: 1.35; }
h2 { margin: 2rem 0 0.6rem; font-size: 1.2rem; line-height: 1.4; }
h3 { margin: 1rem 0 0.3rem; font-size: 1rem; }
small, .version, .dates, .count, .path, .note { color: var(--soft); font-size: 0.875rem; font-weight: 400; }
.lead { max-width: 52rem; }
.counts { display: flex; flex-wrap: wrap; gap: 0.6rem 1.6rem; margin: 1rem 0; padding: 0; list-style: none; }
.counts strong { font-size: 1.3rem; }
.folders { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(22rem, 100%), 1fr)); gap: 0.5rem 2rem; }
.folder h3 { margin-top: 0.5rem; }
.folder ul, .links, .bases { margin: 0.2rem 0; padding-left: 1.2rem; }
.local ul { columns: 20rem; margin: 1rem 0; padding-left: 1.2rem; }
.card, .cited, .flow { margin: 1.25rem 0; padding: 1rem 1.25rem 1.25rem; background: var(--paper); border: 1px solid var(--line); border-radius: 8px; }
.card > header { display: flex; flex-wrap: wrap; align-items: baseline; justify-content: space-between; gap: 0.2rem 1rem; padding-bottom: 0.5rem; border-bottom: 1px solid var(--line); }
.card h2 { margin: 0; }
.card h2 .number { margin-right: 0.4rem; text-decoration: none; }
.marks { margin: 0; }
.pair { display: grid; grid-template-columns: minmax(0, 1fr) minmax(0, 1fr); gap: 1.75rem; margin-top: 0.75rem; }
dl { display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: 0.35rem 1rem; margin: 0; }
dt { color: var(--soft); }
dd { margin: 0; min-width: 0; }
.conclusion { font-weight: 600; }
.conditions { margin: 0; padding-left: 1.1rem; }
.conditions .heading { color: var(--soft); }
.exception { padding-left: 0.75rem; border-left: 3px solid var(--line); margin-bottom: 0.6rem; }
.exception p { margin: 0; }
.template { color: var(--soft); }
.article { margin: 0 0 1rem; padding: 0.5rem 0.9rem; border-left: 4px solid var(--line); background: #fafbfd; }
.article p { margin: 0.2rem 0; }
.text { white-space: pre-line; overflow-wrap: anywhere; }
mark { background: var(--mark); color: inherit; padding: 0.1em 0; }
.badge, .validity { display: inline-block; padding: 0 0.5rem; border: 1px solid; border-radius: 4px; font-size: 0.8125rem; line-height: 1.5rem; white-space: nowrap; font-weight: 400; }
.badge.national { color: #0b5a2d; background: #e8f5ed; }
.badge.policy { color: #12457f; background: #e9f1fb; }
.badge.local { color: #6b4200; background: #fdf3e1; }
.badge.adopted { color: #54317d; background: #f3edfb; }
.badge.unverified { color: #96190f; background: #fdecea; }
.article.national { border-color: #2e8b57; }
.article.policy { border-color: #2f6fb7; }
.article.local { border-color: #c98a1b; }
.article.adopted { border-color: #8458b8; }
.article.unverified { border-color: #c2382c; }
.validity.present { color: #0b5a2d; }
.validity.future { color: #12457f; }
.validity.past, .missing, .note.wrong { color: #96190f; }
summary { margin-top: 0.75rem; cursor: pointer; color: var(--lead); }
.scroll { overflow-x: auto; }
table { width: 100%; border-collapse: collapse; background: var(--paper); font-size: 0.9375rem; line-height: 1.6; }
caption { text-align: left; padding: 0.3rem 0; color: var(--soft); }
th, td { padding: 0.35rem 0.6rem; border: 1px solid var(--line); text-align: left; vertical-align: top; overflow-wrap: break-word; min-width: 4.5rem; }
th { background: #eef2f7; font-weight: 600; white-space: nowrap; }
.facts { margin: 1rem 0; }
figure { margin: 1.25rem 0; }
figcaption { color: var(--soft); font-size: 0.875rem; }
svg { display: block; margin: 0 auto; max-width: none; font: 14px "Noto Sans CJK SC", "Source Han Sans SC", "PingFang SC", "Microsoft YaHei", sans-serif; }
svg text { text-anchor: middle; fill: #1c2530; }
svg .state rect { fill: #f5f8fc; stroke: #34689e; stroke-width: 1.4; }
svg .state.start rect { fill: #eef1f4; stroke: #66727f; }
svg .state.final rect { fill: #eaf6ef; stroke: #2e8b57; }
svg .step path { fill: none; stroke: #66727f; stroke-width: 1.3; }
svg .step polygon { fill: #66727f; }
svg .step rect { fill: #fff; }
svg .step .label { font-size: 13px; }
footer { border-top: 1px solid var(--line); padding: 1rem 1.25rem 2rem; text-align: center; color: var(--soft); font-size: 0.875rem; }
@media (max-width: 52rem) {
  .pair { grid-template-columns: minmax(0, 1fr); gap: 0.75rem; }
  .top { position: static; }
  html { scroll-padding-top: 0; }
  h1 { font-size: 1.4rem; }
  .card, .cited, .flow { padding: 0.75rem 0.9rem; }
  .card dl { grid-template-columns: minmax(0, 1fr); gap: 0; }
  .card dd { margin-bottom: 0.5rem; }
}
@media print {
  body { background: #fff; font-size: 10.5pt; }
  .top nav, .skip, .local { display: none; }
  .top { position: static; background: none; color: inherit; }
  main { max-width: none; padding: 0; }
  .card, .cited { border-color: #999; break-inside: avoid; }
  .scroll { overflow: visible; }
  a { color: inherit; text-decoration: none; }
  tr { break-inside: avoid; }
  details::details-content { content-visibility: visible; display: block; }
  svg { max-width: 100%; height: auto; }
}
`;
