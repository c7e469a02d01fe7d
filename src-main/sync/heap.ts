export type Heap<T> = { readonly push: (item: T) => void; readonly peek: () => T | null; readonly pop: () => T | null };

/** A binary heap: the least first. */
export function createHeap<T>(compare: (a: T, b: T) => number): Heap<T> {
  const items: T[] = [];

  function at(index: number): T {
    const item = items[index];
    if (item === undefined) throw new Error('no such item');
    return item;
  }

  function swap(a: number, b: number): void {
    const kept = at(a);
    items[a] = at(b);
    items[b] = kept;
  }

  function sink(from: number): void {
    for (let index = from; ;) {
      const left = 2 * index + 1;
      if (left >= items.length) return;
      const right = left + 1;
      const least = right < items.length && compare(at(right), at(left)) < 0 ? right : left;
      if (compare(at(index), at(least)) <= 0) return;
      swap(index, least);
      index = least;
    }
  }

  return {
    push: (item) => {
      items.push(item);
      for (let index = items.length - 1; index > 0;) {
        const parent = (index - 1) >> 1;
        if (compare(at(parent), at(index)) <= 0) return;
        swap(parent, index);
        index = parent;
      }
    },
    peek: () => items[0] ?? null,
    pop: () => {
      const first = items[0];
      const last = items.pop();
      if (first === undefined || last === undefined) return null;
      if (items.length > 0) {
        items[0] = last;
        sink(0);
      }
      return first;
    },
  };
}
