import type { AppError } from '../../src-shared/result.ts';

/** What goes over the axis: documents, and messages on their state. A folder does not say which of the two a file is. */
export type MessageKind = 'edoc' | 'status';
export type ReceivedEntry = { readonly id: string; readonly kind: MessageKind | 'unknown'; readonly from: string | null };

/** Of the transport alone; what happens to the document in the office is a status message of its own (domain §2.6: two machines). */
export type TransportState = 'done' | 'fail';

/**
 * `later`: nothing was changed there, try again (not before `afterMs`). `uncertain`: it may have arrived; look before sending again.
 * `never`: the same will be refused again.
 */
export type Retry = 'later' | 'uncertain' | 'never';
export type GatewayFault = { readonly error: AppError; readonly retry: Retry; readonly afterMs: number | null };
export type GatewayResult<Value> = { readonly ok: true; readonly value: Value } | { readonly ok: false; readonly fault: GatewayFault };

export type Outgoing = {
  readonly kind: MessageKind;
  /** Codes of the sender and of the receivers. */
  readonly from: string;
  readonly to: readonly string[];
  /** The same for the same message, and for no other: letters, digits, `.`, `_`, `-`; at most 100. */
  readonly key: string;
  /** The message's bytes; may be asked for twice, and gives the same each time. */
  readonly open: () => AsyncIterable<Uint8Array>;
};

/** The one door between this province and the national document axis (QĐ 28/2018/QĐ-TTg Art 7.3). */
export type Gateway = {
  /** What has come and is not yet `done` or `fail`. */
  readonly listReceived: () => Promise<GatewayResult<readonly ReceivedEntry[]>>;
  /** The bytes of one message. Reading them may throw `GatewayFailure`. */
  readonly fetch: (entry: ReceivedEntry) => Promise<GatewayResult<AsyncIterable<Uint8Array>>>;
  readonly send: (outgoing: Outgoing) => Promise<GatewayResult<{ readonly id: string }>>;
  readonly updateStatus: (entry: ReceivedEntry, state: TransportState) => Promise<GatewayResult<null>>;
};

/** Carries a fault out of a stream. */
export class GatewayFailure extends Error {
  readonly fault: GatewayFault;

  constructor(fault: GatewayFault) {
    super(fault.error.code);
    this.name = 'GatewayFailure';
    this.fault = fault;
  }
}

export function gatewayOk<Value>(value: Value): GatewayResult<Value> {
  return { ok: true, value };
}

export function gatewayFault(code: 'gateway.unreachable' | 'gateway.uncertain' | 'gateway.refused' | 'gateway.folder', retry: Retry, params: NonNullable<AppError['params']>, afterMs: number | null = null): { readonly ok: false; readonly fault: GatewayFault } {
  return { ok: false, fault: { error: { code, params }, retry, afterMs } };
}
