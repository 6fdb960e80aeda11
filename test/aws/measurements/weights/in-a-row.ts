/** Connections to one server in a row, after which the other is taken to get none any more. */
const STEADY = 60;

/** Whether something has been seen often enough without anything else in between. */
export function inARow(wanted: string, times = STEADY): (seen: string) => boolean {
  let count = 0;
  return (seen) => {
    count = seen === wanted ? count + 1 : 0;
    return count >= times;
  };
}

/** Ends after so many looks, whatever they saw. */
export function looks(times: number): () => boolean {
  let count = 0;
  return () => ++count >= times;
}
