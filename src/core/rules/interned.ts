/** Beyond it the oldest is forgotten: what is made again is the same in all but identity. */
const VARIANTS_KEPT = 16;

/** Objects that were made for an owner from the same parts, once. They live as long as their owner. */
export class Interned<Owner extends object, Made> {
  private readonly kept = new WeakMap<Owner, { readonly parts: readonly unknown[]; readonly made: Made }[]>();

  /** What was made from these very parts, or is made now. */
  of(owner: Owner, parts: readonly unknown[], make: () => Made): Made {
    const variants = this.kept.get(owner) ?? [];
    this.kept.set(owner, variants);
    const before = variants.find((each) => areSame(each.parts, parts));
    if (before) return before.made;
    const made = make();
    variants.push({ parts: [...parts], made });
    if (variants.length > VARIANTS_KEPT) variants.shift();
    return made;
  }
}

const areSame = (a: readonly unknown[], b: readonly unknown[]): boolean =>
  a.length === b.length && a.every((part, index) => part === b[index]);
