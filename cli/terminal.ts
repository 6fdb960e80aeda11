/** Where a command writes. Tests read it back. */
export interface Terminal {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  /** Shows one line until the next one; an empty one ends it. Absent if it is not a terminal. */
  readonly progress?: (line: string) => void;
}
