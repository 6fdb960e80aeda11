/** Where a command writes. Tests read it back. */
export interface Terminal {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
}
