import type { Filter, Found } from '../filter';
import type { PageData } from '../page-data';

/** What is shown at the moment. */
export interface PageView {
  readonly data: PageData;
  readonly asOf: Date;
  readonly filter: Filter;
  /** Whether something is asked for. */
  readonly isNarrowed: boolean;
  /** The endpoints of what is asked for. */
  readonly found: readonly Found[];
  /** Whether nothing may be left out or closed, as on paper. */
  readonly isPrinted: boolean;
}

/** A section of the page. */
export interface Section {
  /** Shows the view in the element. */
  readonly show: (view: PageView, body: HTMLElement) => void;
}
