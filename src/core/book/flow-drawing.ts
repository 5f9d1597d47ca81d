import dagre from '@dagrejs/dagre';
import type { Flow } from '../flows/flow.js';
import { html, type Markup } from './markup.js';

/** A step of a flow as it is drawn: its number in the table beside, and two lines. */
export interface DrawnStep {
  readonly from: string;
  readonly to: string;
  readonly lines: readonly string[];
}

export interface DrawnState {
  readonly key: string;
  readonly kind: 'start' | 'waiting' | 'final';
  readonly lines: readonly string[];
}

const FONT = 14;
const LINE = 20;
const PAD = 14;
const MARGIN = 12;
/** Where the head of an arrow begins before its end. */
const HEAD = 9;

const widthOf = (text: string): number =>
  [...text].reduce((sum, character) => sum + (character.charCodeAt(0) > 0xff ? FONT : FONT * 0.62), 0);
const boxOf = (lines: readonly string[], pad: number) => ({
  width: Math.ceil(Math.max(0, ...lines.map(widthOf)) + pad * 2),
  height: lines.length * LINE + pad,
});

/** A flow as a drawing whose words can be selected; who cannot see it reads the table beside. */
export function drawFlow(
  { key, name }: Pick<Flow, 'key' | 'name'>,
  states: readonly DrawnState[],
  steps: readonly DrawnStep[],
): Markup {
  const graph = new dagre.graphlib.Graph({ multigraph: true });
  graph.setGraph({ rankdir: 'TB', ranksep: 34, nodesep: 44, edgesep: 26, marginx: MARGIN, marginy: MARGIN });
  for (const { key: state, lines } of states) graph.setNode(state, boxOf(lines, PAD));
  for (const [index, { from, to, lines }] of steps.entries())
    graph.setEdge(from, to, { ...boxOf(lines, 6), labelpos: 'c' }, String(index));
  dagre.layout(graph);
  const { width = 0, height = 0 } = graph.graph();
  const size = (value: number): string => String(Math.ceil(value + MARGIN));
  return html`<figure class="flow"><div class="scroll" role="region" tabindex="0" aria-label="${name}：图">
<svg viewBox="0 0 ${size(width)} ${size(height)}" width="${size(width)}" height="${size(height)}" role="img" aria-labelledby="drawing-${key}">
<title id="drawing-${key}">${name}：从哪个状态、经过哪一步、到哪个状态；内容与下面的表相同</title>
${steps.map((_, index) => edge(graph, steps, index))}
${states.map((state) => box(graph, state))}
</svg></div><figcaption>圈里的数字是下面表里的步骤。</figcaption></figure>`;
}

type Graph = InstanceType<typeof dagre.graphlib.Graph>;
interface Point {
  readonly x: number;
  readonly y: number;
}

const at = (value: number): string => value.toFixed(1);

function textLines(lines: readonly string[], { x, y }: Point, kind: string): Markup {
  const top = y - ((lines.length - 1) * LINE) / 2 + FONT * 0.36;
  return html`${lines.map(
    (line, index) => html`<text class="${kind}" x="${at(x)}" y="${at(top + index * LINE)}">${line}</text>`,
  )}`;
}

function box(graph: Graph, { key, kind, lines }: DrawnState): Markup {
  const { x, y, width, height } = graph.node(key) as unknown as Point & { width: number; height: number };
  const corner = kind === 'final' ? height / 2 : 6;
  return html`<g class="state ${kind}"><rect x="${at(x - width / 2)}" y="${at(y - height / 2)}" width="${at(width)}" height="${at(height)}" rx="${at(corner)}"/>${textLines(lines, { x, y }, 'name')}</g>
`;
}

function edge(graph: Graph, steps: readonly DrawnStep[], index: number): Markup {
  const step = steps[index] as DrawnStep;
  const { points, x, y, width, height } = graph.edge(step.from, step.to, String(index)) as unknown as {
    points: readonly Point[];
    width: number;
    height: number;
  } & Point;
  const last = points[points.length - 1] as Point;
  const before = points[points.length - 2] ?? last;
  const angle = (Math.atan2(last.y - before.y, last.x - before.x) * 180) / Math.PI;
  return html`<g class="step"><path d="${curve(points)}"/><polygon points="0,0 -${HEAD},-4.5 -${HEAD},4.5" transform="translate(${at(last.x)} ${at(last.y)}) rotate(${at(angle)})"/><rect x="${at(x - width / 2)}" y="${at(y - height / 2)}" width="${at(width)}" height="${at(height)}"/>${textLines(step.lines, { x, y }, 'label')}</g>
`;
}

/** Through the midpoints of the bends, so that it has no corners. */
function curve(points: readonly Point[]): string {
  const [first, ...rest] = points as [Point, ...Point[]];
  const parts = [`M${at(first.x)} ${at(first.y)}`];
  for (const [index, point] of rest.entries()) {
    const next = rest[index + 1];
    if (next === undefined) parts.push(`L${at(point.x)} ${at(point.y)}`);
    else parts.push(`Q${at(point.x)} ${at(point.y)} ${at((point.x + next.x) / 2)} ${at((point.y + next.y) / 2)}`);
  }
  return parts.join(' ');
}
