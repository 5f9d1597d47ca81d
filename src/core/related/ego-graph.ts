import { MultiDirectedGraph } from 'graphology';
import type { Vocabulary } from '../rules/vocabulary.js';
import { BASIS_WORDS, type Evidence, roleWord } from './evidence.js';
import type { FilingView } from './filing-view.js';
import type { Pair } from './pair-facts.js';
import type { IdentifiedParty, Role, Side } from './party-key.js';

export type EgoNodeKind = 'filing' | 'party' | 'case' | 'instrument' | 'origin';
export type EgoEdgeKind = 'stands_in' | 'same_party' | 'evidence' | 'same_instrument' | 'on_instrument' | 'continues';

/** Parties are told apart by side and place only: names and numbers stay out. */
export type EgoNode = { readonly kind: EgoNodeKind; readonly label: string; readonly side?: Side };
export type EgoEdge = { readonly kind: EgoEdgeKind; readonly evidence: readonly string[] };
export type EgoGraph = MultiDirectedGraph<EgoNode, EgoEdge, { truncated: boolean }>;

/** An ego graph as plain JSON. */
export type EgoSummary = {
  readonly nodes: readonly (EgoNode & { readonly id: string })[];
  readonly edges: readonly (EgoEdge & { readonly from: string; readonly to: string })[];
  readonly truncated: boolean;
};

/** An earlier case of the graph with what speaks for it. */
export type EgoCase = { readonly pair: Pair; readonly evidence: readonly Evidence[] };

const NODES_MAX = 400;
const FILING = 'filing';

/**
 * The surroundings of one filing: its parties, the earlier cases that it was compared with (in the order given, strongest first)
 * and what joins them. At most 400 nodes; what has no room is left out and the graph says `truncated`.
 */
export function buildEgoGraph(
  view: FilingView,
  cases: readonly EgoCase[],
  vocabulary: Vocabulary,
  cut = false,
): EgoGraph {
  const graph: EgoGraph = new MultiDirectedGraph();
  graph.setAttribute('truncated', cut);
  const node = (id: string, attributes: EgoNode): boolean => {
    if (graph.hasNode(id)) return true;
    if (graph.order >= NODES_MAX) {
      graph.setAttribute('truncated', true);
      return false;
    }
    graph.addNode(id, attributes);
    return true;
  };
  const edge = (from: string, to: string, kind: EgoEdgeKind, evidence: readonly string[] = []): void => {
    graph.addEdge(from, to, { kind, evidence });
  };

  node(FILING, { kind: 'filing', label: view.filing.id });
  const { instrument, origin } = view.filing;
  const instrumentId = 'instrument';
  if (instrument !== undefined) {
    node(instrumentId, { kind: 'instrument', label: instrument.caseNo });
    edge(FILING, instrumentId, 'on_instrument');
  }
  if (origin !== undefined && view.origins.size === 0) {
    node('origin', { kind: 'origin', label: origin.caseNo });
    edge(FILING, 'origin', 'continues');
  }
  const labels = partyLabels(view.parties, vocabulary);
  const partyNode = (place: number): string | undefined => {
    const party = labels.get(place);
    if (party === undefined) return undefined;
    const { id, side, label } = party;
    if (graph.hasNode(id)) return id;
    if (!node(id, { kind: 'party', label, side })) return undefined;
    edge(id, FILING, 'stands_in');
    return id;
  };

  for (const { pair, evidence } of cases) {
    const { earlier, facts, matches } = pair;
    const id = `case:${earlier.caseKey}`;
    if (!node(id, { kind: facts.earlierIsOrigin ? 'origin' : 'case', label: earlier.caseNo })) break;
    edge(
      FILING,
      id,
      facts.earlierIsOrigin ? 'continues' : 'evidence',
      evidence.map(({ text }) => text),
    );
    if (facts.instrumentSame) edge(id, instrumentId, 'same_instrument');
    for (const { party, basis } of matches) {
      const from = partyNode(party);
      if (from !== undefined) edge(from, id, 'same_party', [BASIS_WORDS[basis]]);
    }
  }
  for (const place of labels.keys()) partyNode(place);
  return graph;
}

type PartyLabel = { readonly id: string; readonly side: Side; readonly label: string };

/** 原告, or 原告1, 原告2 where there are several. */
function partyLabels(parties: readonly IdentifiedParty[], vocabulary: Vocabulary): Map<number, PartyLabel> {
  const total = new Map<Role, number>();
  for (const { role } of parties) total.set(role, (total.get(role) ?? 0) + 1);
  const seen = new Map<Role, number>();
  const labels = new Map<number, PartyLabel>();
  for (const [place, { role, side }] of parties.entries()) {
    if (side === undefined) continue;
    const number = (seen.get(role) ?? 0) + 1;
    seen.set(role, number);
    const word = roleWord(vocabulary, role);
    labels.set(place, {
      id: `party:${place}`,
      side,
      label: total.get(role) === 1 ? word : `${word}${number}`,
    });
  }
  return labels;
}

/** The graph as plain JSON, in the order in which it was built. */
export function summariseEgo(graph: EgoGraph): EgoSummary {
  return {
    nodes: graph.mapNodes((id, attributes) => ({ id, ...attributes })),
    edges: graph.mapEdges((_edge, attributes, from, to) => ({ from, to, ...attributes })),
    truncated: graph.getAttribute('truncated'),
  };
}
