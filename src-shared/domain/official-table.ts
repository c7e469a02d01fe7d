/** A register, an index or a report as an office prints it: what stands above the table, the table, and who signs below it. Words are Vietnamese and final. */
export type OfficialColumn = {
  readonly title: string;
  /** Share of the width among the columns. */
  readonly width: number;
  readonly align: 'left' | 'center' | 'right';
  /** Its cells are amounts as Vietnamese writes them (`1.234`, `98,5`, `+3`, `−0,4`), which a sheet can reckon with. Left out: they are names, also where they are digits. */
  readonly amounts?: boolean;
};

export type OfficialTable = {
  /** The issuing body, and the one above it where there is one: the block at the top left (NĐ 30/2020 App I, boxes 2). */
  readonly parentBody: string | null;
  readonly body: string;
  /** In capitals, e.g. `SỔ ĐĂNG KÝ VĂN BẢN ĐẾN`. */
  readonly title: string;
  /** E.g. `Năm 2026 · Từ ngày 01/01/2026 đến ngày 22/11/2026 · Từ số 01 đến số 418`; empty: none. */
  readonly subtitle: string;
  readonly columns: readonly OfficialColumn[];
  /** As many texts as columns in each. */
  readonly rows: readonly (readonly string[])[];
  /** Sentences under the table, e.g. how many entries it has. */
  readonly notes: readonly string[];
  /** Places for signatures, left to right; `name` empty: to be written by hand. */
  readonly signers: readonly { readonly title: string; readonly name: string }[];
  /** `Sơn Tịnh, ngày 22 tháng 11 năm 2026`; empty: none. */
  readonly placeAndDate: string;
};
