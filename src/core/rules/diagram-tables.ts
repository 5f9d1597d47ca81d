interface Node {
  readonly id: number;
}

interface Inner extends Node {
  readonly variable: number;
  readonly children: readonly Node[];
}

const FIRST_SIZE = 64;
const GROWTH = 4;

/** Spreads numbers that follow one another over a table whose size is a power of two. */
const mixed = (hash: number, value: number): number => Math.imul((hash ^ value) + (hash << 6), 0x9e3779b1);
const placed = (hash: number, mask: number): number => (hash ^ (hash >>> 15)) & mask;

/** Every branch of a store once, found by its variable and children. With keys of text it took a third of the time of a proof. */
export class BranchTable<Branch extends Inner> {
  private slots: (Branch | undefined)[] = new Array(FIRST_SIZE).fill(undefined);
  private count = 0;

  find(variable: number, children: readonly Node[]): Branch | undefined {
    const mask = this.slots.length - 1;
    for (let index = placed(hashOf(variable, children), mask); ; index = (index + 1) & mask) {
      const branch = this.slots[index];
      if (branch === undefined || (branch.variable === variable && areSame(branch.children, children))) return branch;
    }
  }

  /** One that is not in it yet. */
  add(branch: Branch): void {
    if (++this.count * 2 > this.slots.length) this.grow();
    this.put(branch);
  }

  private put(branch: Branch): void {
    const mask = this.slots.length - 1;
    let index = placed(hashOf(branch.variable, branch.children), mask);
    while (this.slots[index] !== undefined) index = (index + 1) & mask;
    this.slots[index] = branch;
  }

  private grow(): void {
    const before = this.slots;
    this.slots = new Array(before.length * GROWTH).fill(undefined);
    for (const branch of before) if (branch) this.put(branch);
  }
}

function hashOf(variable: number, children: readonly Node[]): number {
  let hash = variable + 1;
  for (const { id } of children) hash = mixed(hash, id);
  return hash;
}

function areSame(a: readonly Node[], b: readonly Node[]): boolean {
  if (a.length !== b.length) return false;
  for (let index = 0; index < a.length; index++) if (a[index] !== b[index]) return false;
  return true;
}

/** What two nodes came to, by their ids; ids begin with 1. */
export class PairMemo<Result> {
  private lefts = new Int32Array(FIRST_SIZE);
  private rights = new Int32Array(FIRST_SIZE);
  private results: Result[] = [];
  private count = 0;

  get(left: number, right: number): Result | undefined {
    const index = this.slotOf(left, right);
    return this.lefts[index] === 0 ? undefined : this.results[index];
  }

  set(left: number, right: number, result: Result): void {
    let index = this.slotOf(left, right);
    if (this.lefts[index] === 0 && ++this.count * 2 > this.lefts.length) {
      this.grow();
      index = this.slotOf(left, right);
    }
    this.put(index, left, right, result);
  }

  private put(index: number, left: number, right: number, result: Result): void {
    this.lefts[index] = left;
    this.rights[index] = right;
    this.results[index] = result;
  }

  /** Where a pair stands, or would. */
  private slotOf(left: number, right: number): number {
    const mask = this.lefts.length - 1;
    let index = placed(mixed(left, right), mask);
    while (this.lefts[index] !== 0 && (this.lefts[index] !== left || this.rights[index] !== right))
      index = (index + 1) & mask;
    return index;
  }

  private grow(): void {
    const { lefts, rights, results } = this;
    this.lefts = new Int32Array(lefts.length * GROWTH);
    this.rights = new Int32Array(lefts.length * GROWTH);
    this.results = new Array(lefts.length * GROWTH);
    for (const [index, left] of lefts.entries()) {
      const right = rights[index] as number;
      if (left !== 0) this.put(this.slotOf(left, right), left, right, results[index] as Result);
    }
  }
}
