import { isCidr, parseCidr } from '../../../../lib/network/cidr';
import type { Filter } from '../filter';
import type { PageData, PageEntry } from '../page-data';
import { byId, element } from './dom';

/** The value of an owner's option: a name may be anything, and all owners are an empty value. */
const NAMED = '=';

/** Fills the lists of owners and endpoints. */
export function fillForm({ endpoints, changes }: PageData): void {
  const entries: readonly PageEntry[] = [
    ...endpoints.flatMap((each) => [...each.entries, ...each.undetermined, ...each.expired]),
    ...(changes?.endpoints.flatMap(({ access }) => access.map(({ entry }) => entry)) ?? []),
  ];
  const owners = [...new Set(entries.map(({ owner }) => owner ?? ''))].sort();
  byId<HTMLSelectElement>('owner').append(
    ...owners.map((owner) => element('option', { value: `${NAMED}${owner}` }, owner === '' ? '(no owner)' : owner)),
  );
  const paths = new Set([...endpoints, ...(changes?.endpoints ?? [])].map(({ endpoint }) => endpoint));
  byId<HTMLSelectElement>('endpoint').append(
    ...[...paths].sort().map((path) => element('option', { value: `${NAMED}${path}` }, path)),
  );
}

/** What is asked for. An address that is none asks for nothing, and is told. */
export function readForm(): Filter {
  const value = (id: string) => byId<HTMLInputElement>(id).value.trim();
  const named = (id: string) => (value(id) === '' ? undefined : byId<HTMLSelectElement>(id).value.slice(NAMED.length));
  const ends = value('ends');
  const reach = value('reach');
  return {
    words: value('search').toLowerCase().split(/\s+/).filter(Boolean),
    owner: named('owner'),
    endpoint: named('endpoint'),
    address: readAddress(value('address')),
    ends: ends === '' ? undefined : ends === 'never' ? ends : Number(ends),
    reach: reach === 'internet' || reach === 'everybody' ? reach : undefined,
  };
}

function readAddress(text: string): Filter['address'] {
  const read = text === '' ? undefined : parseCidr(text);
  const problem = read === undefined || isCidr(read) ? '' : `'${text}' ${read.reason}. ${read.remedy}`;
  const line = byId('address-problem');
  line.hidden = problem === '';
  line.textContent = problem;
  byId('address').setAttribute('aria-invalid', String(problem !== ''));
  return read !== undefined && isCidr(read) ? read : undefined;
}

/** What is asked for, in words, for paper. */
export function filterText(): string {
  const labels: [id: string, text: string][] = [
    ['search', 'search'],
    ['address', 'address'],
    ['owner', 'owner'],
    ['endpoint', 'endpoint'],
    ['ends', 'ends'],
    ['reach', 'reach'],
  ];
  return labels
    .flatMap(([id, text]) => {
      const field = byId<HTMLInputElement | HTMLSelectElement>(id);
      if (field.value.trim() === '') return [];
      const shown = field instanceof HTMLSelectElement ? field.selectedOptions[0].text : field.value;
      return [`${text}: ${shown}`];
    })
    .join(', ');
}
