import { pinyin } from 'pinyin-pro';
import type { CauseNode, CauseTree } from '../../core/law/cause.js';

export interface FoundCause {
  readonly name: string;
  readonly path: string[];
  readonly list: string;
}

interface Indexed {
  readonly node: CauseNode;
  /** minjianjiedaijiufen, mjjdjf */
  readonly spelt: string;
  readonly initials: string;
}

const FOUND_MAX = 20;

/** 案由 by part of the name, by pinyin or by its initials. The index (1,500 names) is made at the first search. */
export class CauseSearch {
  readonly #tree: CauseTree;
  #index: readonly Indexed[] | undefined;

  constructor(tree: CauseTree) {
    this.#tree = tree;
  }

  find(query: string, matter?: string): FoundCause[] {
    const text = query.toLowerCase().replace(/\s+/g, '');
    const isLatin = /^[a-z]+$/.test(text);
    // Enforcement is on an instrument of any kind: its cause is of any list.
    const list = matter === 'enforcement' ? undefined : matter;
    const found: { rank: number; node: CauseNode }[] = [];
    for (const { node, spelt, initials } of this.#indexed()) {
      if (list !== undefined && node.list !== list) continue;
      const rank = isLatin ? Math.min(rankIn(initials, text), rankIn(spelt, text)) : rankIn(node.name, text);
      if (rank < MISS) found.push({ rank: rank + node.name.length / 1000, node });
    }
    found.sort((a, b) => a.rank - b.rank);
    return found.slice(0, FOUND_MAX).map(({ node }) => ({ name: node.name, path: [...node.path], list: node.list }));
  }

  #indexed(): readonly Indexed[] {
    this.#index ??= this.#tree.nodes.map((node) => {
      const syllables = pinyin(node.name, { toneType: 'none', type: 'array', nonZh: 'removed' });
      return { node, spelt: syllables.join(''), initials: syllables.map((each) => each[0] ?? '').join('') };
    });
    return this.#index;
  }
}

const MISS = 9;

/** The whole name first, then its beginning, then any part of it. */
function rankIn(text: string, wanted: string): number {
  if (text === wanted) return 0;
  const at = text.indexOf(wanted);
  return at < 0 ? MISS : at === 0 ? 1 : 2;
}

const searches = new WeakMap<CauseTree, CauseSearch>();

/** The search over a tree of causes, which keeps its index as long as the tree is kept. */
export function causeSearch(tree: CauseTree): CauseSearch {
  const search = searches.get(tree) ?? new CauseSearch(tree);
  searches.set(tree, search);
  return search;
}
