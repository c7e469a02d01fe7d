import { useState } from 'react';
import type { Output } from '../../../src-shared/contract/index.ts';
import { useQuery } from '../../bridge/use-query.ts';

export type Capacity = Output<'signing.capacities'>['capacities'][number];

export type CapacityState = {
  readonly held: readonly Capacity[];
  /** The proposed one until another is chosen. */
  readonly chosen: Capacity | undefined;
  readonly choose: (id: string) => void;
};

/** In which capacity the person signs (NĐ 30/2020 Art 13). One that has run out while the dialog stood is still theirs to send: the rule says why it will not do. */
export function useCapacity(): CapacityState {
  const { data } = useQuery('signing.capacities', {});
  const [picked, setPicked] = useState<Capacity | null>(null);
  const held = data?.capacities ?? [];
  return { held, chosen: picked ?? held[0], choose: (id) => setPicked(held.find((one) => one.id === id) ?? null) };
}
